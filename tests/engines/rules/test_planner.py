"""One rule at a time: what closes a step, for whom it is, and what is asked."""

from datetime import date

import pytest

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import (
    Case,
    Event,
    LawBook,
    Member,
    PersonFacts,
    Plan,
    Step,
    check_case,
    plan,
    read_lawbook,
    state_of,
)
from tests.engines.rules.small_law import changed, files

FRIDAY = date(2026, 12, 11)
LAST = date(2026, 12, 28)
REFUSED = Event("asylum.decision", FRIDAY, {"outcome": "unfounded"}, "refusal")


def law(old: str = "loss: 5", new: str = "loss: 5") -> LawBook:
    return read_lawbook(files(changed(old, new)))


def planned(lawbook: LawBook, *events: Event, on: date = date(2027, 3, 1)) -> Plan:
    household = (Member("wife", "spouse"), Member("child", "child", date(2015, 1, 1)))
    return plan(Case(PersonFacts(), household, events), lawbook, on)


def only(found: Plan) -> Step:
    [step] = found.steps
    return step


def test_the_awaited_event_makes_a_step_done_in_time() -> None:
    step = only(planned(law(), REFUSED, Event("court.appeal_filed", LAST)))
    assert (step.state, step.done_on, step.late) == ("done", LAST, False)


def test_the_awaited_event_a_day_later_is_late() -> None:
    step = only(planned(law(), REFUSED, Event("court.appeal_filed", date(2026, 12, 29))))
    assert (step.state, step.late) == ("done", True)


def test_an_event_from_before_the_trigger_closes_nothing() -> None:
    step = only(planned(law(), REFUSED, Event("court.appeal_filed", date(2026, 12, 10))))
    assert (step.state, step.done_on) == ("lapsed", None)


def test_a_passed_term_is_overdue_where_acting_still_helps() -> None:
    lawbook = law("lapse: right_lost", "lapse: still_helps")
    assert only(planned(lawbook, REFUSED)).state == "overdue"


def test_an_event_that_ends_a_step_leaves_it_as_not_applicable() -> None:
    lawbook = law("loss: 5", "loss: 5\n    ended_by: [asylum.absconded]")
    step = only(planned(lawbook, REFUSED, Event("asylum.absconded", date(2026, 12, 20))))
    assert step.state == "not_applicable"


def test_a_term_starts_again_from_the_latest_restart() -> None:
    lawbook = law("loss: 5", "loss: 5\n    restart_by: [court.judgment]")
    judgments = [
        Event("court.judgment", date(2027, 1, day), {"outcome": "unfounded"}) for day in (4, 11)
    ]
    step = only(planned(lawbook, REFUSED, *judgments))
    assert step.due == date(2027, 1, 25)
    assert [reason.event for reason in step.because if reason.event] == [
        "asylum.decision",
        "court.judgment",
    ]


def test_a_restart_before_the_trigger_changes_nothing() -> None:
    lawbook = law("loss: 5", "loss: 5\n    restart_by: [court.judgment]")
    before = Event("court.judgment", date(2026, 12, 1), {"outcome": "unfounded"})
    assert only(planned(lawbook, before, REFUSED)).due == LAST


def test_each_of_two_decisions_has_its_own_step_and_its_own_appeal() -> None:
    second = Event("asylum.decision", date(2027, 2, 1), {"outcome": "unfounded"}, "second")
    found = planned(law(), second, REFUSED, Event("court.appeal_filed", date(2026, 12, 14)))
    assert [(step.event.key, step.done_on) for step in found.steps] == [
        ("refusal", date(2026, 12, 14)),
        ("second", None),
    ]


def test_an_event_about_one_member_leaves_the_others_open() -> None:
    lawbook = law("done_by: [court.appeal_filed]", "each: member\n    done_by: [family.arrived]")
    found = planned(lawbook, REFUSED, Event("family.arrived", LAST, {"member": "wife"}))
    assert {step.member: step.done_on for step in found.steps} == {"wife": LAST, "child": None}


def test_a_member_rule_asks_for_the_member_of_whom_something_is_unknown() -> None:
    lawbook = law("when: event.outcome == unfounded", "each: member\n    when: member.age < 18")
    found = planned(lawbook, REFUSED)
    assert [step.member for step in found.steps] == ["child"]
    assert [(q.fact, q.member) for q in found.questions] == [("member.age", "wife")]


