"""An unknown fact never makes a step vanish in silence.

What must hold, for every step that comes out when a fact is known, once that fact is forgotten:
- where the rule says `unknown: assume`, the step itself is still there, marked as assumed or held
  by other facts;
- in every other rule, the step is there, or a question names an unknown fact the rule reads.
Three rules ask themselves whether a fact is `known` and say nothing when it is not; they are named
in SAYS_NOTHING, so that a fourth is noticed.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from metgezel.engines.rules import Case, Plan, Rule, Step, plan
from metgezel.engines.rules.law import Once
from metgezel.engines.rules.vocabulary import Type
from tests.engines.rules.law_cases import LAW, cases, example_cases, last_day

# rules that hold only where this is known; registering and deciding have rules without it
SAYS_NOTHING = {
    ("asy-screening-border", "asylum.made.at"),
    ("asy-screening-inland", "asylum.made.at"),
    ("asy-border-procedure", "asylum.made.at"),
    ("asy-border-procedure", "asylum.lodged.procedure"),
}
FORGETTABLE = ("birth_date", "whereabouts", "family_at_entry")
Forgotten = tuple[str, Case]  # what was forgotten, and the case without it


def forgetting(case: Case) -> Iterator[Forgotten]:
    """The case once per fact, without that fact. The tie and what happened stay known."""
    for name in ("birth_date", "unaccompanied_minor"):
        if getattr(case.person, name) is not None:
            nothing: dict[str, Any] = {name: None}
            yield f"person.{name}", replace(case, person=replace(case.person, **nothing))
    for place, member in enumerate(case.household):
        for name in FORGETTABLE:
            blank: dict[str, Any] = {name: "unknown" if name == "whereabouts" else None}
            if getattr(member, name) != blank[name]:
                household = list(case.household)
                household[place] = replace(member, **blank)
                yield f"member.{name}", replace(case, household=tuple(household))
    for place, event in enumerate(case.events):
        for name in event.attributes:
            attribute = LAW.vocabulary.attribute(event.kind, name)
            if attribute and attribute.type is not Type.MEMBER and attribute.default is None:
                attributes = {k: v for k, v in event.attributes.items() if k != name}
                events = list(case.events)
                events[place] = replace(event, attributes=attributes)
                yield f"{event.kind}.{name}", replace(case, events=tuple(events))


def read_by(rule: Rule) -> frozenset[str]:
    """Every fact the rule reads, in its condition or its terms."""
    conditions = [rule.when, *(c for case in rule.terms for c in (case.when, case.amount))]
    return frozenset(name for c in conditions if c for name in c.names)


def places(found: Plan) -> set[tuple[str, str, str]]:
    return {place(step) for shown in found.steps for step in (shown, *shown.alternatives)}


def place(step: Step) -> tuple[str, str, str]:
    """Which step it is; one that is given once may now start from another event."""
    event = step.event.key if step.rule.once is Once.NO else ""
    return step.rule.id, event, step.member or ""


def vanished(case: Case, forgotten: str, without: Case) -> list[str]:
    """The steps that went without a word."""
    on = last_day(case)
    known, found = plan(case, LAW, on), plan(without, LAW, on)
    left = places(found)
    asked = {(q.fact, q.member or "") for q in found.questions}
    return [
        f"{step.rule.id} without {forgotten}"
        for shown in known.steps
        for step in (shown, *shown.alternatives)
        if place(step) not in left
        and (step.rule.id, forgotten) not in SAYS_NOTHING
        and (step.rule.assume_unknown or not _is_asked(step, asked))
    ]


def _is_asked(step: Step, asked: set[tuple[str, str]]) -> bool:
    return any(
        (name, step.member or "" if name.startswith("member.") else "") in asked
        for name in read_by(step.rule)
    )


def test_in_no_example_of_the_law_does_a_step_vanish_with_one_fact() -> None:
    tried = 0
    for case in example_cases():
        for forgotten, without in forgetting(case):
            tried += 1
            assert vanished(case, forgotten, without) == []
    assert tried > 250


@settings(max_examples=100, deadline=None)
@given(cases(), st.data())
def test_a_missing_fact_never_makes_a_step_vanish_in_silence(
    case: Case, data: st.DataObject
) -> None:
    facts = list(forgetting(case))
    if facts:
        forgotten, without = data.draw(st.sampled_from(facts))
        assert vanished(case, forgotten, without) == []
