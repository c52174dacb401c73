"""A birth date as people know it: the day, the year alone, or nothing."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import BirthDatePrecision, Person

OLDEST = 125  # years


@dataclass(frozen=True, slots=True)
class BirthDate:
    """`day` is 1 January where only the year is known; None where nothing is."""

    day: date | None = None
    precision: str = BirthDatePrecision.UNKNOWN

    @classmethod
    def of(cls, person: Person) -> "BirthDate":
        """The birth date of somebody who is stored."""
        return cls(person.birth_date, person.birth_date_precision)

    def put_on(self, person: Person) -> None:
        """Give somebody this birth date; does not store her."""
        person.birth_date, person.birth_date_precision = self.day, self.precision


def read_birth_date(year: str, month: str, day: str, today: date) -> BirthDate:
    """Read the three boxes; day and month may both stay empty, and so may all three.

    Raises:
        ValidationError: half a date, a day that does not exist, or nobody's birth date.
    """
    if not (year or month or day):
        return BirthDate()
    if not year or bool(month) != bool(day):
        raise ValidationError(
            _("Fill in the whole date, or only the year when the day is not known."),
            code="incomplete",
        )
    if not (year.isdecimal() and len(year) == 4):
        raise ValidationError(
            _("Write the year with four numbers, for example 1988."), code="invalid"
        )
    precision = BirthDatePrecision.DAY if day else BirthDatePrecision.YEAR
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValidationError(
            _("The day %(day)s-%(month)s-%(year)s does not exist."),
            code="invalid",
            params={"day": day, "month": month, "year": year},
        ) from error
    if found > today:
        raise ValidationError(_("A date of birth cannot lie in the future."), code="future")
    if found.year < today.year - OLDEST:
        raise ValidationError(
            _("This is more than %(years)s years ago. Check the year."),
            code="too_old",
            params={"years": OLDEST},
        )
    return BirthDate(found, precision)
