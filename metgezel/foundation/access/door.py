"""The one door to everybody's file: what is not opened here stays shut.

Every model that hangs on a file names the paths from itself to that file in ``FILE_PATHS`` and
takes its manager from ``DoorQuerySet``. ``visible_to`` then shows a user the rows of the files
she may open today, and no others:

- your own file, when you are the client;
- the files you are assigned to, from the assignment's first day up to and including its last,
  as long as you also have a running role that works in files, in the same association;
- as team leader, the files of your unit and the units below it, except those of people who are
  colleagues themselves: a refugee who becomes a volunteer keeps her file closed to colleagues.

Nothing is remembered between requests, so an ended role or assignment counts on the next click.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import LEADS_FILES, WORKS_IN_FILES, Role

from .models import Assignment

if TYPE_CHECKING:
    from metgezel.foundation.people.models import ClientFile

SELF = ""  #: the path of a file to itself

Visitor = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody's roles reach on a day. Paths are those of units."""

    day: date
    roles: frozenset[Role]
    works_in: tuple[str, ...]
    leads: tuple[str, ...]


NO_REACH = Reach(date.min, frozenset(), (), ())


def reach_of(user: Visitor, today: date | None = None) -> Reach:
    """Look up the running roles of somebody: one query, or none when held for this request."""
    day = today or current_day()
    if not isinstance(user, User) or not user.is_active:
        return NO_REACH
    held = user.__dict__.get("_held_reach")
    if isinstance(held, Reach) and held.day == day:
        return held
    roles: set[Role] = set()
    works_in: set[str] = set()
    leads: set[str] = set()
    for membership in Membership.objects.filter(user=user).running(day).select_related("unit"):
        role = Role(membership.role)
        roles.add(role)
        if role in WORKS_IN_FILES:
            works_in.add(membership.unit.association_path)
        if role in LEADS_FILES:
            leads.add(membership.unit.path)
    return Reach(day, frozenset(roles), tuple(sorted(works_in)), tuple(sorted(leads)))


def hold_reach(user: Visitor, today: date) -> Reach:
    """Look up the reach once and hold it on this user object, which lives for one request."""
    reach = reach_of(user, today)
    if isinstance(user, User):
        user.__dict__["_held_reach"] = reach
    return reach


def visible_files(user: Visitor, today: date | None = None) -> Q:
    """Return the condition on ClientFile that says which files this user may open today."""
    reach = reach_of(user, today)
    if not isinstance(user, User) or reach is NO_REACH:
        return Q(pk__in=[])
    condition = Q(pk__in=[])
    if user.person_id is not None:
        condition |= Q(person_id=user.person_id)
    if reach.works_in:
        condition |= Q(pk__in=_assigned(user, reach))
    if reach.leads:
        units = Unit.objects.at_or_below(*reach.leads)
        condition |= Q(unit__in=units) & ~Q(person__in=_people_who_are_colleagues(reach.day))
    return condition


def _assigned(user: User, reach: Reach) -> Any:
    mine = Assignment.objects.filter(user=user).running(reach.day)
    units = Unit.objects.at_or_below(*reach.works_in)
    return mine.filter(file__unit__in=units).values("file")


def _people_who_are_colleagues(day: date) -> Any:
    working = Membership.objects.running(day).exclude(role=Role.CLIENT)
    return working.filter(user__person__isnull=False).values("user__person")


def has_own_file(user: Visitor) -> bool:
    """Whether this user is a client here."""
    return (
        isinstance(user, User)
        and user.person_id is not None
        and bool(_file_model().objects.filter(person=user.person_id).exists())
    )


def _file_model() -> "type[ClientFile]":
    # Looked up late: people.models itself goes through this door.
    return apps.get_model("people", "ClientFile")


M = TypeVar("M", bound=models.Model)


class DoorQuerySet(models.QuerySet[M]):
    """A queryset whose rows are fetched through the door."""

    def visible_to(self, user: Visitor, today: date | None = None) -> Self:
        """Keep the rows of files that this user may open on this day (default: today)."""
        paths: Iterable[str] = self.model.FILE_PATHS  # type: ignore[attr-defined]
        files = _file_model().objects.filter(visible_files(user, today))
        condition = Q(pk__in=[])  # no path: no row
        for path in paths:
            condition |= visible_files(user, today) if path == SELF else Q(**{f"{path}__in": files})
        if all(self._leads_to_one(path) for path in paths):
            return self.filter(condition)
        # A path through many rows would show a person once for each of them.
        found = self.model._base_manager.filter(condition).values("pk")
        return self.filter(pk__in=found)

    def _leads_to_one(self, path: str) -> bool:
        options: Any = self.model._meta
        for part in path.split("__") if path else ():
            field = options.get_field(part)
            if field.one_to_many or field.many_to_many:
                return False
            options = field.related_model._meta
        return True
