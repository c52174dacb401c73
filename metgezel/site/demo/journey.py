"""The events of an invented client, the plan the engine makes of them, and what people did."""

from datetime import timedelta

from metgezel.companion.journeys.case_of_file import attributes_to_json, case_event, person_facts
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.plan_index import index_rows, next_due
from metgezel.engines.rules import Case, Member, plan

from .invented import Client, new_uuid
from .lived_in import add_goals, add_overlays
from .stories import Happening


def add_journey(client: Client, happenings: list[Happening], *, lived_in: float = 0.4) -> None:
    """Add the story, its plan, and with some chance the traces of a companion at work.

    Args:
        lived_in: from 0 (an untouched plan) to 1 (goals, own steps and answers for certain).
    """
    client.rows.events += [_event(client, happening) for happening in happenings]
    if client.random.random() < lived_in / 4:
        _correct_a_day(client)
    if client.random.random() < lived_in:
        add_goals(client)
    found = plan(_case_of(client), current_lawbook(), client.today)
    if client.random.random() < lived_in + 0.3:
        add_overlays(client, found)
    steps = index_rows(client.file, found, client.rows.overlays)
    client.rows.steps += steps
    client.file.law_version = found.version
    client.file.next_due = next_due(steps, client.rows.own_steps)


def _event(client: Client, happening: Happening) -> Event:
    kind, on, attributes = happening
    number = new_uuid(client.random)
    stored = attributes_to_json(attributes.items())
    return Event(
        id=number, root=number, file=client.file, kind=kind, on=on, attributes=stored,
        recorded_by=client.companion,
    )  # fmt: skip


def _correct_a_day(client: Client) -> None:
    """The last event was first recorded a day too late; the old row stays, with the reason."""
    right = client.rows.events.pop()
    later = min(right.on + timedelta(days=1), client.today)
    wrong = Event(
        id=right.root, root=right.root, file=client.file, kind=right.kind, on=later,
        attributes=right.attributes, recorded_by=right.recorded_by, replaced_by=right,
    )  # fmt: skip
    right.id = new_uuid(client.random)
    right.correction_reason = "De datum op de brief was een dag eerder."
    wrong.replaced_by_id = right.id
    client.rows.events += [right, wrong]


def _case_of(client: Client) -> Case:
    vocabulary = current_lawbook().vocabulary
    members = tuple(
        Member(t.key, t.relation, t.relative.birth_date, t.whereabouts, t.family_at_entry)
        for t in client.rows.ties
    )
    events = tuple(case_event(event, vocabulary) for event in client.events)
    return Case(person_facts(client.person), members, events)
