"""The grounds on which somebody may open a file; there are no others.

- your own file, when you are the client;
- an assignment, from its first day up to and including its last, as long as you also have a
  running role that works in files, in the same association;
- a drop-in key, for an hour, under the same condition;
- leading the team: the files of your unit and the units below it.

Leading and keys never open the file of somebody who is a colleague herself: a refugee who becomes
a volunteer keeps her file closed to colleagues.

Each ground is a condition in SQL on nothing but the user, the day and the moment. The door puts
them in every query, and ``row_security`` makes PostgreSQL's own policies of the same conditions.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import LEADS_FILES, USES_KEYS, WORKS_IN_FILES, Role
from metgezel.foundation.people.models import ClientFile

from .kept import READ_BY, Kept
from .models import Assignment, DropIn
from .reach import Visitor, held_conditions, reach_of

#: Length of `/association/foundation/`: two ids of 32 signs and three slashes.
FOUNDATION_PATH = 67


class Ground(TextChoices):
    """Why somebody may open a file; the first that holds is the one that counts."""

    OWN_FILE = "own_file", _("it is your own file")
    ASSIGNMENT = "assignment", _("you walk along with this person")
    TEAM_LEADER = "team_leader", _("you lead the team of this location")
    DROP_IN = "drop_in", _("you opened it with a drop-in key")


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, and when; all that the grounds depend on."""

    user: int
    day: date
    moment: datetime


def looker(user: User, today: date | None = None) -> Looker:
    """This user, on this day (default: today), at this moment."""
    return Looker(user.pk, today or current_day(), timezone.now())


def conditions(who: Looker, kept: Kept | None = None) -> dict[Ground, Q]:
    """The condition on ClientFile of each ground; fewer grounds open what is kept back."""
    grounds = list(Ground) if kept is None else [Ground.OWN_FILE, Ground.ASSIGNMENT]
    return {ground: condition(ground, who, kept) for ground in grounds}


def condition(ground: Ground, who: Looker, kept: Kept | None = None) -> Q:
    """The condition on ClientFile of one ground."""
    match ground:
        case Ground.OWN_FILE:
            return Q(person__in=own_person(who))
        case Ground.ASSIGNMENT:
            return Q(pk__in=assigned_files(who, READ_BY[kept] if kept else WORKS_IN_FILES))
        case Ground.TEAM_LEADER:
            return Q(unit__in=led_units(who)) & ~Q(person__in=colleagues(who))
        case Ground.DROP_IN:
            return Q(pk__in=files_with_key(who))


def own_person(who: Looker) -> QuerySet[Any, Any]:
    """The person this user is, when she is a client."""
    users = User.objects.filter(pk=who.user, is_active=True, person__isnull=False)
    return users.values("person")


def assigned_files(who: Looker, roles: frozenset[Role] = WORKS_IN_FILES) -> QuerySet[Any, Any]:
    """Files of running assignments of somebody who has one of these roles there."""
    mine = Assignment.objects.filter(user=who.user).running(who.day)
    return mine.filter(_works_there(who, roles)).values("file")


def files_with_key(who: Looker) -> QuerySet[Any, Any]:
    """Files of drop-in keys that are open at this moment, but no colleagues' files."""
    mine = DropIn.objects.filter(user=who.user).open_at(who.moment)
    others = mine.exclude(file__person__in=colleagues(who)).order_by()
    return others.filter(_works_there(who, USES_KEYS)).values("file")


def led_units(who: Looker) -> QuerySet[Any, Any]:
    """Units this user leads, with those below."""
    return _units_below(_memberships(who, LEADS_FILES), F("unit__path"))


def working_units(who: Looker) -> QuerySet[Any, Any]:
    """Units this user works in, with those below: where she may open a new file."""
    return _units_below(_memberships(who, WORKS_IN_FILES), F("unit__path"))


def files_within_reach_of_a_key(who: Looker) -> QuerySet[ClientFile]:
    """Files of the foundations this user has a role with keys in, but no colleagues' files."""
    foundation = Substr(F("unit__path"), 1, FOUNDATION_PATH)
    units = _units_below(_memberships(who, USES_KEYS), foundation)
    return ClientFile.objects.filter(unit__in=units).exclude(person__in=colleagues(who))


def _units_below(memberships: QuerySet[Membership], path: Combinable) -> QuerySet[Any, Any]:
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    reaching = memberships.alias(place=here).filter(place__startswith=path)
    return Unit.objects.filter(Exists(reaching)).values("pk")


def colleagues(who: Looker) -> QuerySet[Any, Any]:
    """People with a running role other than client."""
    working = Membership.objects.running(who.day).exclude(role=Role.CLIENT)
    return working.filter(user__person__isnull=False).values("user__person")


def administered_users(who: Looker) -> QuerySet[Any, Any]:
    """Users with a role in a unit this user administers, whatever the day of that role."""
    running = _memberships(who, frozenset({Role.ADMINISTRATOR}))
    here = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    above = running.alias(place=here).filter(place__startswith=F("unit__path"))
    return Membership.objects.filter(Exists(above)).values("user")


def _memberships(who: Looker, roles: frozenset[Role]) -> QuerySet[Membership]:
    running = Membership.objects.running(who.day)
    return running.filter(user=who.user, user__is_active=True, role__in=sorted(roles))


def _works_there(who: Looker, roles: frozenset[Role]) -> Exists:
    """Has one of these roles in the association of the row's file."""
    here = OuterRef("file__association__path")
    return Exists(_memberships(who, roles).filter(unit__path__startswith=here))


def visible_files(user: Visitor, today: date | None = None, kept: Kept | None = None) -> Q:
    """The condition on ClientFile that says which files (or kept parts) this user may open."""
    if not isinstance(user, User) or not user.is_active:
        return Q(pk__in=[])
    day = today or current_day()
    held = held_conditions(user, day)
    if kept not in held:
        held[kept] = _visible_files(user, day, kept)
    found: Q = held[kept]
    return found


def _visible_files(user: User, day: date, kept: Kept | None) -> Q:
    # What cannot hold is left out, and assignments and keys are one set: to weigh alternatives, a
    # database would look through every file.
    who, reach = looker(user, day), reach_of(user, day)
    found = Q(pk__in=[])
    if user.person_id is not None:
        found |= condition(Ground.OWN_FILE, who)
    if reach.works_in and kept is not None:
        found |= condition(Ground.ASSIGNMENT, who, kept)
    elif reach.works_in:
        found |= Q(pk__in=assigned_files(who).union(files_with_key(who), all=True))
    if reach.leads and kept is None:
        found |= condition(Ground.TEAM_LEADER, who)
    return found


def may_read(user: Visitor, file: UUID, kept: Kept) -> bool:
    """Whether this user may read this kept part of a file. One query."""
    return ClientFile.objects.filter(visible_files(user, kept=kept), pk=file).exists()


def ground_of(user: Visitor, file: UUID, today: date | None = None) -> Ground | None:
    """The ground on which this user may open this file; None when she may not. One query."""
    if not isinstance(user, User) or not user.is_active:
        return None
    cases = [When(q, then=Value(g.value)) for g, q in conditions(looker(user, today)).items()]
    found = ClientFile.objects.filter(pk=file).values_list(
        Case(*cases, default=Value(""), output_field=CharField()), flat=True
    )
    first = found.first()
    return Ground(first) if first else None
