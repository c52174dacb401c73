"""Who may open which file: default deny, and what ends closes the door."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from metgezel.foundation.access.assignments import assign, end_assignment
from metgezel.foundation.access.drop_in import open_with_key
from metgezel.foundation.access.grounds import may_read
from metgezel.foundation.access.kept import Kept
from metgezel.foundation.access.models import Assignment, DropIn
from metgezel.foundation.association.memberships import end_role, give_role, leave, roles_of
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import LEADS_FILES, WORKS_IN_FILES, Role
from metgezel.foundation.association.units import add_unit, create_association
from metgezel.foundation.people.identifiers import keep_v_number
from metgezel.foundation.people.models import (
    ClientFile,
    FamilyTie,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonLanguage,
)
from tests.small_association import BEGIN, client, colleague, small_association

pytestmark = pytest.mark.django_db


def opens(user: User, today: date) -> set[str]:
    return {
        file.person.given_name
        for file in ClientFile.objects.visible_to(user, today).select_related("person")
    }


def test_a_companion_sees_the_files_she_is_assigned_to_and_no_others(today):
    house = small_association()
    assert opens(colleague(Role.COMPANION, house.assen, house.in_assen), today) == {"Amal"}
    assert opens(colleague(Role.COMPANION, house.assen), today) == set()


@pytest.mark.parametrize("role", sorted(set(Role) - LEADS_FILES))
def test_a_role_alone_opens_no_file(role, today):
    house = small_association()
    assert opens(colleague(role, house.top), today) == set()


@pytest.mark.parametrize("role", sorted(set(Role) - WORKS_IN_FILES))
def test_roles_that_do_not_work_in_files_cannot_be_assigned(role, today):
    house = small_association()
    user = colleague(role, house.assen)
    with pytest.raises(ValidationError):
        assign(house.in_assen, user, today)
    Assignment.objects.create(file=house.in_assen, user=user, starts=BEGIN)
    assert opens(user, today) == set()


def test_a_team_leader_sees_her_location_and_a_regional_one_sees_her_foundation(today):
    house = small_association()
    assert opens(colleague(Role.TEAM_LEADER, house.assen), today) == {"Amal"}
    assert opens(colleague(Role.TEAM_LEADER, house.north), today) == {"Amal", "Girma"}


def test_an_assignment_counts_from_its_first_day_up_to_and_including_its_last(today):
    house = small_association()
    user = colleague(Role.COMPANION, house.assen)
    assignment = assign(house.in_assen, user, today)
    end_assignment(assignment, today + timedelta(days=1))
    seen = [bool(opens(user, today + timedelta(days=shift))) for shift in (-1, 0, 1, 2)]
    assert seen == [False, True, True, False]


def test_a_role_that_ended_closes_the_files_although_the_assignment_was_forgotten(today):
    house = small_association()
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    end_role(user.memberships.get(), today - timedelta(days=1))
    assert opens(user, today) == set()
    assert roles_of(user, today) == frozenset()


def test_who_leaves_sees_nothing_the_next_day(today):
    house = small_association()
    user = colleague(Role.TEAM_LEADER, house.north, house.in_breda)
    leave(user, today)
    assert opens(user, today) == {"Amal", "Girma", "Bahar"}
    assert opens(user, today + timedelta(days=1)) == set()


def test_a_closed_account_sees_nothing(today):
    house = small_association()
    user = colleague(Role.TEAM_LEADER, house.north)
    user.is_active = False
    assert opens(user, today) == set()


def test_a_client_sees_her_own_file_and_a_stranger_sees_none(today):
    house = small_association()
    amal = User.objects.create_user("amal@example.org", "Amal", person=house.in_assen.person)
    assert opens(amal, today) == {"Amal"}
    assert not ClientFile.objects.visible_to(AnonymousUser(), today).exists()


def test_a_refugee_who_becomes_a_volunteer_keeps_her_file_closed_to_colleagues(today):
    house = small_association()
    amal = User.objects.create_user("amal@example.org", "Amal", person=house.in_assen.person)
    give_role(amal, house.assen, Role.VOLUNTEER, BEGIN)
    assert opens(colleague(Role.TEAM_LEADER, house.assen), today) == set()
    assert opens(colleague(Role.COMPANION, house.assen, house.in_assen), today) == {"Amal"}


def test_an_assignment_does_not_reach_into_another_association(today):
    house = small_association()
    elsewhere = add_unit(add_unit(create_association("Zuster"), "Elders"), "Gent")
    stranger = client("Filip", elsewhere)
    user = colleague(Role.COMPANION, house.assen)
    Assignment.objects.create(file=stranger, user=user, starts=BEGIN)
    assert opens(user, today) == set()


def test_everything_that_hangs_on_a_file_goes_through_the_same_door(today):
    house = small_association()
    for file in (house.in_assen, house.in_breda):
        relative = Person.objects.create(given_name=f"Kind van {file.person}")
        FamilyTie.objects.create(file=file, key="child-1", relative=relative, relation="child")
        PersonLanguage.objects.create(person=relative, code="ar")
        Identifier.objects.create(person=file.person, value="1234567890")
        household = Household.objects.create()
        for member in (file.person, relative):
            HouseholdMember.objects.create(household=household, person=member)
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    counts = {
        model.__name__: model.objects.visible_to(user, today).count()
        for model in (Person, FamilyTie, PersonLanguage, Identifier, Household, HouseholdMember)
    }
    assert counts == {
        "Person": 2, "FamilyTie": 1, "PersonLanguage": 1, "Identifier": 1, "Household": 1,
        "HouseholdMember": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.COMPANION, {Kept.IDENTIFIERS, Kept.MEDICAL}),
        (Role.LEGAL_COMPANION, {Kept.IDENTIFIERS, Kept.MEDICAL, Kept.LEGAL}),
        (Role.VOLUNTEER, set()),
        (Role.COORDINATOR, set()),
        (Role.DESK, set()),
    ],
)
def test_kept_parts_of_a_file_are_for_those_who_walk_along_in_that_role(role, reads):
    house = small_association()
    user = colleague(role, house.assen, house.in_assen)
    keep_v_number(house.in_assen.person, "2812345678")
    assert {kept for kept in Kept if may_read(user, house.in_assen.pk, kept)} == reads
    assert Identifier.objects.visible_to(user).exists() is (Kept.IDENTIFIERS in reads)
    assert not any(may_read(user, house.in_groningen.pk, kept) for kept in Kept)


def test_leading_the_team_or_holding_a_key_opens_no_kept_part_but_your_own_file_does():
    house = small_association()
    leader, desk = colleague(Role.TEAM_LEADER, house.assen), colleague(Role.COMPANION, house.assen)
    open_with_key(desk, house.in_assen.number, DropIn.Reason.DANGER, "fire", timezone.now())
    client_ = User.objects.create_user("a@example.org", "A", person=house.in_assen.person)
    for user, expected in ((leader, set()), (desk, set()), (client_, set(Kept))):
        assert {kept for kept in Kept if may_read(user, house.in_assen.pk, kept)} == expected
