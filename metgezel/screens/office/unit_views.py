"""Adding a unit, and one unit with its colleagues."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.foundation.association.administration import colleagues_in
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Unit, UnitKind
from metgezel.foundation.association.units import add_unit, describe_unit, kind_below

from .forms import UnitForm, add_problem
from .reach import my_units


@require_http_methods(["GET", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """Choose under what, then fill in the name and the place."""
    parents = list(my_units(request).exclude(kind=UnitKind.LOCATION).order_by("path"))
    if "under" not in request.GET:
        choices = [(_title_under(one), under(one)) for one in parents]
        return render(request, "office/unit_choose.html", {"choices": choices})
    parent = next((one for one in parents if str(one.pk) == request.GET["under"]), None)
    kind = kind_below(parent) if parent else None
    if parent is None or kind is None:
        raise Http404
    form = UnitForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            added = add_unit(parent, data["name"], data["municipality"])
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": added.name})
            return redirect("office")
    titles = {UnitKind.FOUNDATION: _("Add a foundation"), UnitKind.LOCATION: _("Add a location")}
    context = {"form": form, "title": titles[UnitKind(kind)], "parent": parent}
    return render(request, "office/unit_new.html", context, status=422 if form.errors else 200)


def under(parent: Unit) -> str:
    """Where a unit under this one is added."""
    return f"{reverse('office_unit_new')}?{urlencode({'under': str(parent.pk)})}"


def _title_under(parent: Unit) -> str:
    titles = {
        UnitKind.ASSOCIATION: _("A foundation under %(name)s"),
        UnitKind.FOUNDATION: _("A location under %(name)s"),
    }
    return titles[UnitKind(parent.kind)] % {"name": parent.name}


@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    """Who works here and what stands under it; its name and place can be changed."""
    found = get_object_or_404(my_units(request).select_related("parent"), pk=unit)
    known = {"name": found.name, "municipality": found.municipality}
    form = UnitForm(request.POST or None, kind=found.kind, initial=known)
    if request.method == "POST" and form.is_valid() and _described(found, form):
        messages.success(request, _("Saved."))
        return redirect("office_unit", unit=found.pk)
    day = current_day()
    roles = colleagues_in(my_units(request).filter(pk=found.pk))
    context = {
        "unit": found,
        "name": known["name"],
        "form": form,
        "roles": [role for role in roles if role.ends is None or role.ends >= day],
        "children": found.children.order_by("name"),
        "add_href": under(found) if found.kind != UnitKind.LOCATION else "",
        "below_is_foundation": found.kind == UnitKind.ASSOCIATION,
        "invite_href": f"{reverse('office_invite')}?{urlencode({'unit': str(found.pk)})}",
    }
    return render(request, "office/unit.html", context, status=422 if form.errors else 200)


def _described(unit: Unit, form: UnitForm) -> bool:
    data = form.cleaned_data
    try:
        describe_unit(unit, data["name"], data.get("municipality", ""))
    except ValidationError as problem:
        add_problem(form, problem)
        return False
    return True
