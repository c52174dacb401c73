"""An administrator hands out roles within her own unit and below, and somebody always can."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from metgezel.foundation.association.administration import (
    administered,
    colleagues_per_unit,
    end_role_on,
    give_role_in,
    invite,
    leave_units,
    new_link,
)
from metgezel.foundation.association.memberships import give_role, roles_of
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.units import add_unit, describe_unit
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def test_an_administrator_looks_after_her_unit_and_what_stands_under_it(house, today):
    noor = colleague(Role.ADMINISTRATOR, house.north)
    assert set(administered(noor, today)) == {house.north, house.assen, house.groningen}
    assert not administered(colleague(Role.TEAM_LEADER, house.north), today)
    assert not administered(noor, BEGIN - timedelta(days=1))


def test_a_role_outside_her_units_or_of_a_client_is_not_hers_to_give(house, today):
    units = administered(colleague(Role.ADMINISTRATOR, house.north), today)
    amal = colleague(Role.VOLUNTEER, house.assen)
    for unit, role in ((house.breda, Role.COMPANION), (house.assen, Role.CLIENT)):
        with pytest.raises(ValidationError):
            give_role_in(units, amal, unit, role, today, None)
        with pytest.raises(ValidationError):
            invite(units, "new@example.org", "New", unit, role, today, None)
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_role_runs_from_a_day_until_a_day(house, today):
    units = administered(colleague(Role.ADMINISTRATOR, house.top), today)
    until = today + timedelta(days=30)
    noor = invite(units, "n@example.org", "Noor", house.assen, Role.COMPANION, today, until).user
    assert roles_of(noor, until) == {Role.COMPANION}
    assert roles_of(noor, until + timedelta(days=1)) == frozenset()
    with pytest.raises(ValidationError):
        give_role_in(units, noor, house.assen, Role.COMPANION, until, None)
    give_role_in(units, noor, house.assen, Role.COMPANION, until + timedelta(days=1), None)


def test_the_link_into_an_account_of_others_is_never_shown(house, today):
    south = administered(colleague(Role.ADMINISTRATOR, house.south), today)
    noor = invite(south, "n@example.org", "Noor", house.breda, Role.TEAM_LEADER, today, None).user
    north = administered(colleague(Role.ADMINISTRATOR, house.north), today)
    invited = invite(north, "n@example.org", "X", house.assen, Role.VOLUNTEER, today, None)
    assert (invited.user, invited.token) == (noor, "")
    assert new_link(noor, north) is None
    assert noor.name == "Noor"


def test_a_new_link_is_for_who_never_chose_a_password(house, today):
    units = administered(colleague(Role.ADMINISTRATOR, house.top), today)
    noor = invite(units, "n@example.org", "Noor", house.assen, Role.COMPANION, today, None).user
    assert new_link(noor, units) is not None
    noor.set_password("drie appels op tafel")
    noor.save()
    assert new_link(noor, units) is None


def test_somebody_is_always_left_who_can_give_roles(house, today):
    only = colleague(Role.ADMINISTRATOR, house.top)
    units = administered(only, today)
    with pytest.raises(ValidationError, match="Vereniging"):
        end_role_on(only.memberships.get(), today)
    with pytest.raises(ValidationError):
        leave_units(only, units, today)
    new = invite(units, "n@example.org", "Noor", house.top, Role.ADMINISTRATOR, today, None).user
    with pytest.raises(ValidationError):  # she never logged in
        end_role_on(only.memberships.get(), today)
    new.set_password("drie appels op tafel")
    new.save()
    end_role_on(only.memberships.get(), today)
    assert roles_of(only, today + timedelta(days=1)) == frozenset()


def test_a_foundation_without_administrator_is_looked_after_from_above(house, today):
    colleague(Role.ADMINISTRATOR, house.top)
    noor = colleague(Role.ADMINISTRATOR, house.north)
    end_role_on(noor.memberships.get(), today)


def test_a_last_day_before_the_first_is_refused(house, today):
    amal = colleague(Role.COMPANION, house.assen)
    with pytest.raises(ValidationError):
        end_role_on(amal.memberships.get(), BEGIN - timedelta(days=1))


def test_leaving_one_part_keeps_the_roles_elsewhere(house, today):
    amal = colleague(Role.COMPANION, house.assen, house.in_assen)
    give_role(amal, house.breda, Role.DESK, BEGIN)
    north = administered(colleague(Role.ADMINISTRATOR, house.north), today)
    leave_units(amal, north, today)
    tomorrow = today + timedelta(days=1)
    assert roles_of(amal, tomorrow) == {Role.DESK}
    assert not amal.assignments.running(tomorrow).exists()


def test_leaving_the_only_part_ends_everything(house, today):
    amal = colleague(Role.COMPANION, house.assen, house.in_assen)
    north = administered(colleague(Role.ADMINISTRATOR, house.north), today)
    leave_units(amal, north, today)
    assert roles_of(amal, today + timedelta(days=1)) == frozenset()
    assert not amal.assignments.running(today + timedelta(days=1)).exists()


def test_a_colleague_with_two_roles_counts_once(house, today):
    amal = colleague(Role.COMPANION, house.assen)
    give_role(amal, house.assen, Role.DESK, date(2026, 2, 1))
    colleague(Role.CLIENT, house.assen)
    counted = colleagues_per_unit(Unit.objects.order_by("pk"), today)
    assert counted == {house.assen.pk: 1}


@pytest.mark.parametrize("name", ["noord", " Noord ", "NOORD"])
def test_two_units_in_one_place_have_different_names(house, name):
    with pytest.raises(ValidationError):
        add_unit(house.top, name)
    with pytest.raises(ValidationError):
        describe_unit(house.south, name, "")
    add_unit(house.north, "Breda", "GM0758")


def test_a_unit_keeps_its_own_name_and_can_move_within_the_country(house):
    describe_unit(house.assen, "Assen", "GM0106")
    describe_unit(house.assen, "Assen Noord", "GM0114")
    assert Unit.objects.get(pk=house.assen.pk).municipality == "GM0114"
    describe_unit(house.top, "Bond", "")


def test_a_client_who_stops_as_a_volunteer_stays_a_client(house, today):
    amal = colleague(Role.CLIENT, house.assen)
    give_role(amal, house.assen, Role.VOLUNTEER, BEGIN)
    leave_units(amal, administered(colleague(Role.ADMINISTRATOR, house.north), today), today)
    assert roles_of(amal, today + timedelta(days=1)) == {Role.CLIENT}
