"""Who lives together, and birth dates as people know them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from metgezel.foundation.people.birth import BirthDate, read_birth_date
from metgezel.foundation.people.households import (
    Together,
    forget_living_together,
    living_with,
    set_living_together,
)
from metgezel.foundation.people.models import HouseholdMember, Person

APRIL, JUNE, AUGUST = date(2026, 4, 1), date(2026, 6, 1), date(2026, 8, 1)


@pytest.fixture
def amal(db) -> Person:
    return Person.objects.create(given_name="Amal")


@pytest.fixture
def sara(db) -> Person:
    return Person.objects.create(given_name="Sara")


@pytest.fixture
def lea(db) -> Person:
    return Person.objects.create(given_name="Lea")


def test_two_people_live_together_since_a_day_and_until_a_day(amal, sara):
    set_living_together(amal, sara, APRIL, None)
    assert living_with(amal, [sara]) == {sara.pk: Together(APRIL, None)}
    set_living_together(amal, sara, APRIL, JUNE)
    assert living_with(amal, [sara]) == {sara.pk: Together(APRIL, JUNE)}
    assert HouseholdMember.objects.count() == 2


def test_a_third_joins_the_same_household_on_her_own_day(amal, sara, lea):
    set_living_together(amal, sara, APRIL, None)
    set_living_together(amal, lea, JUNE, None)
    assert living_with(amal, [sara, lea])[lea.pk].since == JUNE
    assert living_with(amal, [sara, lea])[sara.pk].since == APRIL
    assert living_with(sara, [lea]) == {lea.pk: Together(JUNE, None)}


def test_who_has_no_household_joins_that_of_the_other(amal, sara, lea):
    set_living_together(sara, lea, APRIL, None)
    set_living_together(amal, lea, JUNE, None)
    assert living_with(amal, [sara, lea]) == dict.fromkeys([sara.pk, lea.pk], Together(JUNE, None))
    assert living_with(sara, [lea]) == {lea.pk: Together(APRIL, None)}


def test_moving_from_one_household_to_another_needs_a_day(amal, sara, lea):
    other = Person.objects.create(given_name="Yonas")
    set_living_together(sara, lea, APRIL, None)
    set_living_together(amal, other, APRIL, None)
    with pytest.raises(ValidationError, match="Lea"):
        set_living_together(amal, lea, None, None)
    set_living_together(amal, lea, JUNE, None)
    assert living_with(sara, [lea])[lea.pk].until == JUNE
    assert living_with(amal, [lea])[lea.pk] == Together(JUNE, None)


def test_an_ended_stay_cannot_be_opened_again_while_she_lives_elsewhere(amal, sara, lea):
    set_living_together(amal, sara, APRIL, JUNE)
    set_living_together(lea, sara, AUGUST, None)
    with pytest.raises(ValidationError, match="Sara"):
        set_living_together(amal, sara, APRIL, None)


def test_the_last_day_is_not_before_the_first(amal, sara):
    with pytest.raises(ValidationError):
        set_living_together(amal, sara, JUNE, APRIL)
    assert not HouseholdMember.objects.exists()


def test_a_mistake_about_living_together_is_taken_back(amal, sara):
    set_living_together(amal, sara, APRIL, None)
    forget_living_together(amal, sara)
    assert living_with(amal, [sara]) == {}
    forget_living_together(amal, sara)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (("1988", "2", "29"), BirthDate(date(1988, 2, 29), "day")),
        (("1988", "", ""), BirthDate(date(1988, 1, 1), "year")),
        (("", "", ""), BirthDate()),
    ],
)
def test_a_birth_date_is_known_to_the_day_or_the_year_or_not(typed, known, today):
    assert read_birth_date(typed[0], typed[1], typed[2], today) == known


@pytest.mark.parametrize(
    "typed",
    [
        ("1988", "2", ""), ("1988", "", "3"), ("", "2", "3"), ("88", "", ""), ("x", "", ""),
        ("1987", "2", "29"), ("2026", "11", "25"), ("1900", "1", "1"), ("1988", "x", "1"),
        ("²000", "", ""),
    ],
)  # fmt: skip
def test_half_an_impossible_or_a_future_birth_date_gets_a_sentence(typed, today):
    with pytest.raises(ValidationError) as refused:
        read_birth_date(typed[0], typed[1], typed[2], today)
    assert refused.value.messages[0].endswith((".", "?"))
