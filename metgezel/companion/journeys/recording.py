"""Record, correct and withdraw events; each in one transaction with the plan it changes."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from metgezel.engines.rules import Case, CaseErrors, CaseProblem, check_case, plan, read_case
from metgezel.engines.rules import Event as CaseEvent
from metgezel.engines.rules.counting import DayOutOfRange
from metgezel.engines.rules.vocabulary import Texts
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .case_of_file import attributes_to_json, case_event, case_of
from .changes import TOO_FAR, ChangeRefused, Done, StaleFile, finish_change, lock_file
from .lawbook import current_lawbook
from .models import Event, What
from .plan_compare import PlanChange, compare_plans

__all__ = [
    "EventRefused",
    "NewEvent",
    "PlanChange",
    "StaleFile",
    "compare_plans",
    "correct_event",
    "finish_change",
    "lock_file",
    "preview",
    "preview_withdrawal",
    "record_event",
    "withdraw_event",
]

NEEDS_REASON: Texts = {
    "nl": "schrijf kort waarom u dit verandert; zonder reden kan het niet",
    "en": "write shortly why you change this; it cannot be without a reason",
}
EventRefused = ChangeRefused


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event as entered. `attributes` holds plain values (dates as ISO text)."""

    kind: str
    on: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    document_reference: str = ""


def record_event(
    file: ClientFile, user: User | None, version: int, entered: NewEvent, today: date
) -> Event:
    """Add an event and compute the plan again. Raises EventRefused, StaleFile."""
    with transaction.atomic():
        locked = lock_file(file, version)
        checked = _checked(locked, entered, today)
        event = _store(locked, user, entered, checked, uuid.uuid4())
        finish_change(locked, today, Done(user, What.RECORDED, event.pk))
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
    """What recording (or correcting) would change; stores nothing. Raises EventRefused."""
    root = str(replaced.root) if replaced else "new"
    return _with_events(file, today, root, [_checked(file, entered, today, root)])


def preview_withdrawal(event: Event, today: date) -> PlanChange:
    """What taking an event back would change; stores nothing."""
    return _with_events(event.file, today, str(event.root), ())


def _with_events(
    file: ClientFile, today: date, root: str, instead: Iterable[CaseEvent]
) -> PlanChange:
    lawbook = current_lawbook()
    before = case_of(file, lawbook.vocabulary)
    kept = tuple(event for event in before.events if event.key != root)
    after = Case(before.person, before.household, (*kept, *instead))
    try:
        return compare_plans(plan(before, lawbook, today), plan(after, lawbook, today))
    except DayOutOfRange:
        raise EventRefused([("on", TOO_FAR)]) from None


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
        raise EventRefused([("reason", NEEDS_REASON)])
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
        what = What.WITHDRAWN if withdrawn else What.CORRECTED
        finish_change(locked, today, Done(user, what, new.pk))
    return new


def _checked(file: ClientFile, entered: NewEvent, today: date, root: str = "new") -> CaseEvent:
    """The entered event, read and held against the rest of the file. Raises EventRefused.

    `root` is that of the event it replaces; a sentence about another event names that one.
    """
    vocabulary = current_lawbook().vocabulary
    case = case_of(file, vocabulary)
    event = _read(case, entered, root)
    others = tuple(e for e in case.events if e.key != root)
    whole = Case(case.person, case.household, (*others, event))
    known = {problem.where for problem in check_case(case, vocabulary, today)}
    wrong = [
        ("on", problem.spoken)
        for problem in check_case(whole, vocabulary, today)
        if problem.where == root or problem.where not in known
    ]
    if wrong:
        raise EventRefused(wrong)
    return event


def _read(case: Case, entered: NewEvent, root: str) -> CaseEvent:
    """The entered event in the engine's form. Raises EventRefused."""
    household = [{"id": m.id, "relation": m.relation} for m in case.household]
    content = {k: v for k, v in entered.attributes.items() if v not in (None, "")}
    content |= {"kind": entered.kind, "on": entered.on}
    whole = {"person": {}, "household": household, "events": [content]}
    try:
        read = read_case(whole, current_lawbook().vocabulary)
    except CaseErrors as errors:
        raise EventRefused([_by_field(problem) for problem in errors.found]) from None
    return CaseEvent(entered.kind, read.events[0].on, read.events[0].attributes, root)


def _by_field(problem: CaseProblem) -> tuple[str, Texts]:
    """The field at the end of `events[0].on`, and the sentence."""
    return problem.where.rpartition(".")[2], problem.spoken


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
