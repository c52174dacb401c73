"""The goals of one person, each with the steps that lead there."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from metgezel.companion.journeys.models import Goal, OwnStep


class GoalLine(NamedTuple):
    """A goal and how far it is."""

    goal: Goal
    steps: int
    done: int


def goals_of(goals: Iterable[Goal], own: Sequence[OwnStep]) -> list[GoalLine]:
    """The goals, those that were reached last."""
    lines = []
    for goal in goals:
        steps = [step for step in own if step.goal_id == goal.pk]
        lines.append(GoalLine(goal, len(steps), sum(step.done_on is not None for step in steps)))
    return sorted(lines, key=lambda line: line.goal.reached_on is not None)