def test_an_unknown_fact_is_asked_and_no_date_is_invented() -> None:
    lawbook = law("event.outcome == unfounded", "event.procedure == aa")
    found = planned(lawbook, REFUSED)
    assert found.steps == ()
    assert [question.fact for question in found.questions] == ["event.procedure"]


def test_where_a_right_would_be_lost_an_unknown_fact_shows_the_step_as_assumed() -> None:
    lawbook = law("event.outcome == unfounded", "event.procedure == aa\n    unknown: assume")
    found = planned(lawbook, REFUSED)
    assert only(found).assumed
    assert [question.fact for question in found.questions] == ["event.procedure"]


def test_a_fact_that_cannot_matter_is_not_asked() -> None:
    lawbook = law("event.outcome == unfounded", "event.outcome == refugee and person.age < 18")
    found = planned(lawbook, REFUSED)
    assert (found.steps, found.questions) == ((), ())


def test_a_term_without_its_anchor_asks_for_the_anchor() -> None:
    lawbook = law("term: {weeks: 2}", "term: {weeks: 2, anchor: asylum.lodged}")
    found = planned(lawbook, REFUSED)
    assert found.steps == ()
    assert [question.fact for question in found.questions] == ["asylum.lodged.on"]


def test_of_candidates_the_earliest_is_kept_and_the_other_listed() -> None:
    first = changed("loss: 5", "loss: 5\n    candidates: appeal")
    second = first.replace("pack: small", "pack: other").replace("id: appeal", "id: sooner")
    lawbook = read_lawbook(files(first, other=second.replace("weeks: 2", "weeks: 1")))
    step = only(planned(lawbook, REFUSED))
    assert (step.rule.id, step.due) == ("sooner", date(2026, 12, 18))
    assert [other.rule.id for other in step.alternatives] == ["appeal"]


def test_a_rule_outside_its_validity_is_not_law() -> None:
    assert planned(law("loss: 5", "loss: 5\n    valid: {from: 2026-12-12}"), REFUSED).steps == ()
    assert planned(law("loss: 5", "loss: 5\n    valid: {until: 2026-12-10}"), REFUSED).steps == ()
    found = planned(law("loss: 5", "loss: 5\n    valid: {from: 2026-12-11}"), REFUSED)
    assert len(found.steps) == 1


def test_events_after_the_day_of_the_plan_are_left_out() -> None:
    assert planned(law(), REFUSED, on=date(2026, 12, 10)).steps == ()


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-11-01", "upcoming"),
        ("2026-12-01", "open"),
        ("2026-12-09", "open"),
        ("2026-12-10", "due_soon"),
        ("2026-12-28", "due_soon"),
        ("2026-12-29", "lapsed"),
    ],
)
def test_the_state_of_a_step_follows_the_day(on: str, state: str) -> None:
    found = state_of(
        date(2026, 12, 1), date(2026, 12, 24), LAST, None, False, "right_lost",
        date.fromisoformat(on),
    )  # fmt: skip
    assert found == state


def test_what_becomes_possible_opens_on_its_day_and_stays_open() -> None:
    opens = date(2026, 12, 15)
    args = (opens, None, None, None, False, "still_helps")
    assert state_of(*args, date(2026, 12, 14)) == "upcoming"
    assert state_of(*args, opens) == "open"
    assert state_of(*args, date(2030, 1, 1)) == "open"


def test_done_is_done_even_where_the_step_no_longer_matters() -> None:
    assert state_of(FRIDAY, LAST, LAST, FRIDAY, True, "right_lost", date(2027, 1, 1)) == "done"


@pytest.mark.parametrize(
    ("birth", "events", "says"),
    [
        (None, [Event("asylum.absconded", date(2027, 1, 1), {}, "x")], "future"),
        (date(2027, 1, 1), [REFUSED], "before the birth"),
        (None, [REFUSED, Event("asylum.lodged", date(2026, 12, 12), {}, "x")],
         "before the application"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_said(birth: date | None, events: list[Event], says: str) -> None:
    case = Case(PersonFacts(birth), (), tuple(events))
    vocabulary = current_lawbook().vocabulary
    [problem] = check_case(case, vocabulary, date(2026, 12, 31))
    assert says in problem.message["en"]
    assert problem.message["nl"]
    assert problem.where in {event.key for event in events}
