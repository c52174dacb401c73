"""Record, correct and withdraw events; each in one transaction with the plan it changes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from metgezel.engines.rules import Case, CaseErrors, Plan, Step, check_case, plan, read_case
from metgezel.engines.rules import Event as CaseEvent
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .case_of_file import attributes_to_json, case_event, case_of
from .lawbook import current_lawbook
from .models import Event
from .plan_index import recompute_plan


class EventRefused(ValueError):
    """What was entered cannot be true; nothing was stored. `problems` are (field, sentence)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(sentence for _, sentence in problems))
        self.problems = problems


class StaleFile(Exception):
    """Somebody else changed the file meanwhile; nothing was stored and nothing is lost."""

    def __init__(self, theirs: int, yours: int) -> None:
        super().__init__(f"the file is at version {theirs}, not {yours}")
        self.theirs = theirs
        self.yours = yours


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event as entered. `attributes` holds plain values (dates as ISO text)."""

    kind: str
    on: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    document_reference: str = ""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What an event would do to the plan."""

    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    changed: tuple[tuple[Step, Step], ...]
    plan: Plan


def record_event(
    file: ClientFile, user: User | None, version: int, entered: NewEvent, today: date
) -> Event:
    """Add an event and compute the plan again. Raises EventRefused, StaleFile."""
    with transaction.atomic():
        locked = lock_file(file, version)
        checked = _checked(locked, entered, today)
        event = _store(locked, user, entered, checked, uuid.uuid4())
        finish_change(locked, today)
    return event


def correct_event(
    event: Event, user: User | None, version: int, entered: NewEvent, reason: str, today: date
) -> Event:
    """Replace an event by what really happened; the old row stays, with the reason."""
    return _replace(event, user, version, entered, reason, today, withdrawn=False)


def withdraw_event(
    event: Event, user: User | None, version: int, reason: str, today: date
) -> Event:
    """Say that an event did not happen; the old row stays, with the reason."""
    entered = NewEvent(event.kind, event.on.isoformat(), event.attributes)
    return _replace(event, user, version, entered, reason, today, withdrawn=True)


def preview(
    file: ClientFile, entered: NewEvent, today: date, replaced: Event | None = None
) -> PlanChange:
    """What recording (or correcting) would change in the plan; stores nothing."""
    lawbook = current_lawbook()
    before = case_of(file, lawbook.vocabulary)
    root = str(replaced.root) if replaced else "new"
    checked = _checked(file, entered, today, root)
    kept = tuple(event for event in before.events if event.key != root)
    after = Case(before.person, before.household, (*kept, checked))
    return _change(plan(before, lawbook, today), plan(after, lawbook, today))


def lock_file(file: ClientFile, version: int) -> ClientFile:
    """The file, locked for this transaction, if nobody changed it since. Raises StaleFile."""
    locked = ClientFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if locked.version != version:
        raise StaleFile(locked.version, version)
    return locked


def finish_change(locked: ClientFile, today: date) -> None:
    """Give the file its next version and compute its plan."""
    locked.version += 1
    locked.save(update_fields=["version"])
    recompute_plan(locked, today)


def _replace(
    event: Event,
    user: User | None,
    version: int,
    entered: NewEvent,
    reason: str,
    today: date,
    *,
    withdrawn: bool,
) -> Event:
    if not reason.strip():
        raise EventRefused([("reason", "a correction needs a reason")])
    with transaction.atomic():
        locked = lock_file(event.file, version)
        old = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if old.replaced_by_id is not None:
            raise StaleFile(locked.version, version)
        # What cannot be true any more must still be possible to take back.
        if withdrawn:
            checked = case_event(old, current_lawbook().vocabulary)
        else:
            checked = _checked(locked, entered, today, str(old.root))
        new = _store(locked, user, entered, checked, old.root, reason.strip(), withdrawn)
        Event.objects.filter(pk=old.pk).update(replaced_by=new)
        finish_change(locked, today)
    return new


def _checked(file: ClientFile, entered: NewEvent, today: date, root: str = "new") -> CaseEvent:
    """The entered event, read and held against the rest of the file. Raises EventRefused."""
    vocabulary = current_lawbook().vocabulary
    case = case_of(file, vocabulary)
    household = [{"id": m.id, "relation": m.relation} for m in case.household]
    content = {**{k: v for k, v in entered.attributes.items() if v not in (None, "")}}
    content |= {"kind": entered.kind, "on": entered.on}
    try:
        read = read_case({"person": {}, "household": household, "events": [content]}, vocabulary)
    except CaseErrors as errors:
        raise EventRefused([_by_field(problem) for problem in errors.problems]) from None
    event = CaseEvent(entered.kind, read.events[0].on, read.events[0].attributes, root)
    others = tuple(e for e in case.events if e.key != root)
    whole = Case(case.person, case.household, (*others, event))
    known = {problem.where for problem in check_case(case, vocabulary, today)}
    wrong = [
        ("on", problem.message["nl"])
        for problem in check_case(whole, vocabulary, today)
        if problem.where == root or problem.where not in known
    ]
    if wrong:
        raise EventRefused(wrong)
    return event


def _by_field(problem: str) -> tuple[str, str]:
    """Turn `events[0].on: sentence` into the field and the sentence."""
    path, _, sentence = problem.partition(": ")
    return path.rpartition(".")[2], sentence


def _store(
    file: ClientFile,
    user: User | None,
    entered: NewEvent,
    checked: CaseEvent,
    root: uuid.UUID,
    reason: str = "",
    withdrawn: bool = False,
) -> Event:
    return Event.objects.create(
        file=file,
        root=root,
        kind=checked.kind,
        on=checked.on,
        attributes=attributes_to_json(checked.attributes.items()),
        note=entered.note,
        document_reference=entered.document_reference,
        recorded_by=user,
        correction_reason=reason,
        withdrawn=withdrawn,
    )


def _change(before: Plan, after: Plan) -> PlanChange:
    old = {step.key: step for step in before.steps}
    new = {step.key: step for step in after.steps}
    return PlanChange(
        added=tuple(step for key, step in new.items() if key not in old),
        removed=tuple(step for key, step in old.items() if key not in new),
        changed=tuple(
            (old[key], step)
            for key, step in new.items()
            if key in old and _dates(old[key]) != _dates(step)
        ),
        plan=after,
    )


def _dates(step: Step) -> tuple[object, ...]:
    return step.starts, step.safe, step.due, step.state
