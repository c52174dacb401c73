"""What the person wants in her own words, and the steps people add themselves.

Every change is one of the file: it needs the version the reader saw, and gives the next one. A
second click that asks for what already stands changes nothing and is no error.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction

from metgezel.engines.rules.vocabulary import Texts
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .changes import (
    LATER_THAN_TODAY,
    TOO_LONG,
    ChangeRefused,
    Done,
    StaleFile,
    finish_change,
    lock_file,
)
from .models import Doer, Goal, OwnStep, What

LONGEST_GOAL = 300
LONGEST_STEP = 200
NO_WORDS: Texts = {
    "nl": "schrijf een paar woorden; er is nog niets opgeslagen",
    "en": "write a few words; nothing was stored yet",
}
OTHER_FILE: Texts = {
    "nl": "dit doel hoort bij iemand anders, kies een ander doel; er is nog niets opgeslagen",
    "en": "this goal belongs to somebody else, choose another; nothing was stored yet",
}
WHAT = {Goal: What.GOAL, OwnStep: What.OWN_STEP}

Kept = TypeVar("Kept", Goal, OwnStep)


class GoalRefused(ChangeRefused):
    """What was asked of a goal or own step cannot be; nothing was stored."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """An own step as entered. `due` None: any day will do."""

    title: str
    goal: Goal | None = None
    due: date | None = None
    doer: Doer = Doer.TOGETHER

    def of(self, file: ClientFile) -> dict[str, object]:
        """The values to store, held against the file. Raises GoalRefused."""
        if self.goal is not None and self.goal.file_id != file.pk:
            raise GoalRefused([("goal", OTHER_FILE)])
        title = _said("title", self.title, LONGEST_STEP)
        return {"title": title, "goal": self.goal, "due": self.due, "doer": self.doer}


def add_goal(file: ClientFile, by: User | None, version: int, words: str, today: date) -> Goal:
    """Add a goal. Raises GoalRefused, StaleFile."""
    values = {"words": _said("words", words, LONGEST_GOAL), "created_on": today}
    return _add(Goal, file, by, version, values, today)


def reword_goal(goal: Goal, by: User | None, version: int, words: str, today: date) -> None:
    """Say a goal in better words. Raises GoalRefused, StaleFile."""
    _change(goal, by, version, {"words": _said("words", words, LONGEST_GOAL)}, today)


def reach_goal(goal: Goal, by: User | None, version: int, on: date | None, today: date) -> None:
    """Say on which day a goal was reached; None takes it back. Raises GoalRefused, StaleFile."""
    _change(goal, by, version, {"reached_on": _not_later(on, today)}, today)


def add_own_step(
    file: ClientFile, by: User | None, version: int, entered: StepWords, today: date
) -> OwnStep:
    """Add a step, to a goal of the same file or by itself. Raises GoalRefused, StaleFile."""
    return _add(OwnStep, file, by, version, entered.of(file), today)


def reword_own_step(
    step: OwnStep, by: User | None, version: int, entered: StepWords, today: date
) -> None:
    """Change what an own step says, when, and who does it. Raises GoalRefused, StaleFile."""
    _change(step, by, version, entered.of(step.file), today)


def finish_own_step(
    step: OwnStep, by: User | None, version: int, on: date | None, today: date
) -> None:
    """Say on which day an own step was done; None takes it back. Raises GoalRefused, StaleFile."""
    _change(step, by, version, {"done_on": _not_later(on, today)}, today)


def _add(
    model: type[Kept],
    file: ClientFile,
    by: User | None,
    version: int,
    values: dict[str, object],
    today: date,
) -> Kept:
    with transaction.atomic():
        try:
            locked = lock_file(file, version)
        except StaleFile:
            # The second click of a double click: the first one has stored exactly this.
            twin = model.objects.filter(file=file, **values).first()
            if twin is None:
                raise
            return twin
        kept = model.objects.create(file=locked, **values)
        finish_change(locked, today, Done(by, WHAT[model], kept.pk))
    return kept


def _change(
    kept: Goal | OwnStep, by: User | None, version: int, values: dict[str, object], today: date
) -> None:
    model = type(kept)
    with transaction.atomic():
        now = model.objects.get(pk=kept.pk)
        if all(getattr(now, name) == value for name, value in values.items()):
            return  # the second click of a double click
        locked = lock_file(kept.file, version)
        model.objects.filter(pk=kept.pk).update(**values)
        finish_change(locked, today, Done(by, WHAT[model], kept.pk))


def _said(field: str, text: str, longest: int) -> str:
    text = text.strip()
    if not text:
        raise GoalRefused([(field, NO_WORDS)])
    if len(text) > longest:
        raise GoalRefused([(field, TOO_LONG)])
    return text


def _not_later(on: date | None, today: date) -> date | None:
    if on is not None and on > today:
        raise GoalRefused([("done_on", LATER_THAN_TODAY)])
    return on
