"""No change of a file is forgotten: models that hang on a file write their own journal lines.

Every model with ``FILE_PATHS`` is watched: one row at a time by Django's signals, many at once by
``WatchedQuerySet``, which the door's queryset is made of. The line is written in the transaction
of the change; if it cannot be written, the change is not stored.

A model that is computed from watched ones says so: ``NOT_JOURNALLED = "why"``. Fields that are
computed or cannot be edited are not named, and a change of only those is no change.

What Django changes by itself when another row goes (``SET_NULL``) has no line of its own; the
removal that caused it has.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import signals

from .acting import is_paused
from .keeper import as_the_keeper

BEFORE = "_row_before"
FILES = "_files_before"

M = TypeVar("M", bound=models.Model)


def is_watched(model: type[models.Model]) -> bool:
    """Whether changes of this model are written in the journal."""
    return hasattr(model, "FILE_PATHS") and not hasattr(model, "NOT_JOURNALLED")


def watched_models() -> list[type[models.Model]]:
    """All models whose changes are written in the journal."""
    return [model for model in apps.get_models() if is_watched(model)]


def connect() -> None:
    """Listen to every watched model; called once, when all apps are ready."""
    for model in watched_models():
        _save_in_one_transaction(model)
        key = f"audit.{model._meta.label_lower}"
        signals.pre_save.connect(_before_save, model, dispatch_uid=key)
        signals.post_save.connect(_after_save, model, dispatch_uid=key)
        signals.pre_delete.connect(_before_delete, model, dispatch_uid=key)
        signals.post_delete.connect(_after_delete, model, dispatch_uid=key)


def _save_in_one_transaction(model: type[models.Model]) -> None:
    """Keep the row and its line together: Django itself commits a row before it tells us of it."""
    save_base = model.save_base

    @wraps(save_base)
    def together(self: models.Model, *args: Any, **options: Any) -> None:
        with transaction.atomic(using=options.get("using"), savepoint=False):
            save_base(self, *args, **options)

    model.save_base = together  # type: ignore[method-assign]


def told_fields(model: type[models.Model]) -> list[str]:
    """The fields whose change is worth a line: what people fill in, not what is computed."""
    computed = getattr(model, "COMPUTED_FIELDS", ())
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.editable and field.name not in computed and not getattr(field, "auto_now", False)
    ]


class WatchedQuerySet(models.QuerySet[M]):
    """Writes lines for what changes many rows at once."""

    def update(self, **values: Any) -> int:
        """Change the rows, with a line for each file among them."""
        names = [name for name in values if name in told_fields(self.model)]
        if not names or not _writes(self.model):
            return super().update(**values)
        with transaction.atomic(using=self.db):
            found = _rows_by_file(self)
            changed = super().update(**values)
            _record_many("changed", self.model, found, names)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        """Add the rows, with a line for each file among them."""
        if not _writes(self.model):
            return super().bulk_create(objs, *args, **options)
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **options)
            rows = self.model._base_manager.filter(pk__in=[row.pk for row in made])
            _record_many("created", self.model, _rows_by_file(rows), ())
        return made


def _writes(model: type[models.Model]) -> bool:
    return is_watched(model) and not is_paused()


def _rows_by_file(rows: models.QuerySet[Any]) -> dict[Any, set[str]]:
    """The numbers of these rows by the file they hang on; None for those that hang on none."""
    found: dict[Any, set[str]] = defaultdict(set)
    for path in rows.model.FILE_PATHS:
        for number, file in rows.order_by().values_list("pk", path or "pk").distinct():
            found[file].add(str(number))
    placed = {row for file, numbers in found.items() if file for row in numbers}
    found[None] -= placed
    return {file: numbers for file, numbers in found.items() if numbers}


def _record_many(
    action: str, model: type[models.Model], rows: dict[Any, set[str]], changed: Sequence[str]
) -> None:
    from .models import Action
    from .writing import Line, record

    label = model._meta.label_lower
    with as_the_keeper():
        for file, numbers in sorted(rows.items(), key=lambda one: str(one[0])):
            row = next(iter(numbers)) if len(numbers) == 1 else ""
            record(Line(Action(action), file, label, row, changed, len(numbers)))


def _before_save(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    if raw or is_paused() or instance._state.adding:
        return
    names = told_fields(sender)
    stored = sender._base_manager.filter(pk=instance.pk).values(*names).first()
    instance.__dict__[BEFORE] = stored


def _after_save(
    sender: Any,
    instance: Any,
    created: bool,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **_: Any,
) -> None:
    before = instance.__dict__.pop(BEFORE, None)
    if raw or is_paused():
        return
    changed = [] if created else _differences(instance, before or {}, update_fields)
    if created or changed:
        _record_one("created" if created else "changed", instance, _files_of(instance), changed)


def _differences(instance: Any, before: dict[str, Any], only: Iterable[str] | None) -> list[str]:
    names = set(before) if only is None else set(before) & set(only)
    options = instance._meta
    return [
        name
        for name in before
        if name in names
        and options.get_field(name).to_python(getattr(instance, options.get_field(name).attname))
        != before[name]
    ]


def _before_delete(sender: Any, instance: Any, **_: Any) -> None:
    if not is_paused():
        instance.__dict__[FILES] = _files_of(instance)


def _after_delete(sender: Any, instance: Any, **_: Any) -> None:
    files = instance.__dict__.pop(FILES, None)
    if files is not None:
        _record_one("removed", instance, files, ())


def _files_of(instance: Any) -> set[Any]:
    paths = instance.FILE_PATHS
    if paths == ("file",):
        return {instance.file_id}
    if paths == ("",):
        return {instance.pk}
    with as_the_keeper():
        row = type(instance)._base_manager.filter(pk=instance.pk)
        return set(_rows_by_file(row)) or {None}


def _record_one(action: str, instance: Any, files: set[Any], changed: Sequence[str]) -> None:
    rows = {file: {str(instance.pk)} for file in files}
    _record_many(action, type(instance), rows, changed)
