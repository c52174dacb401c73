"""What the person wants in her own words, and the steps people add themselves."""

from datetime import date

from django.db import transaction

from metgezel.foundation.people.models import ClientFile

from .models import Doer, Goal, OwnStep
from .recording import finish_change, lock_file


class GoalRefused(ValueError):
    """What was asked of a goal or own step cannot be; the message says why."""


def add_goal(file: ClientFile, version: int, words: str, today: date) -> Goal:
    """Add a goal. Raises GoalRefused, StaleFile."""
    words = _said(words)
    with transaction.atomic():
        locked = lock_file(file, version)
        goal = Goal.objects.create(file=locked, words=words, created_on=today)
        finish_change(locked, today)
    return goal


def add_own_step(
    file: ClientFile,
    version: int,
    title: str,
    today: date,
    *,
    goal: Goal | None = None,
    due: date | None = None,
    doer: Doer = Doer.TOGETHER,
) -> OwnStep:
    """Add a step, to a goal of the same file or by itself. Raises GoalRefused, StaleFile."""
    title = _said(title)
    if goal is not None and goal.file_id != file.pk:
        raise GoalRefused("the goal belongs to another file")
    with transaction.atomic():
        locked = lock_file(file, version)
        step = OwnStep.objects.create(file=locked, goal=goal, title=title, due=due, doer=doer)
        finish_change(locked, today)
    return step


def reach_goal(goal: Goal, version: int, on: date | None, today: date) -> None:
    """Say on which day a goal was reached; None takes it back. Raises GoalRefused, StaleFile."""
    _not_later(on, today)
    with transaction.atomic():
        locked = lock_file(goal.file, version)
        Goal.objects.filter(pk=goal.pk).update(reached_on=on)
        finish_change(locked, today)


def finish_own_step(step: OwnStep, version: int, on: date | None, today: date) -> None:
    """Say on which day an own step was done; None takes it back. Raises GoalRefused, StaleFile."""
    _not_later(on, today)
    with transaction.atomic():
        locked = lock_file(step.file, version)
        OwnStep.objects.filter(pk=step.pk).update(done_on=on)
        finish_change(locked, today)


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise GoalRefused("a few words are needed")
    return text


def _not_later(on: date | None, today: date) -> None:
    if on is not None and on > today:
        raise GoalRefused(f"{on} lies after {today}")
