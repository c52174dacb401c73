"""The people whose files I may open, and a new one."""

from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.access.assignments import assign
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.files import open_file
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.people.names import folded
from metgezel.screens.components.tables import Cell, Column, Row, Table

from .person_forms import PersonForm, units_of

PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """A list by name, a page at a time; the next page starts after the last name shown."""
    text, after = request.GET.get("q", ""), request.GET.get("after", "")
    files = ClientFile.objects.visible_to(request.user).select_related("person", "unit")
    if text:
        for word in folded(text).split():
            files = files.filter(person__search_name__contains=word)
    if after:
        name, _comma, number = after.rpartition(",")
        later = Q(person__search_name=name, number__gt=number)
        files = files.filter(Q(person__search_name__gt=name) | later)
    found = list(files.order_by("person__search_name", "number")[: PAGE + 1])
    rows = [_row(file) for file in found[:PAGE]]
    columns = (Column(_("Name")), Column(_("Number")), Column(_("Place")), Column(_("Next day")))
    more = ""
    if len(found) > PAGE:
        last = found[PAGE - 1]
        more = "?" + urlencode({"q": text, "after": f"{last.person.search_name},{last.number}"})
    context = {"table": Table(_("People"), columns, rows), "q": text, "more": more, "rows": rows}
    return render(request, "companion/people.html", context)


def _row(file: ClientFile) -> Row:
    href = reverse("person", kwargs={"file": file.pk})
    name = Cell(str(file.person), href)
    return Row((name, file.number, file.unit.name, file.next_due or ""))


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Somebody new: a few facts, and a file with me as companion from today."""
    form = PersonForm(request.POST or None, units=units_of(request.user))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        with transaction.atomic():
            person = form.save()
            day = current_day()
            file = open_file(person, form.cleaned_data["unit"], day)
            assign(file, request.user, day)
        return redirect("person", file=file.pk)
    return render(request, "companion/person_new.html", {"form": form})
