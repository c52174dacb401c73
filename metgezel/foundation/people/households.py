"""Who lives together, and from when until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .family import Household, HouseholdMember
from .models import Person


@dataclass(frozen=True, slots=True)
class Together:
    """Two people live together; None is a day not known, or still."""

    since: date | None
    until: date | None


def living_with(person: Person, others: Iterable[Person]) -> dict[UUID, Together]:
    """Who of the others lives or lived with this person: two queries."""
    mine = {m.household_id: m for m in person.household_memberships.order_by("id")}
    theirs = HouseholdMember.objects.filter(household__in=mine, person__in=others).order_by("id")
    return {m.person_id: _together(mine[m.household_id], m) for m in theirs}


@dataclass(frozen=True, slots=True)
class _Pair:
    """The rows of two people in one household; `joining` is of whoever came later."""

    mine: HouseholdMember
    theirs: HouseholdMember
    joining: HouseholdMember


def set_living_together(
    person: Person, other: Person, since: date | None, until: date | None
) -> None:
    """Say that two people live together; the other leaves a household she was in before.

    Raises:
        ValidationError: `until` before `since`, or one of them lives elsewhere in these days.
    """
    if since and until and until < since:
        raise ValidationError({"until": _("The last day lies before the first day.")})
    pair = _pair(person, other) or _move_in(person, other, since)
    pair.joining.since = since
    pair.theirs.until = until
    if until is None and _running(other, besides=pair.theirs):
        sentence = _("%(name)s lives in another household now. Fill in the last day.")
        raise ValidationError({"until": sentence % {"name": other.full_name}})
    for row in (pair.mine, pair.theirs):
        if row.since and row.until and row.until < row.since:
            raise ValidationError({"until": _("The last day lies before the first day.")})
        row.save()


def forget_living_together(person: Person, other: Person) -> None:
    """Take back what was entered by mistake."""
    if pair := _pair(person, other):
        pair.joining.delete()


def _pair(person: Person, other: Person) -> _Pair | None:
    all_mine = {m.household_id: m for m in person.household_memberships.order_by("id")}
    theirs = other.household_memberships.filter(household__in=all_mine).order_by("id").last()
    if theirs is None:
        return None
    mine = all_mine[theirs.household_id]
    came_later = (mine.since or date.min) > (theirs.since or date.min)
    return _Pair(mine, theirs, mine if came_later else theirs)


def _move_in(person: Person, other: Person, since: date | None) -> _Pair:
    mine, hers = _running(person), _running(other)
    if mine is None and hers is not None:
        mine = HouseholdMember(household=hers.household, person=person)
        return _Pair(mine, hers, mine)
    if hers is not None:
        _leave(hers, since)
    household = mine.household if mine else Household.objects.create()
    mine = mine or HouseholdMember(household=household, person=person)
    theirs = HouseholdMember(household=household, person=other)
    return _Pair(mine, theirs, theirs)


def _running(person: Person, besides: HouseholdMember | None = None) -> HouseholdMember | None:
    running = person.household_memberships.filter(until__isnull=True).order_by("id")
    if besides is not None:
        running = running.exclude(pk=besides.pk)
    return running.select_related("household").first()


def _leave(row: HouseholdMember, since: date | None) -> None:
    if since is None or (row.since and since < row.since):
        sentence = _(
            "%(name)s lives with somebody else until now. Fill in the day on which that changed."
        )
        raise ValidationError({"since": sentence % {"name": row.person.full_name}})
    row.until = since
    row.save()


def _together(mine: HouseholdMember, theirs: HouseholdMember) -> Together:
    since = [day for day in (mine.since, theirs.since) if day]
    until = [day for day in (mine.until, theirs.until) if day]
    return Together(max(since, default=None), min(until, default=None))
