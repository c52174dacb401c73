"""What must hold for every file, whatever happened in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from metgezel.companion.journeys.lawbook import DEFAULT_LAW, read_law_directory
from metgezel.engines.rules import Case, Event, Plan, plan
from metgezel.engines.rules.law import Kind
from tests.engines.rules.law_cases import FIRST, LAW, cases, example_cases, last_day
from tests.engines.rules.law_cases import events as any_event

UNTOUCHED_LAW = read_law_directory(DEFAULT_LAW)
rich = settings(max_examples=100, deadline=None)


def said(found: Plan) -> Any:
    """A plan as plain values, in the order it is shown."""
    steps = [
        (s.key, s.starts, s.safe, s.due, s.raw, s.state, s.done_on, s.late, s.assumed,
         s.because, tuple(a.key for a in s.alternatives))
        for s in found.steps
    ]  # fmt: skip
    notices = [(n.rule.id, n.member, n.because) for n in found.notices]
    return steps, notices, [(q.rule.id, q.fact, q.member, q.ask) for q in found.questions]


def planned(case: Case) -> Plan:
    return plan(case, LAW, last_day(case))


def test_the_examples_reach_every_rule() -> None:
    reached = set()
    for case in example_cases():
        for on in {event.on for event in case.events}:
            found = plan(case, LAW, on)
            shown = [step for s in found.steps for step in (s, *s.alternatives)]
            reached |= {step.rule.id for step in shown}
            reached |= {notice.rule.id for notice in found.notices}
    counting = {rule.id for rule in LAW.rules if rule.kind is Kind.COUNTING}
    assert {rule.id for rule in LAW.rules} - counting <= reached


@rich
@given(cases())
def test_no_term_ends_before_it_began(case: Case) -> None:
    for step in planned(case).steps:
        if step.due is not None and step.raw is not None:
            assert step.due >= step.counted.trigger
            assert step.raw <= step.due


@rich
@given(cases())
def test_the_safe_date_is_a_working_day_within_the_term(case: Case) -> None:
    calendar = LAW.calendar
    for shown in planned(case).steps:
        for step in (shown, *shown.alternatives):
            trigger = step.counted.trigger
            if step.safe is not None:
                assert step.due is not None
                assert calendar.is_working(step.safe)
                assert trigger <= step.safe <= step.due
                # no later working day lies before the unrolled end, so it is not too careful
                assert step.raw is not None
                assert step.safe == calendar.on_or_before(step.raw) or step.safe >= step.raw
            elif step.due is not None:
                span = range((step.due - trigger).days + 1)
                assert not any(calendar.is_working(trigger + timedelta(day)) for day in span)


@rich
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_events_in_the_file_does_not_matter(case: Case, chance: Any) -> None:
    shuffled = list(case.events)
    chance.shuffle(shuffled)
    assert said(planned(replace(case, events=tuple(shuffled)))) == said(planned(case))


@rich
@given(cases())
def test_the_order_does_not_matter_where_only_attributes_tell_events_apart(case: Case) -> None:
    """Two decisions of one day, in a file whose events have no keys."""
    found = [replace(event, key="") for event in case.events]
    twins = [twin for event in found for twin in (event, otherwise(event))]
    there, back = (replace(case, events=tuple(order)) for order in (twins, reversed(twins)))
    assert said(planned(there)) == said(planned(back))


def otherwise(event: Event) -> Event:
    """The same event with the other or next value of each attribute that has a list of values."""
    attributes = dict(event.attributes)
    for attribute in LAW.vocabulary.events[event.kind].attributes.values():
        values = sorted(attribute.values)
        if attribute.name in attributes and values:
            place = values.index(str(attributes[attribute.name]))
            attributes[attribute.name] = values[place - 1]
    return replace(event, attributes=attributes)


@rich
@given(cases(), st.data(), any_event())
def test_a_correction_equals_having_entered_it_right_the_first_time(
    case: Case, data: st.DataObject, entered: Event
) -> None:
    """Whatever was wrong (day, kind or attribute), the mistake leaves nothing behind.

    The law that planned the mistake is compared with one that never saw it.
    """
    place = data.draw(st.integers(0, len(case.events) - 1))
    before, right, after = case.events[:place], case.events[place], case.events[place + 1 :]
    mistake = replace(entered, key=right.key)
    on = last_day(case)
    plan(replace(case, events=(*before, mistake, *after)), LAW, on)
    corrected = replace(case, events=(*before, *after, right))
    assert said(plan(corrected, LAW, on)) == said(plan(case, UNTOUCHED_LAW, on))


@rich
@given(cases(), st.integers(0, 880))
def test_what_lies_in_the_future_changes_nothing_today(case: Case, later: int) -> None:
    on = FIRST + timedelta(days=later)
    past = tuple(event for event in case.events if event.on <= on)
    assert said(plan(case, LAW, on)) == said(plan(replace(case, events=past), LAW, on))
