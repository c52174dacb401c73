"""A file in which every field of every model that hangs on a file is filled, made by looking at
the models: a new field or model is filled too, without a line here.

Every text holds a word of its own, so that a test can ask where that word went.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from metgezel.companion.papers import storage
from metgezel.companion.papers.models import Paper
from metgezel.foundation.association.models import Membership, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person
from metgezel.foundation.people.names import FoldedNameField
from metgezel.foundation.privacy.erasure_plan import loose_models
from tests.small_association import BEGIN, SmallAssociation

DAY = dt.date(2019, 5, 17)
#: What the constraints of a model ask for, where they ask for more than a filled field.
AS_THE_MODEL_WANTS: dict[str, dict[str, Any]] = {
    "journeys.StepOverlay": {"done_on": None},
    "people.Identifier": {"value": "2817001122", "index": "computed"},
    "journeys.Event": {"replaced_by": None},
    "privacy.Consent": {"withdrawn_at": None},
    "privacy.ErasedFile": {"counts": {}},
}
#: Kept apart: made by the journal itself, or made only when a file is erased.
MADE_OTHERWISE = {JournalEntry, apps.get_model("privacy", "ErasedFile")}


class Filled:
    """The file, the rows that were made, and the word planted in each text field."""

    def __init__(
        self, house: SmallAssociation, colleagues: tuple[User, User], word: str = ""
    ) -> None:
        self.file, self.house, self.colleagues, self.word = house.in_assen, house, colleagues, word
        self.rows: list[models.Model] = []
        self.planted: dict[tuple[type[models.Model], str], str] = {}
        self.relative: Any = None
        self.number = 0
        self._people()
        for model in (*hanging_models(), *loose_models()):
            if model not in MADE_OTHERWISE:
                self._add(model)

    def _people(self) -> None:
        """The client with every field filled, an account of her own, and a relative."""
        person = self.file.person
        for name, value in self._values(Person).items():
            setattr(person, name, value)
        person.save()
        self.file.closed = dt.date(2026, 6, 1)
        self.file.law_version = self._word(ClientFile, "law_version")
        self.file.next_due = DAY
        self.file.save()
        self.account = User.objects.create_user(
            f"{self._word(User, 'email')}@client.example", self._word(User, "name"), person=person
        )
        Membership.objects.create(
            user=self.account, unit=self.file.unit, role=Role.CLIENT, starts=BEGIN
        )
        self.relative = Person.objects.create(**self._values(Person, "2"))
        self.rows += [person, self.file, self.account, self.relative]

    def _word(self, model: type[models.Model], name: str, more: str = "") -> str:
        if self.word:
            self.planted[model, name + more] = self.word
            return self.word
        self.number += 1
        word = f"zz{self.number}q{more}"
        self.planted[model, name + more] = word
        return word

    def _add(self, model: type[models.Model]) -> None:
        """One row of this model, with the word in each text."""
        if any(type(row) is model for row in self.rows):
            return
        row = model._base_manager.create(**self._values(model))
        self.rows.append(row)

    def _values(self, model: type[models.Model], more: str = "") -> dict[str, Any]:
        fixed = AS_THE_MODEL_WANTS.get(model._meta.label, {})
        values: dict[str, Any] = {}
        for field in model._meta.local_concrete_fields:
            if field.primary_key or isinstance(field, FoldedNameField):
                continue
            if field.name in fixed:
                values[field.name] = fixed[field.name]
            elif isinstance(field, models.ForeignKey):
                values[field.name] = self._target(field)
            else:
                values[field.name] = self._value(model, field, more)
        return values

    def _target(self, field: Any) -> Any:
        """A row to point at: one that is here already."""
        target = field.related_model
        if target is User:
            return self.colleagues["review" in field.name or "decided" in field.name]
        if target is ClientFile:
            return self.file
        if target is Person:
            return self.relative if field.model is FamilyTie else self.file.person
        if target._meta.label == "association.Unit":
            return self.file.association if field.name == "association" else self.file.unit
        there = next((row for row in self.rows if isinstance(row, target)), None)
        if there is None and target is JournalEntry:
            return JournalEntry.objects.filter(file=self.file.pk).order_by("pk").first()
        if there is None:
            self._add(target)
            there = self.rows[-1]
        return there

    def _value(self, model: type[models.Model], field: Any, more: str) -> Any:
        if field.choices:
            return next(value for value, _label in field.choices if value)
        if isinstance(field, models.UUIDField):
            return self.file.pk if field.name == "file" else uuid.uuid4()
        if isinstance(field, models.DateTimeField):
            return dt.datetime(2019, 5, 17, 10, tzinfo=dt.UTC)
        if isinstance(field, models.DateField):
            return DAY
        if isinstance(field, models.JSONField):
            return {"said": self._word(model, field.name, more)}
        if isinstance(field, models.CharField | models.TextField):
            return self._text(model, field, more)
        if isinstance(field, models.BooleanField):
            return True
        return 7

    def _text(self, model: type[models.Model], field: Any, more: str) -> str:
        word = self._word(model, field.name, more)
        if field.max_length and len(word) > field.max_length:
            self.planted = {
                k: w for k, w in self.planted.items() if k != (model, field.name + more)
            }
            return word[: field.max_length]
        return word


def hanging_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "FILE_PATHS")]


def text_fields(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield field


def with_contents(filled: Filled, content: bytes) -> str:
    """Give the paper of the file a content of its own; return the name it is stored under."""
    paper = next(row for row in filled.rows if isinstance(row, Paper))
    stored = storage.put(content)
    paper.stored_name, paper.file_key = stored.name, stored.key
    paper.sha256 = hashlib.sha256(content).hexdigest()
    paper.save()
    return stored.name
