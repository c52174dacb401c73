"""The family on the screen: add, change, remove a mistake, live together."""

from datetime import date

import pytest
from django.urls import reverse

from metgezel.companion.journeys.models import PlanStep
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.files import open_file
from metgezel.foundation.people.models import ClientFile, FamilyTie, HouseholdMember, Person
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
PERMIT = NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"})
SARA = {"given_name": "Sara", "relation": "spouse", "whereabouts": "abroad",
        "family_at_entry": "yes", "version": "2"}  # fmt: skip
FAMILY_TERM = "fam-nareis-refugee-3m"

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    found = small_association().in_assen
    record_event(found, None, 1, PERMIT, TODAY)
    found.refresh_from_db()
    return found


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


@pytest.fixture
def sara(companion, file) -> FamilyTie:
    companion.post(page("relative", file), SARA)
    return FamilyTie.objects.get()


def page(name: str, file: ClientFile, who: str = "") -> str:
    return reverse(name, kwargs={"file": file.pk}) + (f"?who={who}" if who else "")


def test_looking_first_shows_the_family_term_and_stores_nothing(companion, file):
    answer = companion.post(page("relative", file), {**SARA, "action": "preview"})
    assert "Nareis aanvragen" in answer.content.decode()
    assert not FamilyTie.objects.exists()


def test_a_double_click_adds_one_relative(companion, file):
    companion.post(page("relative", file), SARA)
    assert companion.post(page("relative", file), SARA).status_code == 422
    assert FamilyTie.objects.count() == 1


def test_a_change_of_place_changes_the_plan(companion, file, sara):
    moved = {**SARA, "whereabouts": "netherlands", "birth_date_year": "1990", "version": "3"}
    assert companion.post(page("relative", file, sara.key), moved).status_code == 302
    sara.relative.refresh_from_db()
    assert (sara.relative.birth_date, sara.relative.birth_date_precision) == (
        date(1990, 1, 1),
        "year",
    )
    assert not PlanStep.objects.filter(rule=FAMILY_TERM).exists()
    assert "1990" in companion.get(page("household", file)).content.decode()
    form = companion.get(page("relative", file, sara.key)).content.decode()
    assert 'value="1990"' in form


@pytest.mark.parametrize(
    "wrong",
    [{"given_name": " "}, {"relation": "aunt"}, {"whereabouts": "moon"}, {"birth_date_month": "2"},
     {"birth_date": "2027-01-01"}, {"family_at_entry": "perhaps"}, {"version": ""}],
)  # fmt: skip
def test_bad_input_about_a_relative_stores_nothing(companion, file, wrong):
    assert companion.post(page("relative", file), {**SARA, **wrong}).status_code == 422
    assert not FamilyTie.objects.exists()


def test_a_mistake_is_asked_about_and_then_gone(companion, file, sara):
    where = page("relative_remove", file, sara.key)
    assert "Sara" in companion.get(where).content.decode()
    assert companion.post(where, {"version": "3"}).status_code == 302
    assert not FamilyTie.objects.exists()
    assert companion.get(where).status_code == 404


def test_who_is_named_in_an_event_stays_and_the_page_says_what_to_do(companion, file, sara):
    event = record_event(
        file, None, 3, NewEvent("family.applied", "2026-10-01", {"member": sara.key}), TODAY
    )
    where = page("relative_remove", file, sara.key)
    shown = companion.get(where).content.decode()
    assert f"event={event.pk}" in shown
    assert companion.post(where, {"version": "4"}).status_code == 422
    assert FamilyTie.objects.exists()


def test_living_together_is_said_changed_and_taken_back(companion, file, sara):
    where = page("lives_together", file, sara.key)
    assert companion.post(where, {"since": "2026-10-01", "version": "3"}).status_code == 302
    family = companion.get(page("household", file)).content.decode()
    assert "Woont bij Amal sinds donderdag 1 oktober 2026" in family
    assert companion.post(where, {"since": "2026-10-01", "until": "2026-09-01", "version": "4"}
                          ).status_code == 422  # fmt: skip
    assert companion.post(where, {"since": "2027-10-01", "version": "4"}).status_code == 422
    assert companion.post(where, {"version": "4", "action": "never"}).status_code == 302
    assert HouseholdMember.objects.count() == 1


@pytest.mark.parametrize("name", ["relative", "relative_remove", "lives_together"])
def test_a_relative_of_another_file_does_not_exist_here(companion, file, name):
    other = ClientFile.objects.exclude(pk=file.pk).order_by("pk")[0]
    tie = FamilyTie.objects.create(
        file=other, key="child-9", relation="child", relative=Person.objects.create(given_name="L")
    )
    assert companion.get(page(name, file, tie.key)).status_code == 404
    assert companion.post(page(name, file, tie.key), {**SARA}).status_code == 404
    assert companion.get(page(name, other, tie.key)).status_code == 404


def test_a_relative_with_a_file_of_her_own_is_renamed_there(companion, file, sara):
    hers = open_file(sara.relative, file.unit, TODAY)
    text = companion.get(page("relative", file, sara.key)).content.decode()
    assert 'name="given_name"' not in text
    assert str(hers.pk) not in text  # a file I may not open
    changed = {**SARA, "given_name": "X", "relation": "partner", "version": "3"}
    assert companion.post(page("relative", file, sara.key), changed).status_code == 302
    sara.refresh_from_db()
    assert (sara.relation, sara.relative.given_name) == ("partner", "Sara")
