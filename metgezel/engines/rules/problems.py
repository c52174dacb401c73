"""What is wrong with a case: the place, and one sentence per language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .counting_words import day_in_words
from .vocabulary import Texts

LONGEST_SHOWN = 60
WEEKDAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """Where something is wrong: an event's key, or a path as `events[0].on`.

    `message` names days and values as a file writes them (2026-06-12, unfounded); `spoken` says
    the same to somebody at a screen, with days and answers in words.
    """

    where: str
    message: Texts
    spoken: Texts


Filling = date | str | Mapping[str, str]


def case_problem(where: str, nl: str, en: str, **filling: Filling) -> CaseProblem:
    """A problem from two sentences with `{names}`; a mapping gives `code` and words."""
    sentences = {"nl": nl, "en": en}
    plain = {name: _plain(value) for name, value in filling.items()}
    return CaseProblem(
        where,
        {lang: text.format(**plain) for lang, text in sentences.items()},
        {
            lang: text.format(**{name: _words(value, lang) for name, value in filling.items()})
            for lang, text in sentences.items()
        },
    )


def shown(value: object) -> str:
    """A value as it was given, cut where it is too long to read."""
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _plain(value: Filling) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else value["code"]


def _words(value: Filling, lang: str) -> str:
    if isinstance(value, date):
        return f"{WEEKDAYS[lang][value.weekday()]} {day_in_words(value, lang)}"
    return value if isinstance(value, str) else value[lang]
