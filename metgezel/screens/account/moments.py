"""A moment as somebody here would say it."""

from datetime import datetime

from django.utils import timezone

from metgezel.screens.components.days import in_words


def moment_in_words(moment: datetime) -> str:
    """The day in words and the time, in the Netherlands."""
    here = timezone.localtime(moment)
    return f"{in_words(here.date())}, {here:%H:%M}"
