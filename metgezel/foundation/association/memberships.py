"""Roles of people on a day, and how a role begins and ends."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .clock import current_day
from .log_ins import end_log_ins
from .models import Membership, Unit, User
from .roles import INCOMPATIBLE, Role


def roles_of(user: User, today: date | None = None) -> frozenset[Role]:
    """The roles somebody has on this day (default: today), in whatever unit."""
    running = Membership.objects.filter(user=user).running(today or current_day())
    return frozenset(Role(role) for role in running.values_list("role", flat=True))


def give_role(
    user: User, unit: Unit, role: Role, starts: date, ends: date | None = None
) -> Membership:
    """Let somebody have a role in a unit from a day on, until a day or with no end yet.

    Raises:
        IntegrityError: she already has this role there.
        ValidationError: she has, or will have, a role that does not go together with this one.
    """
    refuse_incompatible(user, role, starts)
    return Membership.objects.create(user=user, unit=unit, role=role, starts=starts, ends=ends)


def refuse_same_role(user: User, unit: Unit, role: Role, starts: date) -> None:
    """Raise ValidationError when she has this role here on this day or later."""
    same = user.memberships.filter(unit=unit, role=role)
    if same.filter(Q(ends__isnull=True) | Q(ends__gte=starts)).exists():
        raise ValidationError(_("This colleague already has this role here."), code="twice")


def refuse_incompatible(user: User, role: Role, starts: date) -> None:
    """Raise ValidationError when a role that runs on or after this day excludes the new one."""
    others = Membership.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), user=user)
    for other in others.order_by("pk"):
        if frozenset({role, Role(other.role)}) in INCOMPATIBLE:
            raise ValidationError(
                _(
                    "%(name)s is %(has)s, and that does not go together with %(new)s: "
                    "who hands out or watches over access does not work in files. "
                    "Nothing was changed."
                ),
                params={
                    "name": user.name,
                    "has": other.get_role_display(),
                    "new": role.label,
                },
                code="incompatible",
            )


def end_role(membership: Membership, last_day: date) -> None:
    """Let this be the last day of the role; what it opened closes with it."""
    membership.ends = last_day
    membership.full_clean(exclude=["user", "unit"])
    membership.save(update_fields=["ends"])


def leave(user: User, last_day: date) -> None:
    """End all roles, assignments and drop-in keys of somebody who leaves.

    When that is today or earlier she is logged out at once, wherever she is logged in.
    """
    for membership in Membership.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=last_day), user=user
    ):
        end_role(membership, max(last_day, membership.starts))
    running = user.assignments.filter(Q(ends__isnull=True) | Q(ends__gt=last_day))
    running.filter(starts__lte=last_day).update(ends=last_day)
    running.filter(starts__gt=last_day).delete()
    if last_day <= current_day():
        now = timezone.now()
        user.drop_ins.filter(closes_at__gt=now).update(closes_at=now)
        end_log_ins(user)


def close_account(user: User) -> None:
    """Let nobody log in on this account from now on, and log it out everywhere, at once."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_log_ins(user)


def reopen_account(user: User) -> None:
    """Let this account be logged in on again; its roles are as they were."""
    user.is_active = True
    user.save(update_fields=["is_active"])
