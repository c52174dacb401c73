"""What a plan is made of: steps with dates and reasons, notices and questions.

Named tuples, because a plan makes a hundred of them and a frozen dataclass takes thrice as long.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from .cases import Event
from .counting import Counted
from .law import Rule
from .vocabulary import Texts, Value

SOON = timedelta(days=14)


class State(StrEnum):
    """Where a step stands on a day."""

    UPCOMING = "upcoming"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class Reason(NamedTuple):
    """Why a step is there: an event with its day, or a fact with its value."""

    event: str = ""
    on: date | None = None
    fact: str = ""
    value: Value | None = None


class Step(NamedTuple):
    """One thing to do, by whom and until when; dates are None where the law sets none."""

    rule: Rule
    event: Event
    member: str | None
    starts: date | None
    safe: date | None
    due: date | None
    raw: date | None
    state: State
    done_on: date | None
    late: bool
    assumed: bool
    because: tuple[Reason, ...]
    counted: Counted
    alternatives: tuple["Step", ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What the step is recognised by when the plan is computed again."""
        return self.rule.id, self.event.key, self.member or ""


class Notice(NamedTuple):
    """Something to know, without a date."""

    rule: Rule
    member: str | None
    because: tuple[Reason, ...]


class Question(NamedTuple):
    """A fact nobody recorded that a rule needs."""

    rule: Rule
    fact: str
    ask: Texts
    why: Texts
    member: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer of the rules engine for one case on one day."""

    on: date
    version: str
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    questions: tuple[Question, ...]


def state_of(
    starts: date | None,
    safe: date | None,
    due: date | None,
    done_on: date | None,
    ended: bool,
    lapse: str,
    on: date,
) -> State:
    """Where a step stands on a day; `lapse` is right_lost or still_helps."""
    if done_on is not None:
        return State.DONE
    if ended:
        return State.NOT_APPLICABLE
    if due is not None and due < on:
        return State.LAPSED if lapse == "right_lost" else State.OVERDUE
    if starts is not None and starts > on and (due is None or (safe or due) > on + SOON):
        return State.UPCOMING
    if due is not None and (safe or due) <= on + SOON:
        return State.DUE_SOON
    return State.OPEN
