"""Say in words how a term was counted."""

from datetime import date, timedelta

from .counting import Count, Counted, From, Unit
from .days import ONE_DAY, Calendar

UNITS = {
    "nl": {
        Unit.HOURS: ("uur", "uur"),
        Unit.DAYS: ("dag", "dagen"),
        Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
        Unit.WEEKS: ("week", "weken"),
        Unit.MONTHS: ("maand", "maanden"),
        Unit.YEARS: ("jaar", "jaar"),
    },
    "en": {
        Unit.HOURS: ("hour", "hours"),
        Unit.DAYS: ("day", "days"),
        Unit.WORKING_DAYS: ("working day", "working days"),
        Unit.WEEKS: ("week", "weeks"),
        Unit.MONTHS: ("month", "months"),
        Unit.YEARS: ("year", "years"),
    },
}
MONTHS = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
        "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ),
}  # fmt: skip
FROM = {
    "nl": {
        From.TRIGGER: "vanaf de dag na {day}",
        From.SAME_DAY: "vanaf {day} zelf",
        From.DAY_AFTER: "vanaf de dag na {day}, die zelf niet meetelt",
    },
    "en": {
        From.TRIGGER: "from the day after {day}",
        From.SAME_DAY: "from {day} itself",
        From.DAY_AFTER: "from the day after {day}, which is not counted itself",
    },
}
PHRASES = {
    "nl": {
        "holiday": "{day} is een feestdag ({name})",
        "weekend": "{day} valt in een weekend",
        "weekends": "{first} en {last} zijn een weekend",
        "two_days": "een korte termijn telt minstens twee werkdagen (art. 2 Algemene termijnenwet)",
        "stays": "een lange termijn schuift niet op (art. 4 Algemene termijnenwet)",
        "calendar": "de dag schuift niet op",
    },
    "en": {
        "holiday": "{day} is a holiday ({name})",
        "weekend": "{day} is in a weekend",
        "weekends": "{first} and {last} are a weekend",
        "two_days": "a short term holds at least two working days (General Terms Act art. 2)",
        "stays": "a long term does not move (General Terms Act art. 4)",
        "calendar": "the day does not move",
    },
}


def day_in_words(day: date, lang: str) -> str:
    """`25 december 2026`; Dutch for any language but English."""
    return f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def counting_in_words(counted: Counted, calendar: Calendar, lang: str) -> str:
    """How many of what, from which day, and which days were passed over and why."""
    lang = "en" if lang == "en" else "nl"
    term = counted.term
    unit = UNITS[lang][term.unit][term.amount != 1]
    start = FROM[lang][term.start].format(day=day_in_words(counted.trigger, lang))
    parts = [f"{term.amount} {unit} {start}", *_passed_over(counted, calendar, lang)]
    if counted.two_days_rule:
        parts.append(PHRASES[lang]["two_days"])
    if counted.too_long_to_roll:
        parts.append(PHRASES[lang]["stays"])
    elif term.count is Count.CALENDAR and not calendar.is_working(counted.due):
        parts.append(PHRASES[lang]["calendar"])
    return "; ".join(parts)


def _passed_over(counted: Counted, calendar: Calendar, lang: str) -> list[str]:
    phrases, parts, day = PHRASES[lang], [], counted.raw
    while day < counted.due:
        short = f"{day.day} {MONTHS[lang][day.month - 1]}"
        name = calendar.holiday_name(day, lang)
        if name and day.weekday() < 5:
            parts.append(phrases["holiday"].format(day=short, name=name))
        elif day.weekday() == 5 and day + ONE_DAY < counted.due:
            last = day + timedelta(days=1)
            words = f"{last.day} {MONTHS[lang][last.month - 1]}"
            parts.append(phrases["weekends"].format(first=short, last=words))
            day = last
        elif day.weekday() >= 5:
            parts.append(phrases["weekend"].format(day=short))
        day += ONE_DAY
    return parts
