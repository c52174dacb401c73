"""A file's people and events in the form the rules engine reads."""

from collections.abc import Iterable
from datetime import date

from metgezel.engines.rules import Case, Member, PersonFacts
from metgezel.engines.rules import Event as CaseEvent
from metgezel.engines.rules.vocabulary import Type, Value, Vocabulary
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person

from .models import Event


def case_of(file: ClientFile, vocabulary: Vocabulary) -> Case:
    """Everything the engine needs to know about a file: three queries."""
    ties = file.family_ties.select_related("relative").order_by("key")
    return case_from(file, ties, Event.objects.filter(file=file).current(), vocabulary)


def case_from(
    file: ClientFile, ties: Iterable[FamilyTie], events: Iterable[Event], vocabulary: Vocabulary
) -> Case:
    """The same from rows at hand: ties by key, and the events that stand, in any order."""
    members = tuple(
        Member(
            tie.key,
            tie.relation,
            birth_date_of(tie.relative),
            tie.whereabouts,
            tie.family_at_entry,
        )
        for tie in ties
    )
    in_order = sorted(events, key=lambda event: (event.on, event.pk))
    return Case(
        person_facts(file.person),
        members,
        tuple(case_event(event, vocabulary) for event in in_order),
    )


def birth_date_of(person: Person) -> date | None:
    """The day of birth, where it is known to the day; a year alone decides no term."""
    return person.birth_date if person.birth_date_precision == "day" else None


def person_facts(person: Person) -> PersonFacts:
    """What the rules read of a person."""
    return PersonFacts(
        birth_date=birth_date_of(person),
        nationality=person.nationality or None,
        unaccompanied_minor=person.unaccompanied_minor,
        municipality=person.municipality or None,
    )


def case_event(event: Event, vocabulary: Vocabulary) -> CaseEvent:
    """One event; its key is its root, which survives corrections."""
    attributes = attributes_from_json(event.kind, event.attributes, vocabulary)
    return CaseEvent(event.kind, event.on, attributes, str(event.root))


def attributes_from_json(
    kind: str, attributes: dict[str, object], vocabulary: Vocabulary
) -> dict[str, Value]:
    """Stored attributes with their dates read back."""
    found: dict[str, Value] = {}
    for name, value in attributes.items():
        attribute = vocabulary.attribute(kind, name)
        if attribute is not None and attribute.type is Type.DATE and isinstance(value, str):
            found[name] = date.fromisoformat(value)
        elif isinstance(value, (int, str, bool)):
            found[name] = value
    return found


def attributes_to_json(attributes: Iterable[tuple[str, Value]]) -> dict[str, object]:
    """Attributes as they are stored: dates as text."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in attributes}
