"""Which counting rules shaped a step's dates, so that the plan can explain them."""

from collections.abc import Iterator

from .counting import From
from .law import LawBook
from .steps import Step


def effects_of(step: Step, lawbook: LawBook) -> Iterator[str]:
    """Which counting rules shaped a step's dates."""
    counted = step.counted
    if counted.term.start is From.TRIGGER and counted.term.count == "atw":
        yield "start_day_after"
    if counted.due > counted.raw:
        yield "apr_rolled" if counted.term.count == "apr" else "rolled"
        if lawbook.calendar.holiday_name(counted.raw, "nl"):
            yield "holiday"
    if counted.too_long_to_roll:
        yield "not_rolled"
    if step.safe is not None and step.safe != step.due:
        yield "safe_date"
    if step.alternatives:
        yield "regime"
