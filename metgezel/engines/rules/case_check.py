"""What cannot be true in a case, whatever the law says."""

from collections.abc import Iterator
from datetime import date

from .cases import Case, Event
from .facts import APPLICATION_KINDS
from .problems import CaseProblem, case_problem
from .vocabulary import Texts, Vocabulary


def check_case(case: Case, vocabulary: Vocabulary, on: date) -> list[CaseProblem]:
    """Events after `on`, before birth, after their kind ended, decisions before applications."""
    return [
        *_future(case, on),
        *_before_birth(case),
        *_kind_ended(case, vocabulary),
        *_decision_first(case, vocabulary),
    ]


def _future(case: Case, on: date) -> Iterator[CaseProblem]:
    for event in case.events:
        if event.on > on:
            yield case_problem(
                event.key,
                "{day} ligt na {on}; alleen wat al gebeurd is kan erin, tot en met {on}",
                "{day} lies after {on}; an event cannot lie in the future, so up to {on}",
                day=event.on,
                on=on,
            )


def _before_birth(case: Case) -> Iterator[CaseProblem]:
    born = case.person.birth_date
    for event in case.events:
        if born is not None and event.on < born:
            yield case_problem(
                event.key,
                "{day} ligt vóór de geboorte op {born}; het kan vanaf die dag",
                "{day} lies before the birth on {born}; it can be from that day on",
                day=event.on,
                born=born,
            )


def _kind_ended(case: Case, vocabulary: Vocabulary) -> Iterator[CaseProblem]:
    for event in case.events:
        kind = vocabulary.events[event.kind]
        if kind.until is not None and event.on > kind.until:
            yield case_problem(
                event.key,
                "'{kind}' bestaat na {until} niet meer; {day} is te laat",
                "'{kind}' no longer exists after {until}; {day} is too late",
                kind=_named(kind.label),
                until=kind.until,
                day=event.on,
            )


def _decision_first(case: Case, vocabulary: Vocabulary) -> Iterator[CaseProblem]:
    applied = [event for event in case.events if event.kind in APPLICATION_KINDS]
    if not applied:
        return
    first = min(applied, key=lambda event: event.on)
    for event in case.events:
        if event.kind == "asylum.decision" and event.on < first.on:
            yield _too_early(event, first, vocabulary)


def _too_early(decision: Event, first: Event, vocabulary: Vocabulary) -> CaseProblem:
    return case_problem(
        decision.key,
        "het besluit van {day} ligt vóór de aanvraag van {first} ('{kind}'); "
        "een besluit komt op of na de dag van de aanvraag",
        "the decision of {day} lies before the application of {first} ('{kind}'); "
        "a decision comes on or after the day of the application",
        day=decision.on,
        first=first.on,
        kind=_named(vocabulary.events[first.kind].label),
    )


def _named(label: Texts) -> dict[str, str]:
    return {"code": label["en"], **label}
