"""What erasing and blurring make of the value of one field.

- blur: of a day or moment the year is left, as its first of January;
- erase: nothing where nothing may stand; else a dash where words stood; a column that must be
  unique gets a number that says nothing; an account can no longer be logged in on.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models

from metgezel.foundation.people.erasure import Erasure

MARK = "—"


def emptied_values(row: models.Model) -> dict[str, Any]:
    """The new value of every field of this row that its map does not keep, by field name.

    A link that may not be empty is left out: a row that may not say whose it is is removed as a
    whole, and is not asked for here.
    """
    new: dict[str, Any] = {}
    classes: dict[str, Erasure] = row.ERASURE  # type: ignore[attr-defined]
    for name, kind in classes.items():
        field: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
        old = getattr(row, field.attname)
        if kind is Erasure.BLUR:
            new |= _blurred(row, name, old)
        elif kind is Erasure.ERASE and (field.null or not field.is_relation):
            new[name] = erased(field, old, row.pk)
    return new


def _blurred(row: models.Model, name: str, old: Any) -> dict[str, Any]:
    precision = f"{name}_precision"
    known = old is not None and any(f.name == precision for f in row._meta.fields)
    return {name: blurred(old)} | ({precision: "year"} if known else {})


def blurred(value: Any) -> Any:
    """Leave the year only.

    Raises:
        TypeError: it is neither a day nor a moment; its model should not say ``blur``.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return datetime(value.year, 1, 1, 12, tzinfo=UTC)
    if isinstance(value, date):
        return date(value.year, 1, 1)
    raise TypeError(f"{value!r} cannot be blurred: it has no year.")


def erased(field: "models.Field[Any, Any]", old: Any, number: object) -> Any:
    """What stands in an erased field of the row with this number."""
    if field.null:
        return None
    if field.name == "password":
        return make_password(None)
    if isinstance(field, models.EmailField):
        return f"erased-{number}@erased.invalid"
    if field.unique:
        return f"erased-{str(number).replace('-', '')}"[: field.max_length]
    if isinstance(field, models.CharField | models.TextField):
        free = field.editable and not field.choices
        return MARK if old and free else ""
    if isinstance(field, models.BooleanField):
        return False
    return field.get_default()
