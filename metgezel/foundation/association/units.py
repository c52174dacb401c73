"""Building and changing the tree of units."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .models import STANDS_UNDER, Unit, UnitKind


def create_association(name: str) -> Unit:
    """Store a new association: the top of a tree."""
    return _stored(Unit(kind=UnitKind.ASSOCIATION, name=name.strip()))


def add_unit(parent: Unit, name: str, municipality: str = "") -> Unit:
    """Add a foundation under an association, or a location under a foundation.

    Raises:
        ValidationError: nothing can stand under a location, or the name is blank.
    """
    below = [kind for kind, above in STANDS_UNDER.items() if above == parent.kind]
    if not below:
        raise ValidationError(_("Nothing stands under a location."), code="wrong_place")
    unit = Unit(parent=parent, kind=below[0], name=name.strip(), municipality=municipality)
    return _stored(unit)


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
