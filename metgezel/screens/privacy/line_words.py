"""Lines of the journal as the privacy officer reads them: numbers of files, never names."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.screens.components.days import short_day
from metgezel.screens.components.tables import Cell, Column, Row, Table

_GROUNDS = {
    "own_file": gettext_lazy("own file"),
    "assignment": gettext_lazy("linked to this person"),
    "team_leader": gettext_lazy("leads the team"),
    "drop_in": gettext_lazy("key for one hour"),
}

_THINGS = {
    "people.clientfile": gettext_lazy("file"),
    "people.person": gettext_lazy("personal details"),
    "people.personlanguage": gettext_lazy("language"),
    "people.identifier": gettext_lazy("identifier"),
    "people.familytie": gettext_lazy("family"),
    "people.household": gettext_lazy("household"),
    "people.householdmember": gettext_lazy("household"),
    "access.assignment": gettext_lazy("link to a colleague"),
    "access.dropin": gettext_lazy("drop-in key"),
    "papers.paper": gettext_lazy("a paper"),
    "privacy.consent": gettext_lazy("consent"),
    "privacy.mandate": gettext_lazy("mandate"),
    "journeys.event": gettext_lazy("event"),
    "journeys.stepoverlay": gettext_lazy("step"),
    "journeys.doerchange": gettext_lazy("who does a step"),
    "journeys.goal": gettext_lazy("goal"),
    "journeys.ownstep": gettext_lazy("own step"),
    "audit.journalquestion": gettext_lazy("question about the journal"),
    "audit.journalfinding": gettext_lazy("finding in the journal"),
}


def when_in_words(entry: JournalEntry) -> str:
    """Day and time on the clock in the Netherlands."""
    at = timezone.localtime(entry.at)
    return f"{short_day(at.date())}, {at:%H:%M}"


def who_in_words(entry: JournalEntry) -> str:
    """Name and role of whoever did it."""
    if entry.actor is None:
        return gettext("the program (%(command)s)") % {"command": entry.page}
    if entry.role == Role.CLIENT:
        return gettext("the client herself or himself")
    name = entry.actor.name or gettext("somebody whose name was erased")
    return f"{name} ({role_in_words(entry)})" if entry.role else name


def role_in_words(entry: JournalEntry) -> str:
    """The role in which it was done."""
    return str(Role(entry.role).label) if entry.role in Role.values else entry.role


def what_in_words(entry: JournalEntry) -> str:
    """What was done, with how many rows and the names of the fields."""
    said = str(entry.get_action_display())
    if entry.model:
        said = f"{said}: {thing_in_words(entry.model)}"
    if entry.changed:
        said = f"{said} ({', '.join(entry.changed.split())})"
    return f"{said} · {entry.number}" if entry.number > 1 else said


def thing_in_words(model: str) -> str:
    """What kind of row it was about."""
    return str(_THINGS.get(model, model.rpartition(".")[2]))


def ground_in_words(entry: JournalEntry) -> str:
    """On which ground; blank when the line is about no file."""
    return str(_GROUNDS.get(entry.ground, ""))


def line_in_words(entry: JournalEntry) -> str:
    """A whole line in one sentence."""
    parts = (when_in_words(entry), who_in_words(entry), what_in_words(entry))
    return " · ".join(part for part in (*parts, ground_in_words(entry)) if part)


def table_of(
    entries: Iterable[JournalEntry], numbers: Mapping[UUID, str], caption: str, *, people: bool
) -> Table:
    """Lines as a table; `people`: with who did it, else with which file it was."""
    middle = gettext("Who") if people else gettext("File")
    columns = [
        Column(gettext("When")),
        Column(middle),
        Column(gettext("What")),
        Column(gettext("Ground")),
    ]
    rows = [
        Row(
            (
                when_in_words(one),
                who_in_words(one) if people else _file_cell(one, numbers),
                what_in_words(one),
                ground_in_words(one),
            )
        )
        for one in entries
    ]
    return Table(caption, columns, rows)


def _file_cell(entry: JournalEntry, numbers: Mapping[UUID, str]) -> Cell:
    number = numbers.get(entry.file, "") if entry.file else ""
    return Cell(number, f"{reverse('privacy_file')}?number={number}") if number else Cell("")
