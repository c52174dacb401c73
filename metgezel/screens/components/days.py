"""Days in words, in the language of the page: with the weekday, and seen from today."""

import datetime as dt
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta
from django.utils.translation import get_language, gettext

# Dari is written like Persian as used in Afghanistan; CLDR knows it under that name.
CLDR_NAMES = {"prs": "fa_AF", "en": "en_GB"}


def _locale() -> Locale:
    return _locale_of(get_language() or "nl")


@lru_cache(maxsize=64)
def _locale_of(language: str) -> Locale:
    try:
        return Locale.parse(CLDR_NAMES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("nl")


@lru_cache(maxsize=8192)
def _written(day: dt.date, pattern: str, language: str) -> str:
    """A page names the same few days over and over; CLDR takes its time for each."""
    return format_date(day, pattern, locale=_locale_of(language))


def in_words(day: dt.date) -> str:
    """Return a day as "donderdag 24 december 2026"."""
    return _written(day, "EEEE d MMMM y", get_language() or "nl")


def short_day(day: dt.date) -> str:
    """Return a day as "do 24 dec 2026", for tables and other narrow places."""
    return _written(day, "EEE d MMM y", get_language() or "nl")


def month_in_words(day: dt.date) -> str:
    """Return the month of a day as "december 2026"."""
    return _written(day, "LLLL y", get_language() or "nl")


def tick(day: dt.date, today: dt.date) -> str:
    """Return the shortest clear name of a day on a time line: "24 dec" near, "dec 2027" far."""
    near = abs((day - today).days) < 60
    return _written(day, "d MMM" if near else "MMM y", get_language() or "nl")


def relative(day: dt.date, today: dt.date) -> str:
    """Return how far away a day is, seen from today: "over 3 dagen", "gisteren"."""
    days = (day - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    return format_timedelta(
        dt.timedelta(days=days),
        granularity="day",
        threshold=2,  # 13 days, then weeks; 8 weeks, then months; 23 months, then years
        add_direction=True,
        locale=_locale(),
    )
