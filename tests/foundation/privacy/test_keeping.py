"""What was kept long enough goes, after notice and time to object; a second run changes nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from metgezel.foundation.access.models import DropInTry
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy import keeping
from metgezel.foundation.privacy.erasing import erase_file
from metgezel.foundation.privacy.keeping import (
    keep_longer,
    notices_for,
    run_retention,
    years_before,
)
from metgezel.foundation.privacy.models import ErasedFile, RetentionNotice
from metgezel.foundation.privacy.retention import TERMS
from tests.small_association import SmallAssociation, colleague, small_association

TODAY = dt.date(2026, 11, 24)
LATER = TODAY + dt.timedelta(days=60)
pytestmark = pytest.mark.django_db


def run(day: dt.date, *, look: bool = False) -> list[str]:
    return list(run_retention(day, timezone.now(), look=look))


@pytest.fixture
def house() -> SmallAssociation:
    """Two files closed five years ago and one closed a day too late."""
    house = small_association()
    old = ClientFile.objects.filter(pk__in=[house.in_assen.pk, house.in_breda.pk])
    old.update(opened=dt.date(2019, 1, 1), closed=dt.date(2021, 11, 24))
    young = ClientFile.objects.filter(pk=house.in_groningen.pk)
    young.update(opened=dt.date(2019, 1, 1), closed=dt.date(2021, 11, 25))
    return house


def test_a_file_is_noticed_on_the_day_it_is_five_years_closed_and_erased_sixty_days_later(house):
    assert len(run(TODAY)) == 2
    assert run(LATER - dt.timedelta(days=1))[-1].endswith("erased from 2027-03-23.")
    assert ClientFile.objects.count() == 3
    run(LATER)
    assert ClientFile.objects.get() == house.in_groningen
    assert {proof.why for proof in ErasedFile.objects.order_by("pk")} == {"retention"}


def test_looking_first_changes_nothing_on_any_day(house):
    run(TODAY)
    assert len(run(LATER, look=True)) == 3
    assert ClientFile.objects.count() == 3
    assert RetentionNotice.objects.count() == 2


def test_running_twice_does_nothing_new(house):
    run(TODAY)
    run(LATER)
    assert run(LATER) == []


def test_a_run_that_was_stopped_goes_on_where_it_was(house, monkeypatch):
    run(TODAY)
    erase, calls = erase_file, list[object]()

    def stopped(*given):
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return erase(*given)

    monkeypatch.setattr(keeping, "erase_file", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(LATER)
    assert ErasedFile.objects.count() == 1
    monkeypatch.setattr(keeping, "erase_file", erase)
    run(LATER)
    assert ErasedFile.objects.count() == 2


def test_a_team_leader_keeps_a_file_longer_with_a_reason_and_until_a_day(house):
    run(TODAY)
    leader = colleague(Role.TEAM_LEADER, house.north)
    (notice,) = notices_for(leader, TODAY)
    until = LATER + dt.timedelta(days=100)
    keep_longer(notice, leader, until, "her appeal still runs", TODAY)
    run(LATER)
    assert ClientFile.objects.filter(pk=house.in_assen.pk).exists()
    run(until)
    assert not ClientFile.objects.filter(pk=house.in_assen.pk).exists()


@pytest.mark.parametrize(
    ("until", "reason"),
    [(LATER, " "), (TODAY, "appeal"), (TODAY + dt.timedelta(days=800), "appeal")],
)
def test_keeping_longer_needs_a_reason_and_an_end(house, until, reason):
    run(TODAY)
    leader = colleague(Role.TEAM_LEADER, house.assen)
    with pytest.raises(ValidationError):
        keep_longer(notices_for(leader, TODAY).get(), leader, until, reason, TODAY)
    assert RetentionNotice.objects.filter(keep_until__isnull=False).count() == 0


def test_each_sees_the_notices_of_her_own_units_only(house):
    run(TODAY)
    companion = colleague(Role.COMPANION, house.assen, house.in_assen)
    officer = colleague(Role.PRIVACY_OFFICER, house.top)
    south = colleague(Role.TEAM_LEADER, house.south)
    assert notices_for(companion, TODAY).count() == 0
    assert notices_for(officer, TODAY).count() == 2
    assert [notice.file for notice in notices_for(south, TODAY)] == [house.in_breda.pk]
    with pytest.raises(ValidationError, match=r"list|lijst"):
        keep_longer(
            RetentionNotice.objects.get(file=house.in_assen.pk), south, LATER, "x", TODAY
        )  # fmt: skip


def test_a_file_that_is_opened_again_is_not_erased(house):
    run(TODAY)
    ClientFile.objects.filter(pk=house.in_assen.pk).update(closed=None)
    said = run(LATER)
    assert any("taken back" in sentence for sentence in said)
    assert ClientFile.objects.filter(pk=house.in_assen.pk).exists()


def test_old_tries_for_a_key_go_after_thirty_days(house):
    user = colleague(Role.DESK, house.assen)
    now = timezone.now()
    for days in (29, 31):
        DropInTry.objects.create(user=user, at=now - dt.timedelta(days=days))
    assert "1 × tries for a key are removed." in run(TODAY)
    assert DropInTry.objects.count() == 1


def test_five_years_before_a_leap_day_is_the_last_of_february():
    assert years_before(dt.date(2028, 2, 29), 5) == dt.date(2023, 2, 28)


def test_every_term_says_where_it_comes_from_and_how_sure_that_is():
    for term in TERMS:
        assert str(term.source)
        assert term.confidence
