"""When a person is erased, nothing of her is left: not in a word, not in a paper, not in a list."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.test import Client

from metgezel.companion.journeys.models import Event, Goal
from metgezel.companion.papers import storage
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import Action, JournalEntry
from metgezel.foundation.audit.verifying import found_faults
from metgezel.foundation.people.erasure import Erasure
from metgezel.foundation.people.models import ClientFile, FamilyTie, Household, Person
from metgezel.foundation.privacy.blurring import MARK, blurred
from metgezel.foundation.privacy.erasing import erase_file
from metgezel.foundation.privacy.erasure_plan import plan_erasure
from metgezel.foundation.privacy.leftovers import (
    Traces,
    leftovers,
    searched_columns,
    tables_not_searched,
)
from metgezel.foundation.privacy.models import ErasedFile
from tests.foundation.privacy.filled import DAY, Filled, hanging_models, text_fields, with_contents
from tests.small_association import colleague, small_association

TODAY = dt.date(2026, 11, 24)
ASKED = ErasedFile.Why.ASKED


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.METGEZEL_PAPERS = tmp_path / "papers"


def filled(word: str = "") -> Filled:
    house = small_association()
    return Filled(house, (colleague(Role.COMPANION, house.assen, house.in_assen),
                          colleague(Role.TEAM_LEADER, house.assen)), word)  # fmt: skip


def erasure_of(model: Any) -> Any:
    return model.ERASURE


def everything(wanted: set[str]) -> set[str]:
    return {left.word for left in leftovers(Traces(sure=frozenset(wanted)))}


@pytest.mark.django_db
def test_the_fixture_fills_every_model_that_hangs_on_a_file():
    made = {type(row) for row in filled().rows}
    assert set(hanging_models()) <= made


@pytest.mark.django_db
def test_no_word_that_was_planted_in_any_field_is_found_anywhere_afterwards():
    scene = filled()
    keeps = {
        word
        for (model, name), word in scene.planted.items()
        if erasure_of(model)[name.removesuffix("2")] is Erasure.KEEP
    }
    gone = set(scene.planted.values()) - keeps
    assert len(gone) > 25
    assert everything(gone) == gone
    erase_file(scene.file, ASKED, TODAY)
    assert everything(gone) == set()


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_text_column_of_every_table_is_searched(model):
    columns = set(searched_columns())
    for field in text_fields(model):
        if isinstance(field, models.CharField | models.TextField):
            assert f"{model._meta.db_table}.{field.column}" in columns


@pytest.mark.django_db
def test_a_name_planted_in_every_text_field_of_every_model_is_found_in_each():
    scene = filled("Zebedja")
    found = {(left.table, left.column) for left in leftovers(Traces(frozenset({"Zebedja"})))}
    planted = {(model._meta.db_table, name.removesuffix("2")) for model, name in scene.planted}
    assert planted <= found


@pytest.mark.django_db
def test_a_name_inside_another_persons_words_is_reported_with_its_place():
    house = small_association()
    person = house.in_assen.person
    person.given_name, person.family_name = "Selam", "Tesfaye"
    person.save()
    goal = Goal.objects.create(
        file=house.in_breda, words="Samen met Selam Tesfaye naar school", created_on=DAY
    )
    Goal.objects.create(file=house.in_breda, words="Met selam naar de les", created_on=DAY)
    Goal.objects.create(file=house.in_breda, words="Veel selamlik gezien", created_on=DAY)
    done = erase_file(house.in_assen, ASKED, TODAY)
    sure = [(left.table, left.column, left.row) for left in done.left if left.sure]
    assert sure == [("journeys_goal", "words", str(goal.pk))]
    perhaps = {left.row for left in done.left if not left.sure}
    assert perhaps == {str(goal.pk), str(goal.pk + 1)}
    assert ErasedFile.objects.get().left == len(done.left)


@pytest.mark.django_db
def test_names_in_other_scripts_and_inside_json_are_found_too():
    house = small_association()
    event = Event.objects.create(
        file=house.in_breda, root=house.in_breda.pk, kind="absence", on=DAY,
        attributes={"note": "met سلام تسفاي"},
    )  # fmt: skip
    Person.objects.filter(pk=house.in_assen.person_id).update(name_own_script="سلام تسفاي")
    left = erase_file(ClientFile.objects.get(pk=house.in_assen.pk), ASKED, TODAY).left
    assert [(one.column, one.row) for one in left] == [("attributes", str(event.pk))]


@pytest.mark.django_db
def test_looking_first_changes_nothing_and_tells_what_will_happen():
    scene = filled()
    before = {model: model._base_manager.count() for model in apps.get_models()}
    counts = plan_erasure(scene.file).counts()
    assert counts["people.ClientFile"] == {"removed": 1}
    assert counts["people.Person"] == {"emptied": 2}
    assert counts["association.User"]["emptied"] == 1
    assert counts["journeys.Event"] == {"removed": 1}
    assert {model: model._base_manager.count() for model in apps.get_models()} == before


@pytest.mark.django_db
def test_of_a_person_the_row_stays_for_counting_with_the_year_she_was_born():
    scene = filled()
    erase_file(scene.file, ASKED, TODAY)
    person = Person.objects.get(pk=scene.file.person_id)
    assert (person.given_name, person.family_name, person.search_name) == (MARK, MARK, "")
    assert person.birth_date == dt.date(2019, 1, 1)
    assert person.birth_date_precision == "year"
    assert person.unaccompanied_minor is True
    assert not person.identifiers.exists()
    assert not person.languages.exists()


@pytest.mark.django_db
def test_the_account_of_the_client_cannot_be_used_and_names_nobody():
    scene = filled()
    scene.account.set_password("samen op weg 2026")
    scene.account.save()
    Client().force_login(scene.account)
    assert Session.objects.count() == 1
    erase_file(scene.file, ASKED, TODAY)
    account = User.objects.get(pk=scene.account.pk)
    assert (account.name, account.person) == (MARK, None)
    assert account.email == f"erased-{account.pk}@erased.invalid"
    assert not account.has_usable_password()
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_papers_go_when_the_rest_is_certain_and_not_before():
    scene = filled()
    name = with_contents(scene, b"brief")
    path = storage._folder() / name
    with transaction.atomic():
        erase_file(scene.file, ASKED, TODAY)
        transaction.set_rollback(True)
    assert path.exists()
    erase_file(ClientFile.objects.get(pk=scene.file.pk), ASKED, TODAY)
    assert not path.exists()


@pytest.mark.django_db
def test_the_journal_stays_whole_and_says_in_one_line_that_the_file_was_erased():
    scene = filled()
    before = JournalEntry.objects.count()
    erase_file(scene.file, ASKED, TODAY)
    assert JournalEntry.objects.count() == before + 1
    last = JournalEntry.objects.latest("pk")
    assert (last.action, last.file, last.model) == (
        Action.REMOVED, scene.file.pk, "people.clientfile",
    )  # fmt: skip
    assert list(found_faults()) == []


@pytest.mark.django_db
def test_what_is_left_of_a_file_is_its_number_and_the_years():
    scene = filled()
    done = erase_file(scene.file, ASKED, TODAY)
    proof = ErasedFile.objects.get()
    assert (proof.number, proof.file) == (scene.file.number, scene.file.pk)
    assert proof.opened == dt.date(2026, 1, 1)
    assert proof.counts == done.plan.counts()
    assert not ClientFile.objects.filter(pk=proof.file).exists()


@pytest.mark.django_db
def test_other_files_are_not_touched():
    scene = filled()
    others = scene.house.in_breda
    Goal.objects.create(file=others, words="Werk", created_on=DAY)
    erase_file(scene.file, ASKED, TODAY)
    assert Goal.objects.get().words == "Werk"
    assert Person.objects.get(pk=others.person_id).given_name == "Bahar"


def tie(file: ClientFile, relative: Person, key: str = "sister-1") -> FamilyTie:
    return FamilyTie.objects.create(file=file, key=key, relative=relative, relation="sibling")


@pytest.mark.django_db
def test_a_relative_who_belongs_to_another_file_stays_and_the_plan_says_why():
    house = small_association()
    shared, own = Person.objects.create(given_name="Hanna"), house.in_breda.person
    tie(house.in_assen, shared)
    tie(house.in_assen, own, "sister-2")
    tie(house.in_groningen, shared)
    plan = plan_erasure(house.in_assen)
    assert {person.given_name: str(why) for person, why in plan.circle.stays} == {
        "Hanna": "staat ook als familie in een ander dossier",
        "Bahar": "heeft een eigen dossier",
    }
    erase_file(house.in_assen, ASKED, TODAY)
    assert {p.given_name for p in Person.objects.order_by("pk")} >= {"Hanna", "Bahar"}
    assert FamilyTie.objects.get().file == house.in_groningen


@pytest.mark.django_db
def test_somebody_who_became_a_colleague_keeps_her_account():
    house = small_association()
    user = colleague(Role.VOLUNTEER, house.assen)
    user.person = house.in_assen.person
    user.save()
    erase_file(house.in_assen, ASKED, TODAY)
    user.refresh_from_db()
    assert user.has_usable_password()
    assert user.person.given_name == "Amal"


@pytest.mark.django_db
def test_a_household_goes_with_its_last_member_only():
    house = small_association()
    alone, together = Household.objects.create(), Household.objects.create()
    alone.members.create(person=house.in_assen.person, until=DAY)
    together.members.create(person=house.in_assen.person)
    together.members.create(person=house.in_breda.person)
    erase_file(house.in_assen, ASKED, TODAY)
    assert list(Household.objects.order_by("pk")) == [together]


@pytest.mark.django_db
def test_a_correction_of_an_event_goes_with_the_event_it_corrects():
    house = small_association()
    events = [
        Event.objects.create(file=house.in_assen, root=house.in_assen.pk, kind="absence", on=DAY)
        for _ in range(2)
    ]
    Event.objects.filter(pk=events[0].pk).update(replaced_by=events[1])
    erase_file(house.in_assen, ASKED, TODAY)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_table_that_no_model_knows_is_named():
    assert tables_not_searched() == ["django_migrations"]


def test_of_a_day_and_of_a_moment_the_year_is_left():
    assert blurred(DAY) == dt.date(2019, 1, 1)
    assert (
        blurred(dt.datetime(2019, 5, 17, 9, tzinfo=dt.UTC)).isoformat()
        == "2019-01-01T12:00:00+00:00"
    )
    with pytest.raises(TypeError):
        blurred("17 May")


@pytest.mark.django_db
def test_what_packages_keep_about_the_account_goes_with_it():
    scene = filled()
    AccessAttempt.objects.create(username=scene.account.email, failures_since_start=1)
    EmailAddress.objects.create(user=scene.account, email=scene.account.email)
    EmailAddress.objects.create(user=scene.colleagues[0], email="c@example.org")
    erase_file(scene.file, ASKED, TODAY)
    assert not AccessAttempt.objects.exists()
    assert EmailAddress.objects.get().user == scene.colleagues[0]
