"""A birth date in words, as far as it is known."""

from metgezel.foundation.people.birth import BirthDate
from metgezel.screens.components.days import in_words


def born_in_words(birth: BirthDate) -> str:
    """The day, the year alone, or "" when nothing is known."""
    if birth.day is None:
        return ""
    return str(birth.day.year) if birth.precision == "year" else in_words(birth.day)
