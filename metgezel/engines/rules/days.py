"""Which days count as working days (Algemene termijnenwet art. 2 and 3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays

ONE_DAY = timedelta(days=1)
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)


@cache
def _statutory(year: int) -> Mapping[date, tuple[str, str]]:
    """Holidays of ATW art. 3 in one year, with their Dutch and English names.

    The `optional` category holds 5 May and Good Friday, which art. 3 counts every year.
    """
    dutch = holidays.country_holidays(
        "NL", years=year, categories=("public", "optional"), language="nl"
    )
    english = holidays.country_holidays(
        "NL", years=year, categories=("public", "optional"), language="en_US"
    )
    return {day: (name, english[day]) for day, name in dutch.items()}


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days: not Saturday, Sunday, a holiday of art. 3 ATW, or a day equated by decree.

    `decrees` maps a day to the publication of its royal decree.
    """

    decrees: Mapping[date, str] = field(default_factory=dict)

    def holiday_name(self, day: date, lang: str) -> str | None:
        """The name of the holiday on `day`, in nl or en; None on any other day."""
        if day in self.decrees:
            return "gelijkgestelde dag" if lang == "nl" else "day equated by royal decree"
        names = _statutory(day.year).get(day)
        if names is None:
            return None
        return names[0] if lang == "nl" else names[1]

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return day.weekday() < 5 and day not in self.decrees and day not in _statutory(day.year)

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working(self, start: date, number: int) -> date:
        """The `number`-th working day after `start` (`start` itself is not counted)."""
        day = start
        while number > 0:
            day += ONE_DAY
            if self.is_working(day):
                number -= 1
        return day

    def working_between(self, first: date, last: date, enough: int) -> int:
        """Working days from `first` to `last`, both included, counted up to `enough`."""
        found, day = 0, first
        while day <= last and found < enough:
            found += self.is_working(day)
            day += ONE_DAY
        return found
