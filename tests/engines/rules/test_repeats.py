"""What the law asks once stays one step, however often the event comes."""

from datetime import date

import pytest

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import (
    Case,
    Event,
    LawBook,
    LawErrors,
    Member,
    PersonFacts,
    Step,
    plan,
    read_lawbook,
)
from tests.engines.rules.small_law import changed, files

FIRST = Event("asylum.decision", date(2026, 12, 11), {"outcome": "unfounded"}, "first")
SECOND = Event("asylum.decision", date(2027, 2, 1), {"outcome": "unfounded"}, "second")


def law(once: str, term: str = "{weeks: 2}") -> LawBook:
    return read_lawbook(files(changed("term: {weeks: 2}", f"term: {term}\n    once: {once}")))


def steps(lawbook: LawBook, *events: Event) -> list[Step]:
    case = Case(PersonFacts(), (Member("wife", "spouse"),), events)
    return list(plan(case, lawbook, date(2027, 3, 1)).steps)


def test_only_the_first_event_starts_a_step_that_the_law_gives_once() -> None:
    [step] = steps(law("first"), SECOND, FIRST)
    assert (step.event.key, step.due) == ("first", date(2026, 12, 28))


def test_what_closes_a_step_given_once_may_come_after_a_later_event_of_its_kind() -> None:
    appeal = Event("court.appeal_filed", date(2027, 2, 3))
    [step] = steps(law("first"), FIRST, SECOND, appeal)
    assert (step.done_on, step.late) == (appeal.on, True)


def test_equal_dates_are_one_step_told_by_the_latest_event() -> None:
    lodged = Event("asylum.lodged", date(2026, 7, 1), {}, "lodged")
    lawbook = law("same_dates", "{months: 6, anchor: asylum.lodged}")
    [step] = steps(lawbook, SECOND, lodged, FIRST)
    assert step.event.key == "first"  # what people did to the step stays with it
    assert step.because[0].on == SECOND.on


def test_a_step_closed_before_the_second_event_stays_closed() -> None:
    lodged = Event("asylum.lodged", date(2026, 7, 1))
    lawbook = law("same_dates", "{months: 6, anchor: asylum.lodged}")
    [step] = steps(lawbook, lodged, FIRST, SECOND, Event("court.appeal_filed", date(2026, 12, 14)))
    assert step.done_on == date(2026, 12, 14)


def test_other_dates_are_another_step() -> None:
    assert [s.event.key for s in steps(law("same_dates"), FIRST, SECOND)] == ["first", "second"]


def test_once_is_counted_per_member() -> None:
    text = changed("when: event.outcome == unfounded", "each: member\n    once: first")
    household = (Member("wife", "spouse"), Member("child", "child"))
    found = plan(
        Case(PersonFacts(), household, (FIRST, SECOND)), read_lawbook(files(text)), date(2027, 3, 1)
    )
    assert {(s.member, s.event.key) for s in found.steps} == {("wife", "first"), ("child", "first")}


def test_a_notice_cannot_be_given_once() -> None:
    notice = changed("kind: deadline", "kind: notice").replace("term: {weeks: 2}", "once: first")
    with pytest.raises(LawErrors, match="no term and no `once`"):
        read_lawbook(files(notice))


@pytest.mark.parametrize(
    ("rule", "events"),
    [
        ("wi-3y", [("integration.pip_signed", "2026-09-10", {}),
                   ("integration.pip_signed", "2026-10-14", {})]),
        ("wi-extend", [("integration.pip_signed", "2026-09-10", {}),
                       ("integration.pip_signed", "2026-10-14", {})]),
        ("asy-pre-decision-ext", [("asylum.lodged", "2025-09-13", {}),
                                  ("asylum.term_extended", "2026-02-02", {"months": 9}),
                                  ("asylum.term_extended", "2026-09-01", {"months": 3})]),
        ("asy-border-procedure", [("asylum.made", "2026-11-01", {"at": "border"}),
                                  ("asylum.registered", "2026-11-02", {}),
                                  ("asylum.lodged", "2026-11-02", {"procedure": "border"})]),
    ],
)  # fmt: skip
def test_the_law_of_the_netherlands_gives_these_once(
    rule: str, events: list[tuple[str, str, dict[str, str | int]]]
) -> None:
    found = [
        Event(kind, date.fromisoformat(on), attributes, f"e{number}")
        for number, (kind, on, attributes) in enumerate(events)
    ]
    given = [s for s in steps(current_lawbook(), *found) if s.rule.id == rule]
    assert len(given) == 1
