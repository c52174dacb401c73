"""Every version of a file says who made it; a change that cannot be is refused whole."""

from datetime import date

import pytest

from metgezel.companion.journeys.changes import ChangeRefused
from metgezel.companion.journeys.goals import add_goal
from metgezel.companion.journeys.models import Event, FileChange, Goal, StepOverlay
from metgezel.companion.journeys.overlays import mark_done
from metgezel.companion.journeys.plan_index import StepKey
from metgezel.companion.journeys.recording import (
    NewEvent,
    correct_event,
    preview,
    preview_withdrawal,
    record_event,
    withdraw_event,
)
from metgezel.engines.rules.counting import DayOutOfRange
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
FAR = date(2199, 12, 31)
GRANTED = NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"})
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
TOO_FAR = NewEvent("asylum.decision", "2199-12-31", {"outcome": "refugee"})

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return small_association().in_assen


def version(file):
    return ClientFile.objects.get(pk=file.pk).version


def test_each_version_says_who_did_what(file):
    anna = colleague(Role.COMPANION, file.unit, file)
    event = record_event(file, anna, 1, REFUSED, TODAY)
    mended = correct_event(event, anna, 2, GRANTED, "wrong box", TODAY)
    withdraw_event(mended, anna, 3, "not hers", TODAY)
    found = FileChange.objects.filter(file=file).order_by("version")
    assert [(c.version, c.what, c.by) for c in found] == [
        (2, "recorded", anna),
        (3, "corrected", anna),
        (4, "withdrawn", anna),
    ]
    assert found[0].subject == str(event.pk)


def test_a_refused_change_leaves_no_trace(file):
    with pytest.raises(ChangeRefused):
        record_event(file, None, 1, NewEvent("asylum.decision", "2027-01-01"), TODAY)
    assert not FileChange.objects.exists()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_term_beyond_2199_is_refused_in_both_languages(file, lang):
    for attempt in (
        lambda: preview(file, TOO_FAR, FAR),
        lambda: record_event(file, None, 1, TOO_FAR, FAR),
    ):
        with pytest.raises(ChangeRefused) as refused:
            attempt()
        [(field, texts)] = refused.value.problems
        assert field == "on"
        assert "2199" in texts[lang]
    assert not Event.objects.exists()
    assert version(file) == 1


def test_a_correction_to_a_day_beyond_the_calendar_keeps_what_stood_there(file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    with pytest.raises(ChangeRefused):
        correct_event(event, None, 2, TOO_FAR, "wrong box", FAR)
    assert Event.objects.current().get() == event
    assert version(file) == 2


def test_a_plan_that_cannot_be_counted_refuses_steps_and_goals_too(file, monkeypatch):
    event = record_event(file, None, 1, REFUSED, TODAY)

    def too_far(*_):
        raise DayOutOfRange("law of tomorrow")

    monkeypatch.setattr("metgezel.companion.journeys.changes.recompute_plan", too_far)
    with pytest.raises(ChangeRefused):
        mark_done(file, StepKey("asy-appeal-2w", event.root), None, 2, TODAY, TODAY)
    with pytest.raises(ChangeRefused):
        add_goal(file, None, 2, "work as a nurse", TODAY)
    assert not StepOverlay.objects.exists()
    assert not Goal.objects.exists()


def test_a_withdrawal_can_be_looked_at_first(file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    change = preview_withdrawal(event, TODAY)
    assert "asy-appeal-2w" in {step.rule.id for step in change.removed}
    assert version(file) == 2


def test_a_preview_names_what_nobody_recorded_yet(file):
    change = preview(file, REFUSED, TODAY)
    assert "asylum.applied" in {question.fact for question in change.asked}


def test_a_correction_that_makes_another_event_impossible_is_refused(file):
    lodged = record_event(file, None, 1, NewEvent("asylum.lodged", "2026-07-01"), TODAY)
    record_event(file, None, 2, GRANTED, TODAY)
    later = NewEvent("asylum.lodged", "2026-10-01")
    with pytest.raises(ChangeRefused) as refused:
        preview(file, later, TODAY, replaced=lodged)
    assert "vrijdag 25 september 2026" in refused.value.problems[0][1]["nl"]
