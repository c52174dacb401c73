"""How far somebody's roles reach on a day, looked up once for a request."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Membership, User
from metgezel.foundation.association.roles import LEADS_FILES, WORKS_IN_FILES, Role

Visitor = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Reach:
    """Paths are those of units: ``works_in`` associations, the other two the units of the roles."""

    day: date
    roles: frozenset[Role]
    works_in: tuple[str, ...]
    works_at: tuple[str, ...]
    leads: tuple[str, ...]


NO_REACH = Reach(date.min, frozenset(), (), (), ())


def reach_of(user: Visitor, today: date | None = None) -> Reach:
    """Look up the running roles of somebody: one query, or none when held for this request."""
    day = today or current_day()
    if not isinstance(user, User) or not user.is_active:
        return NO_REACH
    held = user.__dict__.get("_held_reach")
    if isinstance(held, Reach) and held.day == day:
        return held
    running = Membership.objects.filter(user=user).running(day).select_related("unit")
    units = [(Role(membership.role), membership.unit) for membership in running]
    at_work = {unit for role, unit in units if role in WORKS_IN_FILES}
    return Reach(
        day,
        frozenset(role for role, _ in units),
        tuple(sorted({unit.association_path for unit in at_work})),
        tuple(sorted({unit.path for unit in at_work})),
        tuple(sorted({unit.path for role, unit in units if role in LEADS_FILES})),
    )


def held_conditions(user: Visitor, day: date) -> dict[object, Any]:
    """What was already worked out for this request; without a held reach nothing is kept."""
    held = user.__dict__.get("_held_reach")
    if isinstance(held, Reach) and held.day == day:
        kept: dict[object, Any] = user.__dict__["_held_conditions"]
        return kept
    return {}


def hold_reach(user: Visitor, today: date) -> Reach:
    """Look up the reach once and hold it on this user object, which lives for one request."""
    reach = reach_of(user, today)
    if isinstance(user, User):
        user.__dict__["_held_reach"] = reach
        user.__dict__["_held_conditions"] = {}
    return reach
