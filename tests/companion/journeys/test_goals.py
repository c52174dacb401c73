"""Goals in one's own words, own steps, and taking back what can no longer be true."""

from datetime import date

import pytest

from metgezel.companion.journeys.goals import (
    GoalRefused,
    StepWords,
    add_goal,
    add_own_step,
    finish_own_step,
    reach_goal,
)
from metgezel.companion.journeys.models import Event, Goal, OwnStep
from metgezel.companion.journeys.recording import (
    NewEvent,
    StaleFile,
    record_event,
    withdraw_event,
)
from tests.small_association import small_association

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


def test_an_own_step_under_a_goal_is_done_and_taken_back():
    file = small_association().in_assen
    goal = add_goal(file, None, 1, " work as a nurse ", TODAY)
    step = add_own_step(file, None, 2, StepWords("call the school", goal), TODAY)
    finish_own_step(step, None, 3, TODAY, TODAY)
    assert OwnStep.objects.get().done_on == TODAY
    finish_own_step(step, None, 4, None, TODAY)
    assert OwnStep.objects.get().done_on is None
    assert Goal.objects.get().words == "work as a nurse"


def test_a_goal_on_an_old_version_or_without_words_is_not_stored():
    file = small_association().in_assen
    with pytest.raises(GoalRefused):
        add_goal(file, None, 1, "  ", TODAY)
    with pytest.raises(StaleFile):
        add_goal(file, None, 7, "work", TODAY)
    assert not Goal.objects.exists()


def test_a_goal_is_not_reached_tomorrow():
    goal = add_goal(small_association().in_assen, None, 1, "work", TODAY)
    with pytest.raises(GoalRefused):
        reach_goal(goal, None, 2, date(2026, 11, 25), TODAY)


def test_an_own_step_cannot_hang_on_the_goal_of_somebody_else():
    association = small_association()
    goal = add_goal(association.in_assen, None, 1, "work", TODAY)
    with pytest.raises(GoalRefused):
        add_own_step(association.in_breda, None, 1, StepWords("call", goal), TODAY)


def test_an_event_that_turned_out_to_lie_before_birth_can_be_withdrawn():
    file = small_association().in_assen
    granted = NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"})
    event = record_event(file, None, 1, granted, TODAY)
    file.person.birth_date, file.person.birth_date_precision = date(2026, 10, 1), "day"
    file.person.save()
    withdraw_event(event, None, 2, "not hers", TODAY)
    assert not Event.objects.filter(file=file).current().exists()
