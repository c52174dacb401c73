"""Everything that is kept about one person, gathered for her (GDPR art. 15 and 20).

It follows the models: every row that hangs on her file, her account, and the lines of the journal
about her file. What is left out stands in ``withheld``.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.audit.keeper import as_the_keeper
from metgezel.foundation.people.models import ClientFile, Person

from .codes import code_in_words
from .erasure_plan import loose_models
from .labels import label
from .withheld import COLLEAGUES, OTHER_PEOPLE, reason_to_withhold


@dataclass(frozen=True, slots=True)
class Value:
    """One field of one row. ``plain`` goes in JSON, ``words`` on paper unless it is ``quiet``:
    a number that only ties rows together.
    """

    name: str
    label: str
    plain: Any
    words: str
    quiet: bool


@dataclass(slots=True)
class Section:
    """All rows of one model."""

    label: str
    title: str
    rows: list[list[Value]] = field(default_factory=list)


@dataclass(slots=True)
class Overview:
    """The whole of it. ``withheld`` holds (what, why) pairs that apply to this file."""

    file: ClientFile
    on: dt.date
    sections: list[Section]
    withheld: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose data are given, and who is told apart."""

    file: ClientFile
    people: frozenset[UUID]
    account: User | None


def overview_of(file: ClientFile, today: dt.date) -> Overview:
    """Gather it in the active language; as many queries as there are models."""
    whose = _whose(file)
    sections: list[Section] = []
    withheld: dict[str, str] = {}
    for model, rows in _rows(whose):
        reason = reason_to_withhold(model._meta.label)
        if reason:
            if rows.exists():
                withheld[_title(model)] = str(reason)
            continue
        made = [_row(row, whose, withheld) for row in _client_first(rows, whose)]
        if made:
            sections.append(Section(model._meta.label, _title(model), made))
    return Overview(file, today, sections, list(withheld.items()))


def _whose(file: ClientFile) -> _Whose:
    relatives = Person.objects.filter(relative_in__file=file, client_file__isnull=True)
    # Whoever gathers it may not see that a relative has a file elsewhere, and must not give it.
    with as_the_keeper():
        found = set(relatives.order_by("pk").values_list("pk", flat=True))
    people = frozenset({file.person_id, *found})
    return _Whose(file, people, User.objects.filter(person=file.person_id).first())


def _rows(whose: _Whose) -> Iterator[tuple[type[models.Model], "models.QuerySet[Any]"]]:
    """Every model with the rows that are about her: first who she is, then the rest by name."""
    yield Person, Person.objects.filter(pk__in=whose.people)
    hanging = [model for model in apps.get_models() if hasattr(model, "FILE_PATHS")]
    for model in sorted(hanging, key=lambda one: (one is not ClientFile, _title(one))):
        if model is not Person:
            yield model, _of_file(model, whose)
    for model in loose_models():
        yield model, model._base_manager.filter(file=whose.file.pk)
    yield User, User.objects.filter(pk__in=[whose.account.pk] if whose.account else [])
    yield Membership, Membership.objects.filter(user=whose.account or 0)


def _client_first(rows: "models.QuerySet[Any]", whose: _Whose) -> list[Any]:
    """In a fixed order, and herself before her relatives."""
    return sorted(rows.order_by("pk"), key=lambda row: row.pk != whose.file.person_id)


def _of_file(model: type[models.Model], whose: _Whose) -> "models.QuerySet[Any]":
    paths = Q(pk__in=[])
    for path in model.FILE_PATHS:  # type: ignore[attr-defined]
        paths |= Q(**{path or "pk": whose.file.pk})
    numbers = model._base_manager.filter(paths).values("pk")
    found = model._base_manager.filter(pk__in=numbers)
    hangs_on_person = any(path.startswith("person__") for path in model.FILE_PATHS)  # type: ignore[attr-defined]
    return found.filter(person__in=whose.people) if hangs_on_person else found


def _title(model: type[models.Model]) -> str:
    return label(model._meta.verbose_name_plural or "")


def _row(row: models.Model, whose: _Whose, withheld: dict[str, str]) -> list[Value]:
    values = []
    for one in row._meta.concrete_fields:
        name = label(one.verbose_name)
        reason = reason_to_withhold(row._meta.label, one.name)
        reason = reason or _about_others(row, one, whose)
        if reason:
            withheld[f"{_title(type(row))}: {name}"] = str(reason)
        else:
            plain = _plain(row, one)
            words = _words(row, one, plain, whose)
            values.append(Value(one.name, name, plain, words, _is_quiet(one)))
    return values


def _is_quiet(one: Any) -> bool:
    ties = one.is_relation and one.related_model not in (Person, Unit)
    return bool(one.primary_key or ties or isinstance(one, models.UUIDField))


def _about_others(row: Any, one: Any, whose: _Whose) -> Any:
    """Why a link to somebody else is not followed."""
    number = getattr(row, one.attname)
    if number is None or not one.is_relation:
        return None
    if one.related_model is User:
        own = whose.account is not None and number == whose.account.pk
        return None if own else COLLEAGUES
    if one.related_model is Person and number not in whose.people:
        return OTHER_PEOPLE
    return None


def _plain(row: Any, one: Any) -> Any:
    """The value as JSON can hold it."""
    value = getattr(row, one.attname)
    if value is None or isinstance(value, bool | int | str | dict | list):
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def _words(row: Any, one: Any, plain: Any, whose: _Whose) -> str:
    """The value as she reads it."""
    value = getattr(row, one.attname)
    if value is None or value == "":
        return ""
    if one.is_relation:
        return _link_in_words(row, one, whose)
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    if isinstance(value, str):
        field_name = f"{row._meta.label}.{one.name}"
        return code_in_words(field_name, value, get_language() or "nl")
    return _in_words(value, plain)


def _in_words(value: Any, plain: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "l j F Y H:i")
    if isinstance(value, dt.date):
        return formats.date_format(value, "l j F Y")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said}" for name, said in value.items())
    return str(plain)


def _link_in_words(row: Any, one: Any, whose: _Whose) -> str:
    if one.related_model is User:
        return _("you")
    if one.related_model in (Person, ClientFile, Unit):
        target = getattr(row, one.name)
        return str(target.name if isinstance(target, Unit) else target)
    return f"{label(one.related_model._meta.verbose_name)} {getattr(row, one.attname)}"
