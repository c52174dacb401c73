"""What cannot be true in a case, whatever the law says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .cases import Case
from .facts import APPLICATION_KINDS
from .vocabulary import Texts, Vocabulary


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """Where something is wrong (the event's key), and the sentence in Dutch and English."""

    where: str
    message: Texts


def check_case(case: Case, vocabulary: Vocabulary, on: date) -> list[CaseProblem]:
    """Events after `on`, before birth, after their kind ended, decisions before applications."""
    return [
        *_future(case, on),
        *_before_birth(case),
        *_kind_ended(case, vocabulary),
        *_decision_first(case),
    ]


def _future(case: Case, on: date) -> Iterator[CaseProblem]:
    for event in case.events:
        if event.on > on:
            yield CaseProblem(
                event.key,
                {
                    "nl": f"{event.on} ligt na {on}; alleen wat al gebeurd is kan erin",
                    "en": f"{event.on} lies after {on}; an event cannot lie in the future",
                },
            )


def _before_birth(case: Case) -> Iterator[CaseProblem]:
    born = case.person.birth_date
    for event in case.events:
        if born is not None and event.on < born:
            yield CaseProblem(
                event.key,
                {
                    "nl": f"{event.on} ligt vóór de geboorte op {born}",
                    "en": f"{event.on} lies before the birth on {born}",
                },
            )


def _kind_ended(case: Case, vocabulary: Vocabulary) -> Iterator[CaseProblem]:
    for event in case.events:
        kind = vocabulary.events[event.kind]
        if kind.until is not None and event.on > kind.until:
            yield CaseProblem(
                event.key,
                {
                    "nl": f"'{kind.label['nl']}' bestaat na {kind.until} niet meer",
                    "en": f"'{kind.label['en']}' no longer exists after {kind.until}",
                },
            )


def _decision_first(case: Case) -> Iterator[CaseProblem]:
    applied = [event.on for event in case.events if event.kind in APPLICATION_KINDS]
    if not applied:
        return
    first = min(applied)
    for event in case.events:
        if event.kind == "asylum.decision" and event.on < first:
            yield CaseProblem(
                event.key,
                {
                    "nl": f"het besluit van {event.on} ligt vóór de aanvraag van {first}",
                    "en": f"the decision of {event.on} lies before the application of {first}",
                },
            )
