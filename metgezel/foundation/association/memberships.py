"""Roles of people on a day, and how a role begins and ends."""

from datetime import date

from .clock import current_day
from .models import Membership, Unit, User
from .roles import Role


def roles_of(user: User, today: date | None = None) -> frozenset[Role]:
    """The roles somebody has on this day (default: today), in whatever unit."""
    running = Membership.objects.filter(user=user).running(today or current_day())
    return frozenset(Role(role) for role in running.values_list("role", flat=True))


def give_role(user: User, unit: Unit, role: Role, starts: date) -> Membership:
    """Let somebody have a role in a unit from a day on.

    Raises:
        IntegrityError: she already has this role there.
    """
    return Membership.objects.create(user=user, unit=unit, role=role, starts=starts)


def end_role(membership: Membership, last_day: date) -> None:
    """Let this be the last day of the role; what it opened closes with it."""
    membership.ends = last_day
    membership.full_clean(exclude=["user", "unit"])
    membership.save(update_fields=["ends"])


def leave(user: User, last_day: date) -> None:
    """End all running roles and assignments of somebody who leaves."""
    for membership in Membership.objects.filter(user=user, ends__isnull=True):
        end_role(membership, max(last_day, membership.starts))
    user.assignments.filter(ends__isnull=True, starts__lte=last_day).update(ends=last_day)
    user.assignments.filter(ends__isnull=True, starts__gt=last_day).delete()
