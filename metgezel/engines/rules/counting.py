"""Terms: from a starting day to a last day, as the law counts.

Sources: Algemene termijnenwet (ATW) art. 1-5; Procedure Regulation (EU) 2024/1348 art. 73;
Regulation 1182/71 art. 3; Awb art. 6:8 (a term starts the day after publication).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from .days import FIRST_DAY, LAST_DAY, ONE_DAY, Calendar


class Unit(StrEnum):
    """What a term is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Count(StrEnum):
    """Which counting rule a term follows."""

    ATW = "atw"
    APR = "apr"
    EU = "eu"
    CALENDAR = "calendar"


class From(StrEnum):
    """Which day is day one: the day after the trigger, the trigger's own, or one later."""

    TRIGGER = "trigger"
    SAME_DAY = "same_day"
    DAY_AFTER = "day_after"


# ATW art. 4: a longer term, or one in hours or years, does not move at its end.
ATW_LONGEST = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.WORKING_DAYS: 90}
# ATW art. 2: a term of at least three days holds at least two working days.
ATW_SHORTEST_WITH_TWO, ATW_WORKING_DAYS = 3, 2


@dataclass(frozen=True, slots=True)
class Term:
    """How long: an amount of a unit, and how it is counted."""

    amount: int
    unit: Unit
    count: Count = Count.ATW
    start: From = From.TRIGGER


@dataclass(frozen=True, slots=True)
class Counted:
    """A term counted out. `starts` <= `due`; `raw` is the unrolled end; `safe` the last working
    day on or before it, None when no working day lies between the trigger and the end."""

    term: Term
    trigger: date
    starts: date
    raw: date
    due: date
    safe: date | None
    two_days_rule: bool = False
    too_long_to_roll: bool = False


class DayOutOfRange(ValueError):
    """A term that ends outside the years this program can count in."""


def add_months(day: date, months: int) -> date:
    """The same date `months` later; the last day of the month where that date is missing."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - ONE_DAY).day))


def count_back(end: date, amount: int, unit: Unit) -> date:
    """A day some time before an end; counted back, so it never rolls (ATW art. 1, 2)."""
    if unit is Unit.MONTHS:
        return add_months(end, -amount)
    if unit is Unit.YEARS:
        return add_months(end, -12 * amount)
    return end - timedelta(days=amount * (7 if unit is Unit.WEEKS else 1))


def _add(day: date, term: Term, calendar: Calendar) -> date:
    """`day` plus the term, without any rolling."""
    amount = term.amount
    match term.unit:
        case Unit.HOURS:
            return day + timedelta(days=-(-amount // 24))
        case Unit.DAYS:
            return day + timedelta(days=amount)
        case Unit.WORKING_DAYS:
            return calendar.add_working(day, amount)
        case Unit.WEEKS:
            return day + timedelta(weeks=amount)
        case Unit.MONTHS:
            return add_months(day, amount)
        case Unit.YEARS:
            return add_months(day, 12 * amount)


def _raw_end(trigger: date, term: Term, calendar: Calendar) -> tuple[date, date]:
    """First day of the term and its end, before rolling."""
    if term.start is From.SAME_DAY:
        if term.unit is Unit.WORKING_DAYS:
            return trigger, _add(trigger - ONE_DAY, term, calendar)
        return trigger, max(trigger, _add(trigger, term, calendar) - ONE_DAY)
    base = trigger + ONE_DAY if term.start is From.DAY_AFTER else trigger
    first = trigger + ONE_DAY
    end = _add(base, term, calendar)
    return min(first, end), end


def _rolled(first: date, raw: date, term: Term, calendar: Calendar) -> tuple[date, bool, bool]:
    """Legal last day, whether the two-working-days rule moved it, whether it was too long."""
    if term.count is Count.CALENDAR:
        return raw, False, False
    if term.count in (Count.APR, Count.EU):
        return calendar.on_or_after(raw), False, False
    longest = ATW_LONGEST.get(term.unit)
    if longest is None or term.amount > longest:
        return raw, False, not calendar.is_working(raw)
    end = calendar.on_or_after(raw)
    # a term in working days holds its own number of them; weekends do not lengthen it
    in_days = term.unit is not Unit.WORKING_DAYS
    long_enough = in_days and (raw - first).days + 1 >= ATW_SHORTEST_WITH_TWO
    moved = False
    while long_enough and calendar.working_between(first, end, ATW_WORKING_DAYS) < ATW_WORKING_DAYS:
        end, moved = calendar.on_or_after(end + ONE_DAY), True
    return end, moved, False


def _safe(trigger: date, raw: date, due: date, calendar: Calendar) -> date | None:
    """Last working day on or before the unrolled end that is not before the trigger."""
    for end in (raw, due):
        day = calendar.on_or_before(end)
        if day >= trigger:
            return day
    return None


def _too_far(trigger: date, term: Term) -> str:
    return (
        f"{term.amount} {term.unit} from {trigger} ends outside "
        f"{FIRST_DAY.year}-{LAST_DAY.year}, further than this program counts"
    )


@lru_cache(maxsize=65536)
def count_term(trigger: date, term: Term, calendar: Calendar) -> Counted:
    """Count a term from the day of its trigger. Raises DayOutOfRange outside 1900-2199."""
    try:
        first, raw = _raw_end(trigger, term, calendar)
    except (OverflowError, ValueError) as problem:
        raise DayOutOfRange(_too_far(trigger, term)) from problem
    if not (trigger >= FIRST_DAY and raw <= LAST_DAY):
        raise DayOutOfRange(_too_far(trigger, term))
    due, two_days, too_long = _rolled(first, raw, term, calendar)
    safe = _safe(trigger, raw, due, calendar)
    return Counted(term, trigger, first, raw, due, safe, two_days, too_long)
