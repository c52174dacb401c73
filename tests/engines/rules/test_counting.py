"""Terms counted to the day; every expected day comes from a calendar on paper."""

from datetime import date
from pathlib import Path

import pytest

from metgezel.engines.rules.counting import (
    Count,
    Counted,
    DayOutOfRange,
    From,
    Term,
    Unit,
    add_months,
    count_term,
)
from metgezel.engines.rules.days import Calendar
from metgezel.engines.rules.tables_reader import read_calendar

LAW = Path(__file__).parents[3] / "law" / "nl"
CALENDAR = read_calendar((LAW / "calendar.yaml").read_text("utf-8"))


def day(text: str) -> date:
    return date.fromisoformat(text)


def counted(
    start: str, amount: int, unit: str, count: Count = Count.ATW, begin: From = From.TRIGGER
) -> Counted:
    return count_term(day(start), Term(amount, Unit(unit), count, begin), CALENDAR)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "count", "raw", "safe", "due"),
    [
        # the term starts the day after publication
        ("2026-03-13", 4, "weeks", "atw", "2026-04-10", "2026-04-10", "2026-04-10"),
        # Christmas, then a weekend
        ("2026-12-11", 2, "weeks", "atw", "2026-12-25", "2026-12-24", "2026-12-28"),
        # nine months stay on their Saturday
        ("2026-02-28", 9, "months", "atw", "2026-11-28", "2026-11-27", "2026-11-28"),
        # APR art. 73: five days to a Saturday
        ("2026-09-14", 5, "days", "apr", "2026-09-19", "2026-09-18", "2026-09-21"),
        # Ascension and the day equated by decree
        ("2026-04-16", 4, "weeks", "atw", "2026-05-14", "2026-05-13", "2026-05-18"),
        # 5 May, every year
        ("2026-04-28", 1, "weeks", "atw", "2026-05-05", "2026-05-04", "2026-05-06"),
        ("2027-04-28", 1, "weeks", "atw", "2027-05-05", "2027-05-04", "2027-05-10"),
        # exactly twelve weeks, three months or 90 days move; one more does not
        ("2026-10-02", 12, "weeks", "atw", "2026-12-25", "2026-12-24", "2026-12-28"),
        ("2026-09-25", 13, "weeks", "atw", "2026-12-25", "2026-12-24", "2026-12-25"),
        ("2026-09-25", 3, "months", "atw", "2026-12-25", "2026-12-24", "2026-12-28"),
        ("2026-08-25", 4, "months", "atw", "2026-12-25", "2026-12-24", "2026-12-25"),
        ("2026-09-26", 90, "days", "atw", "2026-12-25", "2026-12-24", "2026-12-28"),
        ("2026-09-25", 91, "days", "atw", "2026-12-25", "2026-12-24", "2026-12-25"),
        # a long term of the Regulation does move
        ("2026-08-31", 6, "months", "apr", "2027-02-28", "2027-02-26", "2027-03-01"),
        ("2026-08-31", 6, "months", "eu", "2027-02-28", "2027-02-26", "2027-03-01"),
        ("2026-08-31", 6, "months", "calendar", "2027-02-28", "2027-02-26", "2027-02-28"),
        # month ends are clipped, leap days kept
        ("2027-01-31", 1, "months", "calendar", "2027-02-28", "2027-02-26", "2027-02-28"),
        ("2028-01-31", 1, "months", "calendar", "2028-02-29", "2028-02-29", "2028-02-29"),
        ("2028-02-29", 1, "years", "atw", "2029-02-28", "2029-02-28", "2029-02-28"),
        ("2028-02-29", 4, "years", "atw", "2032-02-29", "2032-02-27", "2032-02-29"),
        # years never move: 11 December 2027 is a Saturday
        ("2026-12-11", 1, "years", "atw", "2027-12-11", "2027-12-10", "2027-12-11"),
        # hours never move: 48 hours from Christmas Eve
        ("2026-12-24", 48, "hours", "atw", "2026-12-26", "2026-12-24", "2026-12-26"),
        # working days, over a weekend and over Good Friday and Easter Monday
        ("2026-09-14", 15, "working_days", "atw", "2026-10-05", "2026-10-05", "2026-10-05"),
        ("2026-04-02", 1, "working_days", "atw", "2026-04-07", "2026-04-07", "2026-04-07"),
        # King's Day falls on the 26th when the 27th is a Sunday (2031-04-27)
        ("2031-04-19", 1, "weeks", "atw", "2031-04-26", "2031-04-25", "2031-04-28"),
    ],
)
def test_a_term_ends_on_the_day_a_calendar_says(
    start: str, amount: int, unit: str, count: str, raw: str, safe: str, due: str
) -> None:
    found = counted(start, amount, unit, Count(count))
    assert (found.raw, found.safe, found.due) == (day(raw), day(safe), day(due))


