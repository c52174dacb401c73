"""The people whose files I may open, and a new one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.access.assignments import assign
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import listed
from metgezel.foundation.people.files import open_file
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.tables import Cell, Column, Row, Table

from .person_forms import PersonForm, units_of

PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """A list by name, a page at a time; the next page starts after the last name shown."""
    text = request.GET.get("q", "").strip()
    files = ClientFile.objects.visible_to(request.user).select_related("person", "unit")
    found = files.found_by(text) if text else files
    page = _page(found, request.GET.get("after", ""), request.GET.get("before", ""))
    listed(len(page.files))
    columns = (Column(_("Name")), Column(_("Number")), Column(_("Place")), Column(_("Next day")))
    rows = [_row(file) for file in page.files]
    query = {"q": text} if text else {}
    context = {
        "table": Table(_("People"), columns, rows),
        "rows": rows,
        "q": text,
        "next_page": _address(query, "after", page.files[-1]) if page.more_after else "",
        "previous_page": _address(query, "before", page.files[0]) if page.more_before else "",
    }
    return render(request, "companion/people.html", context)


@dataclass(frozen=True)
class _Page:
    files: list[ClientFile]
    more_before: bool
    more_after: bool


def _page(files: QuerySet[ClientFile], after: str, before: str) -> _Page:
    """Fifty files by name, after or before a place in the list."""
    if before:
        name, _comma, number = before.rpartition(",")
        earlier = Q(person__search_name=name, number__lt=number)
        files = files.filter(Q(person__search_name__lt=name) | earlier)
        found = list(files.order_by("-person__search_name", "-number")[: PAGE + 1])
        return _Page(found[PAGE - 1 :: -1], len(found) > PAGE, bool(found))
    if after:
        name, _comma, number = after.rpartition(",")
        later = Q(person__search_name=name, number__gt=number)
        files = files.filter(Q(person__search_name__gt=name) | later)
    found = list(files.order_by("person__search_name", "number")[: PAGE + 1])
    return _Page(found[:PAGE], bool(after and found), len(found) > PAGE)


def _address(query: dict[str, str], side: str, file: ClientFile) -> str:
    return "?" + urlencode({**query, side: f"{file.person.search_name},{file.number}"})


def _row(file: ClientFile) -> Row:
    href = reverse("person", kwargs={"file": file.pk})
    name = Cell(str(file.person), href)
    return Row((name, file.number, file.unit.name, file.next_due or ""))


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Somebody new: a few facts, and a file with me as companion from today."""
    units = units_of(request.user)
    form = PersonForm(request.POST or None, units=units, today=current_day())
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        with transaction.atomic():
            person = form.save()
            day = current_day()
            file = open_file(person, form.cleaned_data["unit"], day)
            assign(file, request.user, day)
        return redirect("person", file=file.pk)
    return render(request, "companion/person_new.html", {"form": form})
