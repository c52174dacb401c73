"""The lines of a journal, put together by day and by person, so that they can be read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from metgezel.foundation.audit.models import JournalEntry
from metgezel.screens.components.days import in_words

from .journal_words import role_in_words, what_in_words, who_in_words, why_in_words


@dataclass(frozen=True, slots=True)
class Visit:
    """What one person did in a file on one day, on one ground."""

    who: str
    role: str
    place: str
    times: str
    what: list[str]
    why: str
    line: int  #: the last entry; a question is asked about this one
    by_person: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its visits, the latest first."""

    words: str
    visits: list[Visit]


def days_of(entries: Iterable[JournalEntry], reasons: Mapping[int, str]) -> list[Day]:
    """Group entries that come newest first; `reasons` are those of drop-in keys, by number."""
    return [
        Day(in_words(day), _visits(list(lines), reasons)) for day, lines in groupby(entries, _day)
    ]


def _day(entry: JournalEntry) -> dt.date:
    return timezone.localtime(entry.at).date()


def _visits(lines: list[JournalEntry], reasons: Mapping[int, str]) -> list[Visit]:
    together: dict[tuple[int | None, str, int | None], list[JournalEntry]] = {}
    for line in lines:
        together.setdefault((line.actor_id, line.ground, line.drop_in), []).append(line)
    return [_visit(hers, reasons) for hers in together.values()]


def _visit(lines: list[JournalEntry], reasons: Mapping[int, str]) -> Visit:
    newest, oldest = lines[0], lines[-1]
    return Visit(
        who=who_in_words(newest),
        role=role_in_words(newest.role),
        place=newest.unit.name,
        times=_times(oldest.at, newest.at),
        what=what_in_words(reversed(lines)),
        why=why_in_words(newest, reasons),
        line=newest.pk,
        by_person=newest.actor_id is not None,
    )


def _times(first: dt.datetime, last: dt.datetime) -> str:
    begin, end = (timezone.localtime(at).strftime("%H:%M") for at in (first, last))
    return begin if begin == end else f"{begin} – {end}"
