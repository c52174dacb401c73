"""Now, soon, later, past: the same on every page."""

from datetime import date, timedelta
from enum import IntEnum

from django.utils.translation import gettext

from metgezel.engines.rules import State

NOW = timedelta(days=7)
SOON = timedelta(days=30)
LATER = timedelta(days=90)
LONG_PASSED = timedelta(days=60)


class When(IntEnum):
    """How soon something asks for attention, the most pressing first."""

    NOW = 0
    SOON = 1
    LATER = 2
    PAST = 3


def when_of(state: State, first: date | None, today: date) -> When:
    """The group of a step; `first` is its safe day, or the last day where there is none."""
    if state in (State.DONE, State.NOT_APPLICABLE):
        return When.PAST
    if first is None:
        return When.LATER
    if state is State.LAPSED and first < today - LONG_PASSED:
        return When.PAST
    return When.NOW if first <= today + NOW else When.SOON if first <= today + SOON else When.LATER


def when_in_words(when: When) -> str:
    """The heading above a group."""
    return {
        When.NOW: gettext("Now"),
        When.SOON: gettext("Soon"),
        When.LATER: gettext("Later, or without a date"),
        When.PAST: gettext("Done or past"),
    }[when]
