"""A role given, a role ended, and a colleague who leaves."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.foundation.association.administration import (
    end_role_on,
    give_role_in,
    leave_units,
    works_only_in,
)
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.screens.components.days import in_words
from metgezel.screens.confirming import recently_confirmed

from .forms import LastDayForm, RoleForm, add_problem
from .reach import colleague_of, my_units
from .written_down import write_down


@require_http_methods(["GET", "POST"])
@recently_confirmed
def role_new(request: HttpRequest, colleague: int) -> HttpResponse:
    """Give somebody one more role."""
    found, units = colleague_of(request, colleague), my_units(request)
    form = RoleForm(request.POST or None, units=units, today=current_day())
    words = {"title": _("Give a role"), "save": _("Give this role"), "done": _("Saved.")}
    return _form_page(
        request, found, form, words, lambda: give_role_in(units, found, **form.given())
    )


@require_http_methods(["GET", "POST"])
@recently_confirmed
def role_end(request: HttpRequest, colleague: int) -> HttpResponse:
    """The last day of a role."""
    found, units = colleague_of(request, colleague), my_units(request)
    number = request.GET.get("role", "")
    if not number:
        return redirect("office_colleague", colleague=found.pk)
    held = found.memberships.filter(unit__in=units).exclude(role=Role.CLIENT)
    role = get_object_or_404(
        held.select_related("unit", "user"), pk=int(number) if number.isdecimal() else 0
    )
    form = LastDayForm(request.POST or None, today=current_day())
    words = {
        "title": _("End a role"),
        "explain": f"{role.get_role_display().capitalize()}, {role.unit.name}",
        "save": _("End this role"),
        "done": _("Saved."),
    }
    return _form_page(
        request, found, form, words, lambda: end_role_on(role, form.cleaned_data["last_day"])
    )


@require_http_methods(["GET", "POST"])
@recently_confirmed
def leave(request: HttpRequest, colleague: int) -> HttpResponse:
    """Somebody leaves: all roles and links to files end on the same day."""
    found, units = colleague_of(request, colleague), my_units(request)
    form = LastDayForm(request.POST or None, today=current_day())
    explain = _("All roles end on this day, and so do all links to files. What was done stays.")
    if not works_only_in(found, units):
        explain += " " + _("Roles in other parts of the association stay.")
    words = {"title": _("Leaves us"), "explain": explain, "save": _("End everything on this day")}

    def ended() -> None:
        leave_units(found, units, form.cleaned_data["last_day"])
        day = in_words(form.cleaned_data["last_day"])
        words["done"] = _("%(day)s is the last day.") % {"day": day[:1].upper() + day[1:]}

    return _form_page(request, found, form, words, ended)


def _form_page(
    request: HttpRequest,
    colleague: User,
    form: forms.Form,
    words: dict[str, str],
    change: Callable[[], object],
) -> HttpResponse:
    """Show the form; posted, make the change and go back to the colleague."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                change()
                write_down(request, colleague, form)
        except ValidationError as problem:
            add_problem(form, problem)
        except IntegrityError:  # the other click of a double click was a moment earlier
            form.add_error(None, _("This colleague already has this role here."))
        else:
            messages.success(request, words["done"])
            return redirect("office_colleague", colleague=colleague.pk)
    context = {"explain": "", **words, "colleague": colleague, "form": form}
    return render(request, "office/role_form.html", context, status=422 if form.errors else 200)
