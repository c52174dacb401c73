"""Guessing is counted in the database, per account and address together."""

import datetime as dt

import pytest

from metgezel.foundation.association.models import Tries
from metgezel.foundation.association.tries import Limit, forget_tries, may_try
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
CODES = Limit("codes", most=8)


def test_of_ten_thousand_guesses_in_an_hour_eight_are_looked_at():
    looked = sum(may_try(CODES, 7, "192.0.2.1", moment=NOW) for _ in range(10_000))
    assert looked == 8


def test_guessing_spread_over_an_hour_gets_no_further():
    moments = [NOW + dt.timedelta(seconds=30 * n) for n in range(120)]
    assert sum(may_try(CODES, 7, "192.0.2.1", moment=moment) for moment in moments) == 8
    assert may_try(CODES, 7, "192.0.2.1", moment=NOW + dt.timedelta(hours=1))


def test_a_stranger_who_guesses_locks_out_only_his_own_address():
    for _ in range(20):
        may_try(CODES, 7, "192.0.2.1", moment=NOW)
    assert not may_try(CODES, 7, "192.0.2.1", moment=NOW)
    assert may_try(CODES, 7, "192.0.2.2", moment=NOW)
    assert may_try(CODES, 8, "192.0.2.1", moment=NOW)
    assert may_try(Limit("other", most=8), 7, "192.0.2.1", moment=NOW)


def test_after_the_right_answer_counting_begins_anew():
    for _ in range(8):
        may_try(CODES, 7, moment=NOW)
    forget_tries(CODES, 7)
    assert may_try(CODES, 7, moment=NOW)


def test_what_is_stored_tells_neither_account_nor_address_and_goes_after_a_day():
    may_try(CODES, "noor@example.org", "192.0.2.1", moment=NOW)
    stored = Tries.objects.get()
    assert "noor" not in stored.key
    assert "192" not in stored.key
    may_try(CODES, "other", moment=NOW + dt.timedelta(days=1, seconds=1))
    assert Tries.objects.count() == 1
