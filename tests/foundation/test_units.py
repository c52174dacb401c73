"""The tree of units keeps its shape."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from metgezel.foundation.association.models import Unit
from metgezel.foundation.association.units import add_unit, create_association, move_unit
from tests.small_association import small_association

pytestmark = pytest.mark.django_db


def names(*paths: str) -> set[str]:
    return {unit.name for unit in Unit.objects.at_or_below(*paths)}


def test_a_foundation_holds_its_own_locations_and_not_those_of_another():
    house = small_association()
    assert names(house.north.path) == {"Noord", "Assen", "Groningen"}
    assert names(house.breda.path) == {"Breda"}
    assert names() == set()


def test_nothing_stands_under_a_location():
    house = small_association()
    with pytest.raises(ValidationError):
        add_unit(house.assen, "Wijk")


def test_a_location_cannot_stand_right_under_the_association():
    house = small_association()
    with pytest.raises(ValidationError):
        Unit(parent=house.top, kind="location", name="Zwolle").save()


def test_a_unit_needs_a_name():
    with pytest.raises(ValidationError):
        create_association("  ")


def test_the_database_refuses_a_foundation_that_hangs_in_the_air():
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.bulk_create([Unit(kind="foundation", name="Los", path="/x/")])


def test_a_moved_location_is_found_under_its_new_foundation_only():
    house = small_association()
    move_unit(house.assen, house.south)
    assert names(house.south.path) == {"Zuid", "Breda", "Assen"}
    assert names(house.north.path) == {"Noord", "Groningen"}


def test_a_unit_cannot_hang_under_itself_or_under_another_association():
    house = small_association()
    other = create_association("Zustervereniging")
    for parent in (house.assen, house.north, other):
        with pytest.raises(ValidationError):
            move_unit(house.north, parent)
