"""Filters that write a day in words: `{% load dates %}`."""

import datetime as dt

from django import template

from .. import days

register = template.Library()

register.filter("in_words", days.in_words)
register.filter("short_day", days.short_day)
register.filter("month_in_words", days.month_in_words)


@register.filter
def relative(day: dt.date, today: dt.date) -> str:
    """Say how far away a day is, seen from today."""
    return days.relative(day, today)
