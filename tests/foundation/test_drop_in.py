"""A drop-in key opens one file for an hour, is counted, and is looked back at."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from metgezel.foundation.access.drop_in import (
    TRIES_A_DAY,
    close_key,
    keys_to_review,
    open_with_key,
    review,
    tries_left,
)
from metgezel.foundation.access.grounds import Ground, ground_of
from metgezel.foundation.access.models import DropIn
from metgezel.foundation.association.memberships import give_role, leave
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import USES_KEYS, Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db
DESK = DropIn.Reason.AT_THE_DESK


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def opens(user: User) -> list[ClientFile]:
    return list(ClientFile.objects.visible_to(user))


def test_a_key_opens_one_file_for_an_hour_and_not_a_minute_longer(house):
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    key = open_with_key(user, house.in_assen.number, DESK, "letter of the tax office", now)
    assert opens(user) == [house.in_assen]
    assert ground_of(user, house.in_assen.pk) is Ground.DROP_IN
    assert DropIn.objects.open_at(now + timedelta(minutes=59, seconds=59)).count() == 1
    assert DropIn.objects.open_at(now + timedelta(minutes=60)).count() == 0
    DropIn.objects.filter(pk=key.pk).update(
        opened_at=now - timedelta(hours=1), closes_at=now - timedelta(seconds=1)
    )
    assert opens(user) == []


def test_the_number_may_be_typed_as_people_type_it(house):
    user = colleague(Role.DESK, house.assen)
    typed = f" {house.in_groningen.number.lower().replace('-', ' ')} "
    assert open_with_key(user, typed, DESK, "here now", timezone.now()).file == house.in_groningen


def test_two_clicks_are_one_key_and_one_try(house):
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    keys = {open_with_key(user, house.in_assen.number, DESK, "here", now).pk for _ in range(2)}
    assert len(keys) == 1
    assert tries_left(user, now) == TRIES_A_DAY[Role.DESK] - 1


def test_a_file_elsewhere_of_a_colleague_or_of_nobody_is_refused_in_the_same_words(house):
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    volunteer = User.objects.create_user("v@example.org", "V", person=house.in_groningen.person)
    give_role(volunteer, house.groningen, Role.VOLUNTEER, BEGIN)
    said = set()
    for number in (house.in_breda.number, house.in_groningen.number, "AAA-AAA", "", "' OR 1=1"):
        with pytest.raises(ValidationError) as refused:
            open_with_key(user, number, DESK, "here", now)
        said.add(str(refused.value.message_dict))
    assert len(said) == 1
    assert opens(user) == []


def test_guessing_is_counted_and_ends_for_the_day(house):
    user, now = colleague(Role.COMPANION, house.assen), timezone.now()
    for _ in range(TRIES_A_DAY[Role.COMPANION]):
        with pytest.raises(ValidationError):
            open_with_key(user, "AAA-AAA", DESK, "guess", now)
    with pytest.raises(ValidationError) as refused:
        open_with_key(user, house.in_assen.number, DESK, "here", now)
    assert refused.value.code == "limit"
    assert opens(user) == []
    assert tries_left(user, now + timedelta(days=1)) == TRIES_A_DAY[Role.COMPANION]


@pytest.mark.parametrize("role", sorted(set(Role) - USES_KEYS))
def test_other_roles_get_no_keys(role, house):
    with pytest.raises(ValidationError):
        open_with_key(
            colleague(role, house.assen), house.in_assen.number, DESK, "please", timezone.now()
        )


def test_a_key_needs_words(house):
    user = colleague(Role.DESK, house.assen)
    with pytest.raises(ValidationError):
        open_with_key(user, house.in_assen.number, DESK, "  ", timezone.now())


def test_a_key_closes_early_and_when_its_holder_leaves(house, today):
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    close_key(open_with_key(user, house.in_assen.number, DESK, "here", now), timezone.now())
    assert opens(user) == []
    open_with_key(user, house.in_assen.number, DESK, "here again", timezone.now())
    assert opens(user) == [house.in_assen]
    leave(user, today)
    assert opens(user) == []


def test_the_team_leader_reviews_once_and_never_her_own(house):
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    leader = colleague(Role.TEAM_LEADER, house.assen)
    give_role(leader, house.assen, Role.DESK, BEGIN)
    elsewhere = colleague(Role.TEAM_LEADER, house.breda)
    key = open_with_key(user, house.in_assen.number, DESK, "here", now)
    own = open_with_key(leader, house.in_assen.number, DESK, "here", now)
    assert list(keys_to_review(leader, now)) == [key]
    assert list(keys_to_review(elsewhere, now)) == []
    for wrong in (own, key):
        reviewer = leader if wrong is own else elsewhere
        with pytest.raises(ValidationError):
            review(wrong, reviewer, DropIn.Verdict.FINE, "", now)
    with pytest.raises(ValidationError):
        review(key, leader, DropIn.Verdict.BREACH, "", now)
    assert review(key, leader, DropIn.Verdict.FINE, "", now).reviewed_by == leader
    with pytest.raises(ValidationError):
        review(key, leader, DropIn.Verdict.BREACH, "changed my mind", now)


def test_roles_that_exclude_each_other_are_refused_also_when_they_overlap_later(house, today):
    user = colleague(Role.COMPANION, house.assen)
    with pytest.raises(ValidationError) as refused:
        give_role(user, house.top, Role.ADMINISTRATOR, today)
    assert refused.value.code == "incompatible"
    leave(user, today)
    with pytest.raises(ValidationError):
        give_role(user, house.top, Role.ADMINISTRATOR, today)
    give_role(user, house.top, Role.ADMINISTRATOR, today + timedelta(days=1))


def test_each_ground_is_named_and_no_ground_is_none(house):
    leader = colleague(Role.TEAM_LEADER, house.north)
    companion = colleague(Role.COMPANION, house.assen, house.in_assen)
    client = User.objects.create_user("a@example.org", "A", person=house.in_assen.person)
    file = house.in_assen.pk
    assert ground_of(leader, file) is Ground.TEAM_LEADER
    assert ground_of(companion, file) is Ground.ASSIGNMENT
    assert ground_of(client, file) is Ground.OWN_FILE
    assert ground_of(companion, house.in_groningen.pk) is None
