"""Colleagues: the list, inviting one, and one colleague with her roles."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.association import administration
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.colleagues import Invitation
from metgezel.foundation.association.models import Membership, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.names import folded
from metgezel.screens.components.days import in_words
from metgezel.screens.components.tables import Cell, Column, Row, Table
from metgezel.screens.confirming import recently_confirmed

from .forms import InviteForm, add_problem
from .reach import colleague_of, colleagues_here, my_units
from .written_down import write_down

PAGE = 50


@dataclass(frozen=True)
class RoleLine:
    """A role as a sentence, with where to end it ("" when that is past)."""

    words: str
    days: str
    end_href: str


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody with a role in these units by name, or (with `left`) those who left."""
    text, left = request.GET.get("q", "").strip(), "left" in request.GET
    rows = [row for name, row in _rows(request, left) if folded(text) in folded(name)]
    page = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    shown = rows[(page - 1) * PAGE : page * PAGE]
    columns = (Column(_("Name")), Column(_("Role")))
    context = {
        "table": Table(_("Colleagues"), columns, shown),
        "rows": shown,
        "q": text,
        "left": left,
        "hidden": {"left": "1"},
        "next_page": _page(text, left, page + 1) if len(rows) > page * PAGE else "",
        "previous_page": _page(text, left, page - 1) if page > 1 else "",
    }
    return render(request, "office/colleagues.html", context)


def _page(text: str, left: bool, number: int) -> str:
    query = {"q": text, "page": str(number)} | ({"left": "1"} if left else {})
    return f"?{urlencode(query)}"


def _rows(request: HttpRequest, left: bool) -> list[tuple[str, Row]]:
    """A row for each colleague, with the roles that still run (or ran, of those who left)."""
    day, found = current_day(), []
    for user, held in groupby(
        administration.colleagues_in(my_units(request)), key=lambda role: role.user
    ):
        roles = list(held)
        running = [role for role in roles if role.ends is None or role.ends >= day]
        if bool(running) is left:
            continue
        words = ", ".join(
            f"{role.get_role_display()} ({role.unit.name})" for role in running or roles
        )
        href = reverse("office_colleague", kwargs={"colleague": user.pk})
        found.append((f"{user.name} {user.email}", Row((Cell(user.name, href), words))))
    return found


@require_http_methods(["GET", "POST"])
@recently_confirmed
def invite(request: HttpRequest) -> HttpResponse:
    """The form; posted, the link to hand over."""
    units, day = my_units(request), current_day()
    unit = units.filter(pk__in=_one_number(request.GET.get("unit", ""))).first()
    form = InviteForm(request.POST or None, units=units, today=day, initial={"unit": unit})
    known = None
    if request.method == "POST" and form.is_valid():
        known = _known_here(request, form.cleaned_data["email"])
        invited = None if known else _invited(request, form)
        if invited:
            return _show_link(request, invited)
    if known:
        form.add_error("email", _("There is already a colleague with this address."))
    context = {"form": form, "known": known}
    return render(request, "office/invite.html", context, status=422 if form.errors else 200)


def _one_number(text: str) -> list[str]:
    try:
        return [str(UUID(text))]
    except ValueError:
        return []


def _known_here(request: HttpRequest, email: str) -> User | None:
    return colleagues_here(request).filter(email=email.strip().lower()).order_by("pk").first()


def _invited(request: HttpRequest, form: InviteForm) -> Invitation | None:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            invited = administration.invite(
                my_units(request), data["email"], data["name"], **form.given()
            )
            write_down(request, invited.user, form)
            return invited
    except ValidationError as problem:
        add_problem(form, problem)
    except IntegrityError:  # the other click of a double click was a moment earlier
        form.add_error("email", _("There is already a colleague with this address."))
    return None


def _show_link(request: HttpRequest, invited: Invitation) -> HttpResponse:
    address = ""
    if invited.token:
        parts = {"user": invited.number, "token": invited.token}
        address = request.build_absolute_uri(reverse("choose_password", kwargs=parts))
    context = {"colleague": invited.user, "address": address}
    return render(request, "office/link.html", context)


@require_safe
def colleague(request: HttpRequest, colleague: int) -> HttpResponse:
    """One colleague: what she does, did and will do here."""
    found, units, day = colleague_of(request, colleague), my_units(request), current_day()
    held = found.memberships.filter(unit__in=units).exclude(role=Role.CLIENT)
    held = held.select_related("unit").order_by("-starts", "pk")
    now = [_line(role, day) for role in held if role.ends is None or role.ends >= day]
    past = [_line(role, day) for role in held if role.ends is not None and role.ends < day]
    only_here = administration.works_only_in(found, units)
    context = {
        "colleague": found,
        "now": now,
        "past": past,
        "elsewhere": not only_here,
        "may_close": isinstance(request.user, User)
        and administration.may_close(request.user, found, units),
        "needs_link": only_here and not found.has_usable_password(),
    }
    return render(request, "office/colleague.html", context)


def _line(role: Membership, day: date) -> RoleLine:
    starts, ends = in_words(role.starts), in_words(role.ends) if role.ends else ""
    if ends:
        days = _("From %(starts)s until %(ends)s")
    else:
        days = _("Since %(starts)s") if role.starts <= day else _("From %(starts)s")
    end = reverse("office_role_end", kwargs={"colleague": role.user_id})
    running = role.ends is None or role.ends >= day
    return RoleLine(
        words=f"{role.get_role_display().capitalize()}, {role.unit.name}",
        days=days % {"starts": starts, "ends": ends},
        end_href=f"{end}?role={role.pk}" if running else "",
    )


@require_http_methods(["GET", "POST"])
@recently_confirmed
def link(request: HttpRequest, colleague: int) -> HttpResponse:
    """A new link for somebody who has no password yet; only after a press on the button."""
    found = colleague_of(request, colleague)
    invited = administration.new_link(found, my_units(request))
    if request.method != "POST" or invited is None:
        return redirect("office_colleague", colleague=found.pk)
    return _show_link(request, invited)
