"""What must hold for every file, whatever happened in it."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import Case, Event, Member, PersonFacts, Plan, plan
from metgezel.engines.rules.vocabulary import Attribute, Type

FIRST = date(2025, 1, 1)
ON = date(2027, 6, 1)
LAW = current_lawbook()
days = st.dates(FIRST, ON)
MEMBERS = ("wife", "child")
few = settings(max_examples=30, deadline=None)


def _values(attribute: Attribute) -> st.SearchStrategy[Any]:
    match attribute.type:
        case Type.ENUM:
            return st.sampled_from(sorted(attribute.values))
        case Type.INT:
            return st.integers(attribute.minimum or 0, attribute.maximum or 60)
        case Type.BOOL:
            return st.booleans()
        case Type.DATE:
            return days
        case Type.MEMBER:
            return st.sampled_from(MEMBERS)
        case Type.CODE:
            return st.sampled_from(["ITA", "GM0344"])


@st.composite
def _events(draw: st.DrawFn) -> Event:
    kind = LAW.vocabulary.events[draw(st.sampled_from(sorted(LAW.vocabulary.events)))]
    attributes = {
        a.name: draw(_values(a))
        for a in kind.attributes.values()
        if a.required or draw(st.booleans())
    }
    return Event(kind.kind, draw(days), attributes)


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    person = PersonFacts(
        birth_date=draw(st.none() | st.dates(date(1950, 1, 1), date(2024, 12, 31))),
        nationality=draw(st.sampled_from([None, "SYR", "UKR", "XXA"])),
        unaccompanied_minor=draw(st.sampled_from([None, True, False])),
    )
    household = tuple(
        Member(
            name,
            draw(st.sampled_from(["spouse", "child", "parent", "other"])),
            draw(st.none() | st.dates(date(1950, 1, 1), date(2024, 12, 31))),
            draw(st.sampled_from(["abroad", "netherlands", "unknown"])),
            draw(st.sampled_from([None, True, False])),
        )
        for name in MEMBERS
    )
    found = draw(st.lists(_events(), min_size=1, max_size=8))
    events = tuple(Event(e.kind, e.on, e.attributes, f"e{i}") for i, e in enumerate(found))
    return Case(person, household, events)


def _said(found: Plan) -> Any:
    """A plan as plain values, in the order it is shown."""
    steps = [
        (s.key, s.starts, s.safe, s.due, s.raw, s.state, s.done_on, s.late, s.assumed,
         s.because, tuple(a.key for a in s.alternatives))
        for s in found.steps
    ]  # fmt: skip
    notices = [(n.rule.id, n.member) for n in found.notices]
    return steps, notices, [(q.rule.id, q.fact, q.member) for q in found.questions]


@few
@given(_cases())
def test_no_term_ends_before_it_began(case: Case) -> None:
    for step in plan(case, LAW, ON).steps:
        if step.due is not None and step.raw is not None:
            assert step.due >= step.counted.trigger
            assert step.raw <= step.due


@few
@given(_cases())
def test_the_safe_date_is_a_working_day_and_never_after_the_last_day(case: Case) -> None:
    for step in plan(case, LAW, ON).steps:
        if step.safe is not None:
            assert LAW.calendar.is_working(step.safe)
            assert step.due is not None
            assert step.safe <= step.due


@few
@given(_cases(), st.randoms(use_true_random=False))
def test_the_order_of_events_in_the_file_does_not_matter(case: Case, chance: Any) -> None:
    events = list(case.events)
    chance.shuffle(events)
    shuffled = Case(case.person, case.household, tuple(events))
    assert _said(plan(shuffled, LAW, ON)) == _said(plan(case, LAW, ON))


@few
@given(_cases(), days)
def test_a_correction_equals_having_entered_it_right_the_first_time(case: Case, day: date) -> None:
    wrong, *others = case.events
    right = Event(wrong.kind, day, wrong.attributes, wrong.key)
    plan(case, LAW, ON)  # the plan with the mistake leaves nothing behind
    corrected = Case(case.person, case.household, (*others, right))
    first_time = Case(case.person, case.household, (right, *others))
    assert _said(plan(corrected, LAW, ON)) == _said(plan(first_time, LAW, ON))


@few
@given(_cases())
def test_what_lies_in_the_future_changes_nothing_today(case: Case) -> None:
    on = FIRST + timedelta(days=400)
    past = tuple(event for event in case.events if event.on <= on)
    assert _said(plan(case, LAW, on)) == _said(
        plan(Case(case.person, case.household, past), LAW, on)
    )


@few
@given(_cases())
def test_a_missing_fact_never_makes_a_step_vanish_in_silence(case: Case) -> None:
    """Where a lost right is at stake, less knowledge leaves the step, or a question."""
    known = plan(case, LAW, ON)
    blank = Case(
        PersonFacts(), tuple(Member(m.id, m.relation) for m in case.household), case.events
    )
    found = plan(blank, LAW, ON)
    shown = {s.rule.id for step in found.steps for s in (step, *step.alternatives)}
    for step in known.steps:
        if step.rule.assume_unknown:
            assert step.rule.id in shown or found.questions
