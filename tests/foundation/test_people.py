"""Names in every script, languages, countries, municipalities."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from metgezel.foundation.people.countries import STATELESS, country_choices, country_name
from metgezel.foundation.people.files import open_file
from metgezel.foundation.people.languages import (
    direction,
    known_languages,
    language_choices,
    language_name,
    own_name,
)
from metgezel.foundation.people.models import Person
from metgezel.foundation.people.municipalities import municipalities, municipality_name
from metgezel.foundation.people.names import folded
from tests.small_association import small_association


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("فاطمة", "فاطمه"),
        ("علی", "علي"),
        ("موسى", "موسي"),
        ("كريم", "کریم"),
        ("مُحَمَّد", "محمد"),
        ("José", "jose"),
        ("Şükrü", "sukru"),
        ("O'Brien-Łukasz", "obrien lukasz"),
        ("Їжак", "ижак"),
        ("ዐለም", "አለም"),
        ("ሠላም", "ሰላም"),
    ],
)
def test_spelling_variants_of_a_name_are_found_as_one(one, other):
    assert folded(one) == folded(other)


def test_different_names_stay_different():
    assert len({folded(name) for name in ("Amal", "Amala", "ሰላም", "سلام", "")}) == 5


@pytest.mark.django_db
def test_somebody_is_found_by_any_words_of_her_name_in_any_script():
    Person.objects.bulk_create(
        [Person(given_name="Fatima", family_name="Al-Saïd", name_own_script="فاطمة السعيد")]
    )
    for words in ("said fat", "فاطمه", "AL SAID"):
        assert Person.objects.named(words).count() == 1
    assert not Person.objects.named("fatima jansen").exists()


@pytest.mark.django_db
def test_a_birth_date_is_exact_unless_somebody_says_otherwise():
    exact = Person.objects.create(given_name="A", birth_date=date(2000, 2, 29))
    year = Person.objects.create(
        given_name="B", birth_date=date(2000, 1, 1), birth_date_precision="year"
    )
    unknown = Person.objects.create(given_name="C", birth_date_precision="day")
    found = [person.birth_date_precision for person in (exact, year, unknown)]
    assert found == ["day", "year", "unknown"]


@pytest.mark.django_db
def test_one_person_has_one_file(today):
    house = small_association()
    with pytest.raises(IntegrityError), transaction.atomic():
        open_file(house.in_assen.person, house.breda, today)


def test_languages_have_names_and_a_direction():
    assert language_name("ti", "nl") == "Tigrinya"
    assert language_name("fa-AF", "en") == "Dari"
    assert own_name("ti") == "ትግርኛ"
    assert own_name("ar") == "العربية"
    found = {code: direction(code) for code in ("ar", "fa-AF", "ckb", "ps", "ti", "so", "nl", "ku")}
    assert {code for code, way in found.items() if way == "rtl"} == {"ar", "fa-AF", "ckb", "ps"}


def test_the_languages_met_most_come_first_and_none_is_missing():
    choices = language_choices("nl")
    assert [code for code, _ in choices[:3]] == ["nl", "en", "ar"]
    assert {code for code, _ in choices} == known_languages()
    assert len(choices) == len(known_languages()) > 500


def test_countries_have_names_in_dutch_and_english():
    assert country_name("SYR", "nl") == "Syrië"
    assert country_name("ERI", "en") == "Eritrea"
    assert country_name("") == ""
    choices = dict(country_choices("nl"))
    assert STATELESS in choices
    assert {"NLD", "UKR", "PSE", "AFG", "XKX"} - choices.keys() <= {"XKX"}
    assert 240 < len(choices) < 260


def test_all_municipalities_are_there_with_their_facts():
    places = municipalities()
    assert len(places) == 342
    assert sum(place.inhabitants for place in places.values()) == 18_130_231
    assert {place.province_code for place in places.values()} == {f"PV{n}" for n in range(20, 32)}
    assert all(50 < p.latitude < 54 and 3 < p.longitude < 8 for p in places.values())
    assert municipality_name("GM0344") == "Utrecht"
    assert municipality_name("GM9999") == "GM9999"