def test_three_days_over_christmas_hold_two_working_days() -> None:
    found = counted("2026-12-24", 3, "days")
    assert (found.raw, found.due) == (day("2026-12-27"), day("2026-12-29"))
    assert found.two_days_rule


def test_three_days_over_easter_hold_two_working_days() -> None:
    # published Thursday 2 April 2026: Good Friday, weekend; Easter Monday; 7 and 8 April work
    assert counted("2026-04-02", 3, "days").due == day("2026-04-08")


def test_two_days_need_not_hold_two_working_days() -> None:
    found = counted("2026-12-24", 2, "days")
    assert found.due == day("2026-12-28")
    assert not found.two_days_rule


def test_a_long_term_that_ends_on_a_saturday_says_that_it_does_not_move() -> None:
    assert counted("2026-02-28", 9, "months").too_long_to_roll
    assert not counted("2026-02-27", 9, "months").too_long_to_roll


def test_a_term_starts_the_day_after_its_trigger() -> None:
    assert counted("2026-12-11", 2, "weeks").starts == day("2026-12-12")


def test_a_term_from_the_same_day_ends_a_day_earlier() -> None:
    found = counted("2026-12-21", 6, "months", Count.ATW, From.SAME_DAY)
    assert (found.starts, found.due) == (day("2026-12-21"), day("2027-06-20"))


def test_the_general_procedure_counts_its_own_first_day_and_skips_easter() -> None:
    found = counted("2026-04-02", 6, "working_days", Count.CALENDAR, From.SAME_DAY)
    assert found.due == day("2026-04-13")


def test_a_permit_that_starts_the_day_after_ends_a_day_later() -> None:
    found = counted("2026-11-13", 3, "years", Count.CALENDAR, From.DAY_AFTER)
    assert found.due == day("2029-11-14")


def test_at_once_is_the_day_itself_even_on_a_sunday() -> None:
    found = counted("2026-12-27", 0, "days", Count.CALENDAR)
    assert (found.starts, found.raw, found.due) == (day("2026-12-27"),) * 3
    assert found.safe is None


def test_a_day_without_decree_is_a_working_day() -> None:
    assert Calendar().is_working(day("2026-05-15"))
    assert not CALENDAR.is_working(day("2026-05-15"))


@pytest.mark.parametrize(
    "holiday",
    [
        "2026-01-01",
        "2026-01-02",
        "2026-04-03",
        "2026-04-06",
        "2026-04-27",
        "2026-05-05",
        "2026-05-14",
        "2026-05-15",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-04-27",
        "2027-05-05",
        "2027-05-06",
        "2027-05-07",
        "2027-05-17",
        "2028-04-28",
        "2028-05-26",
    ],
)
def test_the_listed_holidays_are_no_working_days(holiday: str) -> None:
    assert not CALENDAR.is_working(day(holiday))
    assert CALENDAR.holiday_name(day(holiday), "nl")
    assert CALENDAR.holiday_name(day(holiday), "en")


@pytest.mark.parametrize("ordinary", ["2026-04-30", "2026-12-24", "2026-12-31", "2026-11-11"])
def test_customs_are_no_holidays_of_the_act(ordinary: str) -> None:
    assert CALENDAR.is_working(day(ordinary))
    assert CALENDAR.holiday_name(day(ordinary), "nl") is None


def test_months_may_be_taken_back_too() -> None:
    assert add_months(day("2029-12-10"), -6) == day("2029-06-10")
    assert add_months(day("2026-12-31"), 2) == day("2027-02-28")
    assert add_months(day("2026-12-15"), 0) == day("2026-12-15")


@pytest.mark.parametrize("years", [400, 9_000])
def test_a_term_beyond_the_calendar_is_refused(years: int) -> None:
    with pytest.raises(DayOutOfRange):
        counted("2026-01-01", years, "years")
