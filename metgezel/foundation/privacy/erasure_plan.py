"""What erasing a file would do, row by row, following the map that every model carries.

One rule decides about links. A link to what goes, in a class ``erase`` or to a row that is
removed, is emptied where it may be empty. Where it may not, the whole row is removed: a row that
may not say whose it is, is nobody's row. So the file itself goes, and everything that hangs on it;
a person stays as a row without a name, with what her map keeps for counting.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from metgezel.foundation.association.models import User
from metgezel.foundation.people.erasure import Erasure
from metgezel.foundation.people.models import ClientFile, Person

from .circle import Circle, circle_of

Model = type[models.Model]
Rows = dict[Model, set[Any]]


@dataclass(slots=True)
class ErasurePlan:
    """Rows by model: ``gone`` are removed, ``emptied`` stay without what identifies.

    ``cut`` are links to be emptied, by model and field.
    """

    circle: Circle
    gone: Rows = field(default_factory=lambda: defaultdict(set))
    emptied: Rows = field(default_factory=lambda: defaultdict(set))
    cut: dict[tuple[Model, str], set[Any]] = field(default_factory=lambda: defaultdict(set))

    def counts(self) -> dict[str, dict[str, int]]:
        """Numbers of rows per model label: removed, emptied, uncoupled."""
        told: dict[str, dict[str, int]] = defaultdict(dict)
        for word, rows in (("removed", self.gone), ("emptied", self.emptied)):
            for model, numbers in rows.items():
                if numbers:
                    told[model._meta.label][word] = len(numbers)
        for (model, _name), numbers in self.cut.items():
            if numbers:
                so_far = told[model._meta.label].get("uncoupled", 0)
                told[model._meta.label]["uncoupled"] = so_far + len(numbers)
        return dict(sorted(told.items()))

    def fields(self, model: Model) -> dict[Erasure, list[str]]:
        """The field names of a model by what happens to them."""
        found: dict[Erasure, list[str]] = {kind: [] for kind in Erasure}
        for name, kind in getattr(model, "ERASURE", {}).items():
            found[kind].append(name)
        return found


def plan_erasure(file: ClientFile) -> ErasurePlan:
    """Look, and change nothing."""
    plan = ErasurePlan(circle_of(file))
    plan.gone[ClientFile].add(file.pk)
    plan.emptied[Person] |= {person.pk for person in plan.circle.people}
    plan.emptied[User] |= {user.pk for user in plan.circle.accounts}
    links = list(_links())
    while sum(_follow(plan, *link) for link in links):
        pass  # what goes may bring more along, until a round finds nothing new
    _add_rows_left_alone(plan)
    _add_loose_rows(plan, file)
    for (model, name), numbers in plan.cut.items():
        numbers -= plan.gone.get(model, set())
        if _hangs_by(model, name):
            plan.emptied[model] |= numbers
    return plan


def _links() -> Iterator[tuple[Model, "models.ForeignKey[Any, Any]"]]:
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.local_fields:
            if isinstance(one, models.ForeignKey):
                yield model, one


def _follow(plan: ErasurePlan, model: Model, link: "models.ForeignKey[Any, Any]") -> bool:
    """Add the rows that this link brings along; whether there were new ones among them."""
    target = link.related_model
    wanted = set(plan.gone.get(target, ()))
    if _erases(model, link):
        wanted |= plan.emptied.get(target, set())
    if not wanted:
        return False
    found = set(
        model._base_manager.filter(**{f"{link.name}__in": wanted}).values_list("pk", flat=True)
    )
    rows = plan.cut[model, link.name] if link.null else plan.gone[model]
    if model in (Person, User) and not link.null:
        raise TypeError(f"{model._meta.label} cannot be removed by its link {link.name}.")
    before = len(rows)
    rows |= found
    return len(rows) > before


def _erases(model: Model, link: "models.ForeignKey[Any, Any]") -> bool:
    """A package's own table has no map; what it keeps about an account goes with it."""
    classes = getattr(model, "ERASURE", None)
    return classes is None or classes[link.name] is Erasure.ERASE


def _hangs_by(model: Model, name: str) -> bool:
    paths = getattr(model, "FILE_PATHS", ())
    return any(path.split("__")[0] == name for path in paths)


def _add_rows_left_alone(plan: ErasurePlan) -> None:
    """A row that hung on a file by others only, such as a household, goes with the last of them."""
    for model in apps.get_models():
        for path in getattr(model, "FILE_PATHS", ()):
            first = model._meta.get_field(path.split("__")[0]) if path else None
            if model is Person or first is None or not first.auto_created:
                continue
            others: Any = first.related_model
            going, back = plan.gone.get(others, set()), first.field.name  # type: ignore[union-attr]
            alone = set(others._base_manager.filter(pk__in=going).values_list(back, flat=True))
            stay = others._base_manager.filter(**{f"{back}__in": alone}).exclude(pk__in=going)
            plan.gone[model] |= alone - set(stay.values_list(back, flat=True))


def _add_loose_rows(plan: ErasurePlan, file: ClientFile) -> None:
    """Rows that name the file by number only, so that they outlive it, lose their words."""
    for model in loose_models():
        if set(model.ERASURE.values()) != {Erasure.KEEP}:  # type: ignore[attr-defined]
            rows = model._base_manager.filter(file=file.pk).values_list("pk", flat=True)
            plan.emptied[model] |= set(rows)


def loose_models() -> list[Model]:
    """Models of ours with the id of a file that is no link."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "ERASURE")
        and any(f.name == "file" and isinstance(f, models.UUIDField) for f in model._meta.fields)
    ]
