"""Files made from the law itself: every worked example, alone, mixed and added to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import Case, Event, Member, PersonFacts, read_case
from metgezel.engines.rules.vocabulary import Attribute, Type

LAW = current_lawbook()
FIRST = date(2025, 1, 1)
ON = date(2027, 6, 1)
MEMBERS = ("wife", "child")
days = st.dates(FIRST, ON)
births = st.dates(date(1950, 1, 1), date(2024, 12, 31))


@cache
def example_cases() -> tuple[Case, ...]:
    """The case of every example in the law that has one."""
    return tuple(_example_cases())


def _example_cases() -> Iterator[Case]:
    for rule in LAW.rules:
        for example in rule.examples:
            if "count" not in example.data:
                content = {k: v for k, v in example.data.items() if k in ("household", "events")}
                content["person"] = example.data.get("person", {})
                yield keyed(read_case(content, LAW.vocabulary))


def keyed(case: Case) -> Case:
    """The case with keys that tell its events apart."""
    events = tuple(replace(event, key=f"e{number}") for number, event in enumerate(case.events))
    return replace(case, events=events)


def last_day(case: Case) -> date:
    """A day by which everything in the case has happened."""
    return max([ON, *(event.on for event in case.events)])


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
def events(draw: st.DrawFn) -> Event:
    """Any event of the vocabulary, with any of its attributes."""
    kind = LAW.vocabulary.events[draw(st.sampled_from(sorted(LAW.vocabulary.events)))]
    attributes = {
        a.name: draw(_values(a))
        for a in kind.attributes.values()
        if a.required or draw(st.booleans())
    }
    return Event(kind.kind, draw(days), attributes)


@st.composite
def people(draw: st.DrawFn) -> PersonFacts:
    """Anybody, of whom some things may be unknown."""
    return PersonFacts(
        birth_date=draw(st.none() | births),
        nationality=draw(st.sampled_from([None, "SYR", "UKR", "XXA"])),
        unaccompanied_minor=draw(st.sampled_from([None, True, False])),
    )


@st.composite
def members(draw: st.DrawFn, name: str) -> Member:
    """Anybody of a household."""
    return Member(
        name,
        draw(st.sampled_from(["spouse", "partner", "child", "parent", "sibling", "other"])),
        draw(st.none() | births),
        draw(st.sampled_from(["abroad", "netherlands", "unknown"])),
        draw(st.sampled_from([None, True, False])),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """The events of up to three examples, of any rules, with others strewn in."""
    base = draw(st.lists(st.sampled_from(example_cases()), max_size=3))
    person = draw(st.sampled_from([case.person for case in base]) if base else people())
    household = {name: draw(members(name)) for name in MEMBERS}
    household |= {member.id: member for case in base for member in case.household}
    found = [event for case in base for event in case.events]
    found += draw(st.lists(events(), min_size=not found, max_size=6))
    return keyed(Case(person, tuple(household.values()), tuple(found)))
