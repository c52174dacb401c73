"""Journal lines to take along as CSV, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry

MOST = 10_000
HEADS = (
    "at", "place", "unit", "actor", "role", "ground", "action", "page", "file", "model",
    "changed", "number",
)  # fmt: skip
#: A spreadsheet takes a cell that begins with one of these for a formula, and may run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = str(value if value is not None else "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _who(entry: JournalEntry) -> str:
    """The colleague's name; a client who acted herself is only named by her file."""
    return entry.actor.name if entry.actor and entry.role != Role.CLIENT else ""


def as_csv(entries: Iterable[JournalEntry], numbers: Mapping[UUID, str], name: str) -> HttpResponse:
    """A file to save; times in UTC, files by their number."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    day = timezone.localdate()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEADS)
    for one in entries:
        file = numbers.get(one.file, str(one.file)) if one.file else ""
        values = (
            one.at.isoformat(timespec="seconds"), one.place, one.unit.name,
            _who(one), one.role, one.ground, one.action, one.page,
            file, one.model, one.changed, one.number,
        )  # fmt: skip
        writer.writerow([safe(value) for value in values])
    return response
