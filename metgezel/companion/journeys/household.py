"""The family of a client: each change of it is one change with the plan."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from metgezel.engines.rules.vocabulary import Type, Vocabulary
from metgezel.foundation.access.second_wall import has_a_file, with_other_files_about
from metgezel.foundation.association.models import User
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.households import forget_living_together, set_living_together
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person

from .changes import Done, finish_change, lock_file
from .lawbook import current_lawbook
from .models import Event, StepOverlay, What
from .people_changes import changing


@dataclass(frozen=True, slots=True)
class EnteredRelative:
    """A relative as entered; None is unknown."""

    given_name: str
    family_name: str
    name_own_script: str
    birth: BirthDate
    relation: str
    whereabouts: str
    family_at_entry: bool | None


class StillNamed(Exception):
    """The relative cannot be removed: something that happened names her. Nothing was changed."""

    def __init__(self, events: list[Event]) -> None:
        super().__init__(f"{len(events)} events name this relative")
        self.events = events


def add_relative(
    file: ClientFile, by: User | None, version: int, entered: EnteredRelative, today: date
) -> FamilyTie:
    """Add a relative and compute the plan again. Raises StaleFile."""
    with transaction.atomic():
        locked = lock_file(file, version)
        relative = Person()
        _put_names(relative, entered)
        tie = FamilyTie(file=locked, key=_free_key(locked, entered.relation), relative=relative)
        _put_tie(tie, entered)
        finish_change(locked, today, Done(by, What.RELATIVE, tie.key))
    return tie


def change_relative(
    tie: FamilyTie, by: User | None, version: int, entered: EnteredRelative, today: date
) -> None:
    """Store what is known of a relative and compute the plans that read it.

    The name and birth date of somebody with a file of her own belong to that file: here only what
    ties her to this client changes. Raises StaleFile, ChangeRefused.
    """
    done = Done(by, What.RELATIVE, tie.key)
    with changing(tie.file, version, tie.relative, today, done) as locked:
        stored = locked.family_ties.select_related("relative").get(pk=tie.pk)
        if not has_a_file(stored.relative_id):
            _put_names(stored.relative, entered)
        _put_tie(stored, entered)


def remove_relative(tie: FamilyTie, by: User | None, version: int, today: date) -> None:
    """Remove a relative entered by mistake, and the person when nothing else knows her.

    Raises:
        StaleFile: somebody else changed the file.
        StillNamed: an event names her; that must be corrected first.
    """
    with transaction.atomic(), with_other_files_about(tie.relative_id):
        locked = lock_file(tie.file, version)
        if naming := events_that_name(tie):
            raise StillNamed(naming)
        relative = tie.relative
        tie.delete()
        elsewhere = relative.relative_in.exists() or hasattr(relative, "user")
        if not elsewhere and not has_a_file(relative.pk):
            relative.delete()
        finish_change(locked, today, Done(by, What.RELATIVE, tie.key))


def lives_together(
    tie: FamilyTie,
    by: User | None,
    version: int,
    since: date | None,
    until: date | None,
    today: date,
) -> None:
    """Say from when until when a relative lives with the client.

    Raises StaleFile; ValidationError for days that cannot be true.
    """
    with transaction.atomic():
        locked = lock_file(tie.file, version)
        set_living_together(locked.person, tie.relative, since, until)
        finish_change(locked, today, Done(by, What.RELATIVE, tie.key))


def never_lived_together(tie: FamilyTie, by: User | None, version: int, today: date) -> None:
    """Take back that a relative lives with the client. Raises StaleFile."""
    with transaction.atomic():
        locked = lock_file(tie.file, version)
        forget_living_together(locked.person, tie.relative)
        finish_change(locked, today, Done(by, What.RELATIVE, tie.key))


def events_that_name(tie: FamilyTie) -> list[Event]:
    """What happened, as it is believed now, in which this relative is named."""
    vocabulary = current_lawbook().vocabulary
    events = Event.objects.filter(file=tie.file).current().order_by("on", "id")
    return [event for event in events if tie.key in _members_in(event, vocabulary)]


def _members_in(event: Event, vocabulary: Vocabulary) -> set[object]:
    kind = vocabulary.events.get(event.kind)
    attributes = kind.attributes.values() if kind else ()
    return {event.attributes.get(a.name) for a in attributes if a.type is Type.MEMBER}


def _put_names(person: Person, entered: EnteredRelative) -> None:
    person.given_name = entered.given_name
    person.family_name = entered.family_name
    person.name_own_script = entered.name_own_script
    entered.birth.put_on(person)
    person.save()


def _put_tie(tie: FamilyTie, entered: EnteredRelative) -> None:
    tie.relation = entered.relation
    tie.whereabouts = entered.whereabouts
    tie.family_at_entry = entered.family_at_entry
    tie.save()


def _free_key(file: ClientFile, relation: str) -> str:
    """A key nobody had in this file: a new relative inherits nothing from a removed one."""
    vocabulary = current_lawbook().vocabulary
    taken: set[object] = set(file.family_ties.values_list("key", flat=True))
    taken |= set(StepOverlay.objects.filter(file=file).values_list("member", flat=True))
    for event in Event.objects.filter(file=file):
        taken |= _members_in(event, vocabulary)
    numbers = range(1, len(taken) + 2)
    return next(key for n in numbers if (key := f"{relation}-{n}") not in taken)
