"""The family of a client: adding a relative changes the plan, so both are one change."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from metgezel.foundation.people.models import ClientFile, FamilyTie, Person

from .recording import finish_change, lock_file


@dataclass(frozen=True, slots=True)
class NewRelative:
    """A relative as entered; None is unknown."""

    given_name: str
    family_name: str
    birth_date: date | None
    relation: str
    whereabouts: str
    family_at_entry: bool | None


def add_relative(file: ClientFile, version: int, entered: NewRelative, today: date) -> FamilyTie:
    """Add a relative and compute the plan again. Raises StaleFile."""
    with transaction.atomic():
        locked = lock_file(file, version)
        relative = Person.objects.create(
            given_name=entered.given_name,
            family_name=entered.family_name,
            birth_date=entered.birth_date,
            birth_date_precision="day" if entered.birth_date else "unknown",
        )
        tie = FamilyTie.objects.create(
            file=locked,
            key=_free_key(locked, entered.relation),
            relative=relative,
            relation=entered.relation,
            whereabouts=entered.whereabouts,
            family_at_entry=entered.family_at_entry,
        )
        finish_change(locked, today)
    return tie


def _free_key(file: ClientFile, relation: str) -> str:
    taken = set(file.family_ties.values_list("key", flat=True))
    numbers = range(1, len(taken) + 2)
    return next(key for n in numbers if (key := f"{relation}-{n}") not in taken)
