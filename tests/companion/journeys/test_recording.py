"""An event and its plan are one change: all of it or nothing."""

from datetime import date

import pytest

from metgezel.companion.journeys.models import Doer, Event, PlanStep, StepOverlay
from metgezel.companion.journeys.overlays import (
    OverlayRefused,
    mark_done,
    mark_not_applicable,
    reopen,
    set_doer,
)
from metgezel.companion.journeys.plan_index import StepKey, plan_of
from metgezel.companion.journeys.recording import (
    EventRefused,
    NewEvent,
    StaleFile,
    correct_event,
    preview,
    record_event,
    withdraw_event,
)
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person
from tests.small_association import small_association

TODAY = date(2026, 11, 24)
GRANTED = NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"})
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    file = small_association().in_assen
    wife = Person.objects.create(
        given_name="Sara", birth_date=date(1992, 1, 1), birth_date_precision="day"
    )
    FamilyTie.objects.create(
        file=file, key="spouse", relative=wife, relation="spouse", whereabouts="abroad",
        family_at_entry=True,
    )  # fmt: skip
    return file


def version(file: ClientFile) -> int:
    return ClientFile.objects.get(pk=file.pk).version


def rules(file: ClientFile) -> set[str]:
    return set(PlanStep.objects.filter(file=file).values_list("rule", flat=True))


def test_a_refugee_permit_shows_the_family_term_of_christmas(file):
    record_event(file, None, 1, GRANTED, TODAY)
    step = PlanStep.objects.get(file=file, rule="fam-nareis-refugee-3m")
    assert (step.member, step.safe, step.due) == ("spouse", date(2026, 12, 24), date(2026, 12, 28))
    assert version(file) == 2


def test_recording_on_an_old_version_stores_nothing(file):
    record_event(file, None, 1, GRANTED, TODAY)
    with pytest.raises(StaleFile):
        record_event(file, None, 1, REFUSED, TODAY)
    assert Event.objects.filter(file=file).count() == 1


@pytest.mark.parametrize(
    "entered",
    [
        NewEvent("asylum.granted", "2026-09-25"),
        NewEvent("asylum.decision", "2026-09-25", {"outcome": "yes"}),
        NewEvent("asylum.decision", "2026-09-25"),
        NewEvent("asylum.decision", "2026-13-25", {"outcome": "refugee"}),
        NewEvent("asylum.decision", "2026-12-25", {"outcome": "refugee"}),
        NewEvent("family.applied", "2026-10-25", {"member": "nobody"}),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_stored(file, entered):
    with pytest.raises(EventRefused):
        record_event(file, None, 1, entered, TODAY)
    assert not Event.objects.filter(file=file).exists()
    assert version(file) == 1


def test_a_decision_before_its_application_is_refused(file):
    record_event(file, None, 1, NewEvent("asylum.lodged", "2026-10-01"), TODAY)
    with pytest.raises(EventRefused):
        record_event(file, None, 2, GRANTED, TODAY)


def test_a_correction_gives_the_plan_of_having_entered_it_right(file):
    wrong = record_event(file, None, 1, REFUSED, TODAY)
    correct_event(wrong, None, 2, GRANTED, "wrong box", TODAY)
    corrected = {(s.rule, s.member, s.due) for s in PlanStep.objects.filter(file=file)}
    other = small_association().in_breda
    FamilyTie.objects.create(
        file=other, key="spouse", relative=file.family_ties.get().relative, relation="spouse",
        whereabouts="abroad", family_at_entry=True,
    )  # fmt: skip
    record_event(other, None, 1, GRANTED, TODAY)
    assert corrected == {(s.rule, s.member, s.due) for s in PlanStep.objects.filter(file=other)}
    assert Event.objects.filter(file=file).count() == 2


def test_a_correction_needs_a_reason(file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    with pytest.raises(EventRefused):
        correct_event(event, None, 2, GRANTED, "  ", TODAY)


def test_withdrawing_an_event_takes_its_steps_away_and_keeps_the_row(file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    assert "asy-appeal-2w" in rules(file)
    withdraw_event(event, None, 2, "other person's letter", TODAY)
    assert "asy-appeal-2w" not in rules(file)
    assert Event.objects.filter(file=file).count() == 2


def test_an_event_is_corrected_only_once(file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    correct_event(event, None, 2, GRANTED, "wrong box", TODAY)
    with pytest.raises(StaleFile):
        correct_event(event, None, 3, REFUSED, "again", TODAY)


def test_a_preview_says_what_changes_and_stores_nothing(file):
    change = preview(file, GRANTED, TODAY)
    assert "fam-nareis-refugee-3m" in {step.rule.id for step in change.added}
    assert not Event.objects.filter(file=file).exists()


def test_a_failure_halfway_leaves_neither_event_nor_version(file, monkeypatch):
    def fail(*_):
        raise RuntimeError("power cut")

    monkeypatch.setattr("metgezel.companion.journeys.changes.recompute_plan", fail)
    with pytest.raises(RuntimeError):
        record_event(file, None, 1, GRANTED, TODAY)
    assert not Event.objects.filter(file=file).exists()
    assert version(file) == 1


def test_what_people_did_to_a_step_survives_a_correction_of_its_day(file):
    event = record_event(file, None, 1, GRANTED, TODAY)
    key = StepKey("fam-nareis-refugee-3m", event.root, "spouse")
    mark_done(file, key, None, 2, date(2026, 11, 20), TODAY)
    later = NewEvent("asylum.decision", "2026-09-28", {"outcome": "refugee"})
    correct_event(event, None, 3, later, "read the envelope", TODAY)
    step = PlanStep.objects.get(file=file, rule="fam-nareis-refugee-3m")
    assert (step.closed, step.done_on) == ("done", date(2026, 11, 20))


def test_a_step_can_be_put_aside_with_a_reason_and_taken_up_again(file):
    event = record_event(file, None, 1, GRANTED, TODAY)
    key = StepKey("fam-nareis-refugee-3m", event.root, "spouse")
    with pytest.raises(OverlayRefused):
        mark_not_applicable(file, key, None, 2, " ", TODAY)
    mark_not_applicable(file, key, None, 2, "divorced", TODAY)
    assert PlanStep.objects.get(rule=key.rule).closed == "not_applicable"
    reopen(file, key, None, 3, TODAY)
    assert PlanStep.objects.get(rule=key.rule).closed == ""


def test_a_step_is_not_done_tomorrow(file):
    event = record_event(file, None, 1, GRANTED, TODAY)
    key = StepKey("fam-nareis-refugee-3m", event.root, "spouse")
    with pytest.raises(OverlayRefused):
        mark_done(file, key, None, 2, date(2026, 11, 25), TODAY)


def test_who_does_a_step_shifts_and_every_answer_stays(file):
    event = record_event(file, None, 1, GRANTED, TODAY)
    key = StepKey("fam-nareis-refugee-3m", event.root, "spouse")
    set_doer(file, key, None, 2, Doer.COMPANION, TODAY)
    overlay = set_doer(file, key, None, 3, Doer.CLIENT, date(2026, 11, 25))
    assert [change.doer for change in overlay.doer_changes.all()] == ["companion", "client"]
    assert StepOverlay.objects.get().doer == "client"


def test_the_index_agrees_with_the_engine(file):
    record_event(file, None, 1, GRANTED, TODAY)
    found = {(step.rule.id, step.due) for step in plan_of(file, TODAY).steps}
    assert found == {(s.rule, s.due) for s in PlanStep.objects.filter(file=file)}
