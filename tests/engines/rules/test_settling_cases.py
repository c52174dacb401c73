"""Whole files, from reception to civic integration: what must come out, and what must not."""

from datetime import date
from pathlib import Path

import pytest

from metgezel.engines.rules import LawBook, Plan, plan, read_case, read_lawbook

LAW = Path(__file__).parents[3] / "law" / "nl"


@pytest.fixture(scope="module")
def law() -> LawBook:
    return read_lawbook({path.name: path.read_text("utf-8") for path in LAW.glob("*.yaml")})


def due(result: Plan, rule: str) -> dict[str | None, date | None]:
    return {step.member: step.due for step in result.steps if step.rule.id == rule}


def notices(result: Plan) -> set[tuple[str, str | None]]:
    return {(notice.rule.id, notice.member) for notice in result.notices}


def child(name: str, born: str) -> dict[str, object]:
    return {
        "id": name,
        "relation": "child",
        "birth_date": born,
        "whereabouts": "abroad",
        "family_at_entry": True,
    }


def test_no_departure_date_while_the_appeal_suspends_it(law: LawBook) -> None:
    case = read_case(
        {
            "person": {"birth_date": "1990-05-01"},
            "events": [
                {"kind": "asylum.lodged", "on": "2026-07-01", "procedure": "ordinary"},
                {"kind": "asylum.decision", "on": "2026-12-11", "outcome": "unfounded"},
                {"kind": "return.decision", "on": "2026-12-11", "weeks": 4},
                {"kind": "court.appeal_filed", "on": "2026-12-21"},
            ],
        },
        law.vocabulary,
    )
    result = plan(case, law, date(2026, 12, 22))
    assert not due(result, "ret-4w")
    assert not due(result, "rec-end-rejected")
    assert ("rec-right", None) in notices(result)
    assert ("ret-entry-ban", None) not in notices(result)


def test_a_refugees_wife_and_minors_have_three_months_and_an_adult_son_a_lawyer(
    law: LawBook,
) -> None:
    wife = {**child("wife", "1988-01-01"), "relation": "spouse"}
    minors = [child("daughter", "2012-01-01"), child("son", "2016-01-01")]
    case = read_case(
        {
            "person": {"birth_date": "1985-05-01"},
            "household": [wife, *minors, child("adult-son", "2006-01-01")],
            "events": [
                {"kind": "asylum.decision", "on": "2026-09-25", "outcome": "refugee"},
                {"kind": "family.applied", "on": "2026-12-01", "member": "wife"},
            ],
        },
        law.vocabulary,
    )
    result = plan(case, law, date(2026, 12, 2))
    christmas = date(2026, 12, 28)
    assert due(result, "fam-nareis-refugee-3m") == dict.fromkeys(
        ("wife", "daughter", "son"), christmas
    )
    assert due(result, "fam-nareis-decision-9m") == {"wife": date(2027, 9, 1)}
    assert [n for n in notices(result) if n[0] == "fam-nareis-who"] == [
        ("fam-nareis-who", "adult-son")
    ]


def test_integration_steps_come_without_a_decision_on_file_with_one_question(
    law: LawBook,
) -> None:
    case = read_case(
        {
            "person": {},
            "events": [
                {"kind": "brp.registered", "on": "2026-10-05"},
                {"kind": "integration.pip_signed", "on": "2026-12-10"},
            ],
        },
        law.vocabulary,
    )
    result = plan(case, law, date(2026, 12, 11))
    assert due(result, "wi-pip-10w") == {None: date(2026, 12, 14)}
    assert due(result, "wi-3y") == {None: date(2029, 12, 10)}
    assert [s.starts for s in result.steps if s.rule.id == "wi-extend"] == [date(2029, 6, 10)]
    assert ("wi-loan", None) in notices(result)
    assert [question.fact for question in result.questions] == ["asylum.status"]


def test_an_unaccompanied_minor_goes_to_school_and_has_a_guardian(law: LawBook) -> None:
    case = read_case(
        {
            "person": {"birth_date": "2010-03-01", "unaccompanied_minor": True},
            "events": [
                {"kind": "asylum.made", "on": "2026-09-14"},
                {"kind": "asylum.lodged", "on": "2026-10-07", "procedure": "ordinary"},
            ],
        },
        law.vocabulary,
    )
    result = plan(case, law, date(2026, 10, 8))
    assert due(result, "rec-school") == {None: date(2026, 12, 7)}
    assert ("rec-nidos", None) in notices(result)
    assert not due(result, "work-applicant-6m")


def test_no_text_threatens_someone_in_civic_integration_with_an_amount(law: LawBook) -> None:
    texts = [
        text
        for rule in law.rules
        if rule.track == "integration"
        for text in (*rule.title.values(), *rule.what.values(), *rule.if_lapsed.values())
    ]
    assert texts
    assert not [text for text in texts if "€" in text or "euro" in text.lower() or "EUR" in text]


def test_only_what_can_still_decide_is_asked(law: LawBook) -> None:
    spouse = {"id": "wife", "relation": "spouse", "whereabouts": "abroad"}
    case = read_case(
        {
            "person": {},
            "household": [spouse],
            "events": [
                {"kind": "asylum.lodged", "on": "2026-07-01"},
                {"kind": "asylum.decision", "on": "2026-11-13", "outcome": "refugee"},
            ],
        },
        law.vocabulary,
    )
    asked = {q.fact for q in plan(case, law, date(2026, 11, 14)).questions if q.member == "wife"}
    assert asked == {"member.family_at_entry"}
