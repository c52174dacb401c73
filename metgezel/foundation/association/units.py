"""Building and changing the tree of units."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .models import STANDS_UNDER, Unit, UnitKind


def create_association(name: str) -> Unit:
    """Store a new association: the top of a tree."""
    return _stored(Unit(kind=UnitKind.ASSOCIATION, name=name.strip()))


@transaction.atomic
def add_unit(parent: Unit, name: str, municipality: str = "") -> Unit:
    """Add a foundation under an association, or a location under a foundation.

    Raises:
        ValidationError: nothing can stand under a location, or the name is blank or taken.
    """
    kind = kind_below(parent)
    if kind is None:
        raise ValidationError(_("Nothing stands under a location."), code="wrong_place")
    Unit.objects.select_for_update().get(pk=parent.pk)  # one at a time: a double click waits here
    _refuse_same_name(parent, name)
    return _stored(Unit(parent=parent, kind=kind, name=name.strip(), municipality=municipality))


@transaction.atomic
def describe_unit(unit: Unit, name: str, municipality: str) -> None:
    """Give a unit another name or municipality.

    Raises:
        ValidationError: the name is blank or taken.
    """
    if unit.parent:
        Unit.objects.select_for_update().get(pk=unit.parent.pk)
        _refuse_same_name(unit.parent, name, besides=unit)
    unit.name, unit.municipality = name.strip(), municipality
    _stored(unit)


def kind_below(parent: Unit) -> str | None:
    """What can stand directly under a unit: None under a location."""
    return next((kind for kind, above in STANDS_UNDER.items() if above == parent.kind), None)


def path_of_each_above(unit: Unit) -> list[str]:
    """The paths of a unit and of all units it stands under, from the top."""
    steps = unit.path.strip("/").split("/")
    return [f"/{'/'.join(steps[: n + 1])}/" for n in range(len(steps))]


def _refuse_same_name(parent: Unit, name: str, besides: Unit | None = None) -> None:
    for other in parent.children.order_by("pk"):
        if other != besides and other.name.casefold() == name.strip().casefold():
            raise ValidationError(
                {"name": _("There is already a unit with this name here.")}, code="twice"
            )


def _stored(unit: Unit) -> Unit:
    if not unit.name:
        raise ValidationError({"name": _("Give the unit a name.")}, code="blank")
    unit.save()
    return unit


@transaction.atomic
def move_unit(unit: Unit, parent: Unit) -> None:
    """Hang a unit with all that is under it under another parent of the same association.

    Raises:
        ValidationError: the parent is of the wrong kind, stands under the unit itself, or
            belongs to another association (files and roles would change hands unseen).
    """
    if parent.path.startswith(unit.path) or parent.association_id != unit.association_id:
        raise ValidationError(_("A unit stays within its own association."), code="wrong_place")
    old_path = unit.path
    under = list(Unit.objects.at_or_below(old_path).exclude(pk=unit.pk))
    unit.parent = parent
    unit.save()
    for one in under:
        one.path = unit.path + one.path.removeprefix(old_path)
    Unit.objects.bulk_update(under, ["path"])
