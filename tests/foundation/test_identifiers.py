"""Numbers are sealed, found by a blind index, and a blank never matches."""

import pytest
from django.db import connection

from metgezel.foundation.people.encryption import (
    SealedValueError,
    blind_index,
    seal,
    sealed_with_current_key,
    unseal,
)
from metgezel.foundation.people.identifiers import keep_v_number, people_with_v_number
from metgezel.foundation.people.models import Identifier, Person


def test_a_sealed_value_opens_only_for_its_own_purpose():
    stored = seal("1234567890", "a")
    assert "1234567890" not in stored
    assert unseal(stored, "a") == "1234567890"
    with pytest.raises(SealedValueError):
        unseal(stored, "b")


def test_the_same_value_is_sealed_differently_each_time_but_has_one_index():
    assert seal("1234567890", "a") != seal("1234567890", "a")
    assert blind_index("1234567890", "a") == blind_index("1234567890", "a")
    assert blind_index("1234567890", "a") != blind_index("1234567890", "b")


def test_after_a_new_key_old_values_stay_readable_and_can_be_told_apart(settings):
    old = seal("1234567890", "a")
    settings.METGEZEL_ENCRYPTION_KEYS = {"new": b"n" * 32, **settings.METGEZEL_ENCRYPTION_KEYS}
    assert unseal(old, "a") == "1234567890"
    assert not sealed_with_current_key(old)
    assert sealed_with_current_key(seal("1234567890", "a"))


def test_a_value_whose_key_is_gone_says_which_key(settings):
    stored = seal("1234567890", "a")
    settings.METGEZEL_ENCRYPTION_KEYS = {"new": b"n" * 32}
    with pytest.raises(SealedValueError, match="'test'"):
        unseal(stored, "a")


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_is_never_sealed_and_has_no_index(blank):
    with pytest.raises(ValueError, match="blank"):
        seal(blank, "a")
    with pytest.raises(ValueError, match="blank"):
        blind_index(blank, "a")


@pytest.mark.django_db
def test_somebody_is_found_by_her_number_however_it_is_written():
    person = Person.objects.create(given_name="Amal")
    keep_v_number(person, "123 456 7890")
    Person.objects.create(given_name="Zonder nummer")
    everyone = Person.objects.all()
    assert people_with_v_number(everyone, "123-456-7890").get() == person
    for nobody in ("", " ", "-", "1234567891", "x"):
        assert not people_with_v_number(everyone, nobody).exists()


@pytest.mark.django_db
def test_the_database_never_holds_the_number_itself():
    keep_v_number(Person.objects.create(given_name="Amal"), "1234567890")
    with connection.cursor() as cursor:
        cursor.execute("SELECT value, index FROM people_identifier".replace("index", '"index"'))
        assert all("1234567890" not in column for column in cursor.fetchone())
    assert Identifier.objects.get().value == "1234567890"


@pytest.mark.django_db
def test_a_number_can_be_replaced_and_taken_away():
    person = Person.objects.create(given_name="Amal")
    keep_v_number(person, "1234567890")
    keep_v_number(person, "1234567891")
    assert person.identifiers.get().value == "1234567891"
    keep_v_number(person, "")
    assert not person.identifiers.exists()
