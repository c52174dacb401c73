"""Where words about erased people still stand: every text column of every table, and contents.

Sure: a whole name, a number, an address. Perhaps: one word of a name or a birth date, standing by
itself, since other people may share it; a first name in the record of another person is not told.
What a picture shows cannot be searched.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import formats, translation

from metgezel.foundation.association.models import User
from metgezel.foundation.people.encryption import SealedTextField
from metgezel.foundation.people.models import Person
from metgezel.foundation.people.names import folded

from .circle import Circle
from .contents import kept_contents

SHORTEST = 3
SHOWN = 1000  #: rows told for one column; more than that is a word everybody uses
TEXTS = (models.CharField, models.TextField)


@dataclass(frozen=True, slots=True)
class Traces:
    """What to look for. Held in memory only: to store it would be to keep it."""

    sure: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leftover:
    """A word that still stands somewhere. ``column`` is empty for a content."""

    table: str
    row: str
    column: str
    word: str
    sure: bool


def traces_of(circle: Circle) -> Traces:
    """The names, numbers, addresses and birth dates of the people who go."""
    sure: set[str] = set()
    perhaps: set[str] = set()
    for person in circle.people:
        whole = person.full_name
        parts = {person.given_name, person.family_name, *whole.split()}
        single = " " not in whole
        sure |= {person.name_own_script, "" if single else whole}
        perhaps |= parts | (_as_written(person.birth_date) if person.birth_date else set())
        sure |= {number.value for number in person.identifiers.order_by("pk")}
    sure |= {account.email for account in circle.accounts}
    sure |= {account.name for account in circle.accounts if " " in account.name}
    return Traces(_long_enough(sure), _long_enough(perhaps) - _long_enough(sure))


def _as_written(day: date) -> set[str]:
    """A day as people write it, in our languages and as a number."""
    written = {day.isoformat(), day.strftime("%d-%m-%Y"), f"{day.day}-{day.month}-{day.year}"}
    for language in ("nl", "en"):
        with translation.override(language):
            written.add(formats.date_format(day, "j F Y"))
    return written


def _long_enough(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.strip() for word in words if len(word.strip()) >= SHORTEST)


def leftovers(traces: Traces) -> list[Leftover]:
    """Look everywhere; sure ones first, in a fixed order."""
    found = set(_in_contents(traces))
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_fields:
            found.update(_in_column(model, column, traces))
    return sorted(found, key=lambda one: (not one.sure, one.table, one.row, one.column, one.word))


def _in_column(model: type[models.Model], column: Any, traces: Traces) -> Iterator[Leftover]:
    if isinstance(column, SealedTextField):
        values = model._base_manager.values_list("pk", column.name).order_by("pk")
        rows: Iterable[tuple[Any, str]] = values.iterator(chunk_size=1000)
    elif isinstance(column, (*TEXTS, models.JSONField)):
        rows = _rows_with(model, column, traces)
    else:
        return
    for number, value in rows:
        for word, sure in _words_in(value, traces):
            if sure or model not in (Person, User):
                yield Leftover(model._meta.db_table, str(number), column.name, word, sure)


def _rows_with(model: type[models.Model], column: Any, traces: Traces) -> Any:
    """Rows that may hold a word, found by the database."""
    wanted = Q(pk__in=[])
    for word in traces.sure | traces.perhaps:
        for written in {word, folded(word), json.dumps(word)[1:-1]} - {""}:
            wanted |= Q(_text__icontains=written)
    found = model._base_manager.annotate(_text=Cast(column.name, models.TextField()))
    return found.filter(wanted).order_by("pk").values_list("pk", "_text")[:SHOWN]


def _words_in(value: object, traces: Traces) -> Iterator[tuple[str, bool]]:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    forms = {text.casefold(), folded(text)}
    if "\\u" in text:
        forms.add(_unescaped(text).casefold())
    for words, sure in ((traces.sure, True), (traces.perhaps, False)):
        for word in words:
            edge = "" if sure else r"\b"
            sought = [f"{edge}{re.escape(w)}{edge}" for w in (word.casefold(), folded(word)) if w]
            if any(re.search("|".join(sought), form) for form in forms):
                yield word, sure


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), text)


def _in_contents(traces: Traces) -> Iterator[Leftover]:
    for model, contents in kept_contents().items():
        for row in model._base_manager.order_by("pk").iterator(chunk_size=100):
            try:
                text = contents.read(row).decode("utf-8", errors="ignore")
            except contents.lost:
                continue
            for word, sure in _words_in(text, traces):
                yield Leftover(model._meta.db_table, str(row.pk), "", word, sure)


def searched_columns() -> list[str]:
    """Every column that is searched, as ``table.column``; for the report and the tests."""
    return sorted(
        f"{model._meta.db_table}.{column.column}"
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.local_fields
        if isinstance(column, (*TEXTS, models.JSONField))
    )


def tables_not_searched() -> list[str]:
    """Tables of this database that no model of ours knows."""
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(set(connection.introspection.table_names()) - known)
