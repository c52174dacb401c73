"""A new key in front: everything sealed is sealed anew, a batch at a time, while people work.

It can be stopped at any moment and started again: what is done is recognised by its key.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast

from metgezel.foundation.people.encryption import SealedTextField, blind_index, unseal

from .ring import keys_in_use

BATCH = 200


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column that holds sealed values."""

    model: type[models.Model]
    field: SealedTextField

    @property
    def name(self) -> str:
        """The model and the field, as in ``people.Identifier.value``."""
        return f"{self.model._meta.label}.{self.field.name}"

    def rows(self) -> "models.QuerySet[Any]":
        """The rows with the stored text itself as ``stored``, unopened."""
        stored = Cast(F(self.field.name), output_field=TextField())
        every = self.model._base_manager.annotate(stored=stored)
        return every.exclude(stored=None).defer(self.field.name)


def sealed_columns() -> list[SealedColumn]:
    """Every column of ours that is sealed, so that none can be forgotten."""
    return [
        SealedColumn(model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedTextField)
    ]


def values_under(key_id: str) -> dict[str, int]:
    """How many values each column keeps under this key; columns without any are left out."""
    counts = {
        column.name: column.rows().filter(stored__startswith=f"{key_id}:").count()
        for column in sealed_columns()
    }
    return {name: count for name, count in counts.items() if count}


def total_behind() -> int:
    """How many values are not under the writing key."""
    return sum(_behind(column).count() for column in sealed_columns())


def seal_anew(progress: Callable[[int], None] = lambda done: None) -> int:
    """Seal everything with the writing key; return how many values were written."""
    done = 0
    for column in sealed_columns():
        for batch in _batches(column):
            with transaction.atomic():
                done += sum(_seal_one(column, row) for row in batch)
            progress(done)
    return done


def index_anew(progress: Callable[[int], None] = lambda done: None) -> int:
    """Compute every blind index with the writing key; return how many values were indexed."""
    done = 0
    for column in sealed_columns():
        if not column.field.index_in:
            continue
        last: Any = None
        while batch := _after(column, last):
            with transaction.atomic():
                done += sum(_index_one(column, row) for row in batch)
            last = batch[-1]["pk"]
            progress(done)
    return done


def indexed_values() -> int:
    """How many values have a blind index."""
    return sum(c.rows().count() for c in sealed_columns() if c.field.index_in)


def _behind(column: SealedColumn) -> "models.QuerySet[Any]":
    current = next(iter(keys_in_use().encryption))
    return column.rows().filter(~Q(stored__startswith=f"{current}:"))


def _batches(column: SealedColumn) -> Iterator[list[dict[str, Any]]]:
    while batch := list(_behind(column).order_by("pk").values("pk", "stored")[:BATCH]):
        yield batch


def _after(column: SealedColumn, last: Any) -> list[dict[str, Any]]:
    rows = column.rows() if last is None else column.rows().filter(pk__gt=last)
    return list(rows.order_by("pk").values("pk", "stored")[:BATCH])


def _seal_one(column: SealedColumn, row: dict[str, Any]) -> int:
    """Write a value anew, unless somebody changed it meanwhile: then the next batch has it."""
    plain = unseal(row["stored"], column.field.purpose)
    unchanged = column.rows().filter(pk=row["pk"], stored=row["stored"])
    return unchanged.update(**{column.field.name: plain})


def _index_one(column: SealedColumn, row: dict[str, Any]) -> int:
    index = blind_index(unseal(row["stored"], column.field.purpose), column.field.purpose)
    unchanged = column.rows().filter(pk=row["pk"], stored=row["stored"])
    return unchanged.update(**{column.field.index_in: index})
