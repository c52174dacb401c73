"""Journal lines to take along as CSV."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpResponse

from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.screens.spreadsheet import csv_file

MOST = 10_000
HEADS = (
    "at", "place", "unit", "actor", "role", "ground", "action", "page", "file", "model",
    "changed", "number",
)  # fmt: skip


def _who(entry: JournalEntry) -> str:
    """The colleague's name; a client who acted herself is only named by her file."""
    return entry.actor.name if entry.actor and entry.role != Role.CLIENT else ""


def as_csv(entries: Iterable[JournalEntry], numbers: Mapping[UUID, str], name: str) -> HttpResponse:
    """A file to save; times in UTC, files by their number."""
    return csv_file(name, HEADS, (_row(one, numbers) for one in entries))


def _row(one: JournalEntry, numbers: Mapping[UUID, str]) -> tuple[object, ...]:
    file = numbers.get(one.file, str(one.file)) if one.file else ""
    return (
        one.at.isoformat(timespec="seconds"), one.place, one.unit.name,
        _who(one), one.role, one.ground, one.action, one.page,
        file, one.model, one.changed, one.number,
    )  # fmt: skip
