"""What an administrator with bad intentions tries: into a client's account, above her, alone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from metgezel.foundation.access.own_access import make_card, own_account
from metgezel.foundation.association.administration import (
    administered,
    end_role_on,
    give_role_in,
    invite,
    new_link,
)
from metgezel.foundation.association.memberships import close_account, give_role
from metgezel.foundation.association.models import Membership, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.foundation.people.models import ClientFile
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


@pytest.fixture
def amal(house) -> User:
    """A client with an account that she opens with a card, and no password yet."""
    make_card(house.in_assen, colleague(Role.COMPANION, house.assen, house.in_assen))
    return User.objects.get(person=house.in_assen.person_id)


@pytest.mark.parametrize("unit", ["south", "north", "top"])
def test_the_address_of_a_client_is_not_invited_by_who_guesses_her_file_number(
    unit, house, amal, today
):
    here = getattr(house, unit)
    units = administered(colleague(Role.ADMINISTRATOR, here), today)
    with pytest.raises(ValidationError) as refused:
        invite(units, amal.email, "X", here, Role.PARTNER, today, None)
    assert amal.name not in str(refused.value)
    assert not amal.memberships.exists()


def test_a_role_given_elsewhere_does_not_close_a_file_to_its_team_leader(house, amal, today):
    leader = colleague(Role.TEAM_LEADER, house.assen)
    units = administered(colleague(Role.ADMINISTRATOR, house.south), today)
    with pytest.raises(ValidationError):
        invite(units, amal.email, "X", house.breda, Role.VOLUNTEER, today, None)
    assert ClientFile.objects.visible_to(leader).filter(pk=house.in_assen.pk).exists()


def test_no_link_opens_the_account_of_somebody_with_a_file_of_her_own(house, amal, today):
    give_role(amal, house.assen, Role.VOLUNTEER, BEGIN)
    units = administered(colleague(Role.ADMINISTRATOR, house.north), today)
    assert new_link(amal, units) is None
    invited = invite(units, amal.email, "X", house.assen, Role.COORDINATOR, today, None)
    assert (invited.user, invited.token) == (amal, "")


def test_what_somebody_does_elsewhere_is_not_told_to_who_tries_to_invite_her(house, today):
    officer = colleague(Role.PRIVACY_OFFICER, house.top)
    units = administered(colleague(Role.ADMINISTRATOR, house.south), today)
    with pytest.raises(ValidationError) as refused:
        invite(units, officer.email, "X", house.breda, Role.COMPANION, today, None)
    said = str(refused.value)
    assert officer.name not in said
    assert str(Role.PRIVACY_OFFICER.label) not in said


def test_only_the_association_has_a_privacy_officer_for_she_reads_the_journal_of_all(house, today):
    units = administered(colleague(Role.ADMINISTRATOR, house.north), today)
    for unit in (house.north, house.assen):
        with pytest.raises(ValidationError):
            invite(units, "p@example.org", "Puppet", unit, Role.PRIVACY_OFFICER, today, None)
        board = colleague(Role.BOARD, unit)
        with pytest.raises(ValidationError):
            give_role_in(units, board, unit, Role.PRIVACY_OFFICER, today, None)
    all_units = administered(colleague(Role.ADMINISTRATOR, house.top), today)
    invite(all_units, "p@example.org", "Puck", house.top, Role.PRIVACY_OFFICER, today, None)


def test_the_last_administrator_stays_when_the_other_account_is_closed(house, today):
    only, other = (colleague(Role.ADMINISTRATOR, house.top) for _ in range(2))
    close_account(other)
    with pytest.raises(ValidationError):
        end_role_on(only.memberships.get(), today)


def test_who_gave_or_ended_which_role_stands_in_the_journal(client, house):
    noor = colleague(Role.ADMINISTRATOR, house.north)
    client.force_login(noor)
    given = {"unit": str(house.assen.pk), "starts": "2026-11-24", "role": "team_leader"}
    client.post(reverse("office_invite"), {**given, "name": "P", "email": "p@example.org"})
    puppet = User.objects.get(email="p@example.org")
    number = {"colleague": puppet.pk}
    client.post(reverse("office_role_new", kwargs=number), {**given, "role": "desk"})
    role = Membership.objects.get(user=puppet, role=Role.DESK)
    client.post(
        f"{reverse('office_role_end', kwargs=number)}?role={role.pk}", {"last_day": "2026-11-24"}
    )
    client.post(reverse("office_leave", kwargs=number), {"last_day": "2026-11-24"})
    lines = JournalEntry.objects.filter(actor=noor, row=f"user {puppet.pk}").order_by("pk")
    assert list(lines.values_list("action", "changed")) == [
        ("changed", "office_invite role:team_leader"),
        ("changed", "office_role_new role:desk"),
        ("changed", "office_role_end"),
        ("changed", "office_leave"),
    ]


def test_a_role_that_was_refused_leaves_no_line(client, house):
    client.force_login(colleague(Role.ADMINISTRATOR, house.north))
    before = JournalEntry.objects.count()
    wrong = {"unit": str(house.breda.pk), "starts": str(date(2026, 11, 24)), "role": "desk"}
    client.post(reverse("office_invite"), {**wrong, "name": "P", "email": "p@example.org"})
    assert JournalEntry.objects.count() == before
    assert own_account(house.in_assen) is None
