"""The family of a client: every change of it is one change with the plan."""

from datetime import date

import pytest

from metgezel.companion.journeys.changes import ChangeRefused, StaleFile
from metgezel.companion.journeys.household import (
    EnteredRelative,
    StillNamed,
    add_relative,
    change_relative,
    remove_relative,
)
from metgezel.companion.journeys.models import PlanStep, StepOverlay
from metgezel.companion.journeys.people_changes import EnteredPerson, change_person, rehearse
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.files import open_file
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person
from tests.small_association import small_association

TODAY = date(2026, 11, 24)
PERMIT = NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"})
FAMILY_TERM = "fam-nareis-refugee-3m"

pytestmark = pytest.mark.django_db


def entered(**other: object) -> EnteredRelative:
    facts = {
        "given_name": "Sara", "family_name": "", "name_own_script": "", "birth": BirthDate(),
        "relation": "spouse", "whereabouts": "abroad", "family_at_entry": True,
    }  # fmt: skip
    return EnteredRelative(**{**facts, **other})  # type: ignore[arg-type]


def about(person: Person, **other: object) -> EnteredPerson:
    facts = {
        "given_name": person.given_name, "family_name": "", "name_own_script": "",
        "birth": BirthDate(), "nationality": "", "gender": "", "municipality": "",
        "unaccompanied_minor": None, "languages": (), "v_number": "",
    }  # fmt: skip
    return EnteredPerson(**{**facts, **other})  # type: ignore[arg-type]


@pytest.fixture
def file() -> ClientFile:
    found = small_association().in_assen
    record_event(found, None, 1, PERMIT, TODAY)
    found.refresh_from_db()
    return found


def test_where_a_relative_is_decides_the_family_term_in_the_same_moment(file):
    tie = add_relative(file, None, 2, entered(), TODAY)
    assert PlanStep.objects.filter(rule=FAMILY_TERM).exists()
    change_relative(tie, None, 3, entered(whereabouts="netherlands"), TODAY)
    assert not PlanStep.objects.filter(rule=FAMILY_TERM).exists()
    file.refresh_from_db()
    assert file.version == 4


def test_a_relative_entered_by_mistake_goes_with_her_steps_and_her_person(file):
    tie = add_relative(file, None, 2, entered(), TODAY)
    remove_relative(tie, None, 3, TODAY)
    assert not PlanStep.objects.filter(rule=FAMILY_TERM).exists()
    assert not Person.objects.filter(given_name="Sara").exists()


def test_a_relative_who_is_named_in_what_happened_stays(file):
    tie = add_relative(file, None, 2, entered(), TODAY)
    applied = NewEvent("family.applied", "2026-10-01", {"member": tie.key})
    event = record_event(file, None, 3, applied, TODAY)
    with pytest.raises(StillNamed) as refused:
        remove_relative(tie, None, 4, TODAY)
    assert refused.value.events == [event]
    assert FamilyTie.objects.filter(pk=tie.pk).exists()


def test_a_new_relative_inherits_nothing_of_a_removed_one(file):
    tie = add_relative(file, None, 2, entered(), TODAY)
    StepOverlay.objects.create(
        file=file, rule=FAMILY_TERM, event_root=file.events.get().root, member=tie.key,
        done_on=TODAY,
    )  # fmt: skip
    remove_relative(tie, None, 3, TODAY)
    again = add_relative(file, None, 4, entered(given_name="Lea"), TODAY)
    assert again.key != tie.key
    assert PlanStep.objects.get(rule=FAMILY_TERM).closed == ""


def test_two_people_changing_a_relative_do_not_overwrite_each_other(file):
    tie = add_relative(file, None, 2, entered(), TODAY)
    change_relative(tie, None, 3, entered(given_name="Sarah"), TODAY)
    with pytest.raises(StaleFile):
        change_relative(tie, None, 3, entered(given_name="Zahra"), TODAY)
    assert FamilyTie.objects.get(pk=tie.pk).relative.given_name == "Sarah"


def test_somebody_with_a_file_of_her_own_keeps_her_name_and_birth_date(file):
    hers = small_association().in_groningen.person
    tie = FamilyTie.objects.create(file=file, key="s", relative=hers, relation="sibling")
    change_relative(tie, None, 2, entered(given_name="X", relation="spouse"), TODAY)
    tie.refresh_from_db()
    assert (tie.relation, tie.relative.given_name) == ("spouse", "Girma")


def test_a_relative_known_in_another_file_too_stays_there(file):
    tie = add_relative(file, None, 2, entered(), TODAY)
    other = ClientFile.objects.exclude(pk=file.pk).order_by("pk")[0]
    FamilyTie.objects.create(file=other, key="s", relative=tie.relative, relation="sibling")
    remove_relative(tie, None, 3, TODAY)
    assert Person.objects.filter(given_name="Sara").exists()


def test_a_birth_date_counts_in_every_file_that_reads_it(file):
    child = add_relative(
        file, None, 2, entered(relation="child", birth=BirthDate(date(2010, 1, 1), "day")), TODAY
    )
    hers = open_file(child.relative, file.unit, TODAY)
    born = BirthDate(date(2011, 2, 3), "day")
    change_person(hers, None, 1, about(child.relative, birth=born), TODAY)
    file.refresh_from_db()
    assert file.version == 4
    assert child.relative.client_file == hers


def test_nobody_is_born_after_what_happened_to_her(file):
    born = BirthDate(date(2026, 10, 1), "day")
    with pytest.raises(ChangeRefused) as refused:
        change_person(file, None, 2, about(file.person, birth=born), TODAY)
    assert refused.value.problems[0][0] == "birth_date"
    file.person.refresh_from_db()
    assert file.person.birth_date is None


def test_what_another_file_says_is_not_told(file):
    other = Person.objects.create(given_name="Lea")
    hers = open_file(other, file.unit, TODAY)
    FamilyTie.objects.create(file=hers, key="a", relative=file.person, relation="sibling")
    change_person(file, None, 2, about(file.person, given_name="Amal"), TODAY)
    hers.refresh_from_db()
    assert hers.version == 2


def test_a_rehearsal_shows_the_change_and_stores_nothing(file):
    change = rehearse(file, TODAY, lambda: add_relative(file, None, 2, entered(), TODAY))
    assert FAMILY_TERM in {step.rule.id for step in change.added}
    assert not FamilyTie.objects.exists()
    file.refresh_from_db()
    assert file.version == 2
