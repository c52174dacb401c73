"""Adding a line to the journal: in the transaction of the change it is about."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from metgezel.foundation.access.reach import reach_of
from metgezel.foundation.association.models import Membership, Unit, UnitKind, User
from metgezel.foundation.people.models import ClientFile

from .acting import Acting, now, paused
from .models import Action, JournalEntry, JournalHead


@dataclass(frozen=True, slots=True)
class Line:
    """What happened. ``file`` None: it was about no file, and goes to the actor's home unit."""

    action: Action
    file: UUID | None = None
    model: str = ""
    row: str = ""
    changed: Iterable[str] = ()
    number: int = 0


def record(line: Line) -> JournalEntry | None:
    """Add a line about who acts now; three queries.

    Returns None only when there is no association yet, so that nothing can be anybody's.

    Raises:
        DatabaseError: it could not be written; what it is about must then not happen either.
    """
    who = now()
    # No savepoint: without this line the whole change may not be stored.
    with transaction.atomic(savepoint=False):
        head = _locked_head(line.file, who)
        if head is None:
            return None
        entry = _entry(line, who, head)
        entry.save(force_insert=True)
        JournalHead.objects.filter(pk=head.pk).update(place=entry.place, hash=entry.hash)
    if line.file is not None:
        who.recorded.add(line.file)
    return entry


@contextmanager
def in_one_line(line: Line, reason: str) -> Iterator[None]:
    """Let one line stand for everything in the block; in one transaction with it.

    For erasure, where lines about single rows would tell what there was.
    """
    with transaction.atomic():
        record(line)
        with paused(reason):
            yield


def _entry(line: Line, who: Acting, head: JournalHead) -> JournalEntry:
    here = line.file is None or line.file == who.file
    entry = JournalEntry(
        unit_id=head.unit_id,
        place=head.place + 1,
        at=timezone.now(),
        actor=who.user,
        on_behalf_of=who.on_behalf_of,
        role=who.role,
        ground=who.ground if here and line.file else "",
        drop_in=who.drop_in if here else None,
        action=line.action,
        page=who.page[:80],
        file=line.file,
        model=line.model,
        row=line.row[:80],
        changed=_within(" ".join(line.changed)),
        number=line.number,
        previous=head.hash,
    )
    entry.hash = entry.computed_hash()
    return entry


def _within(names: str) -> str:
    return names if len(names) <= 500 else f"{names[:497]}..."


def _locked_head(file: UUID | None, who: Acting) -> JournalHead | None:
    """The end of the right chain, locked; one query unless the chain is new."""
    heads = JournalHead.objects.select_for_update(of=("self",)).order_by("pk")
    if file is not None:
        head = heads.filter(unit__files=file).first()
        if head is not None:
            return head
    unit = _unit_of(file) or who.home or home_unit(who.user)
    if unit is None:
        return None
    head = heads.filter(unit=unit).first()
    if head is None:
        JournalHead.objects.get_or_create(unit_id=unit)
        head = heads.get(unit=unit)
    return head


def _unit_of(file: UUID | None) -> UUID | None:
    if file is None:
        return None
    return ClientFile.objects.filter(pk=file).values_list("unit_id", flat=True).first()


def home_unit(user: User | None) -> UUID | None:
    """The unit for what somebody does outside any file.

    Her place of work; else that of any role she has or had; else her own file's; else the
    association. No query for a colleague whose reach is held for this request.
    """
    if user is not None:
        reach = reach_of(user)
        if reach.works_at:
            return UUID(reach.works_at[0].strip("/").rpartition("/")[2])
        roles = Membership.objects.filter(user=user).order_by("-starts", "-pk")
        unit = roles.values_list("unit_id", flat=True).first()
        if unit is None and user.person_id:
            own = ClientFile.objects.filter(person=user.person_id)
            unit = own.values_list("unit_id", flat=True).first()
        if unit is not None:
            return unit
    top = Unit.objects.filter(kind=UnitKind.ASSOCIATION).order_by("path")
    return top.values_list("pk", flat=True).first()
