"""What an administrator does: within her own unit and those below it, and nowhere else."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from .colleagues import Invitation, invitation_for, invite_colleague
from .memberships import end_role, give_role, leave, refuse_incompatible, refuse_same_role
from .models import Membership, Unit, UnitKind, UnitQuerySet, User
from .roles import Role
from .units import path_of_each_above

#: A client gets her account through her own file, never through the office.
GIVEN_BY_THE_OFFICE = tuple(role for role in Role if role != Role.CLIENT)


def administered(user: User, today: date) -> UnitQuerySet:
    """The units somebody looks after on this day: those of her role and all below them."""
    mine = Membership.objects.filter(user=user, role=Role.ADMINISTRATOR).running(today)
    return Unit.objects.at_or_below(*mine.values_list("unit__path", flat=True).order_by("pk"))


def colleagues_in(units: UnitQuerySet) -> "Iterable[Membership]":
    """The roles that were ever held in these units, with their people, by name."""
    found = Membership.objects.filter(unit__in=units).exclude(role=Role.CLIENT)
    return found.select_related("user", "unit").order_by("user__name", "user", "unit__path", "pk")


def colleagues_per_unit(units: UnitQuerySet, today: date) -> dict[object, int]:
    """How many people have a role in each unit on this day, by unit."""
    running = Membership.objects.filter(unit__in=units).running(today).exclude(role=Role.CLIENT)
    counted = running.order_by().values("unit").annotate(people=Count("user", distinct=True))
    return {row["unit"]: row["people"] for row in counted.order_by("unit")}


def works_only_in(user: User, units: UnitQuerySet) -> bool:
    """Whether somebody has or had no role outside these units."""
    return not user.memberships.exclude(unit__in=units).exists()


@transaction.atomic
def invite(
    units: UnitQuerySet,
    email: str,
    name: str,
    unit: Unit,
    role: Role,
    starts: date,
    ends: date | None,
) -> Invitation:
    """Invite a colleague; the link stays blank for an account that others gave roles to.

    Raises:
        ValidationError: something cannot be used, or the role cannot be given.
    """
    _check_role(unit, units, role, starts, ends)
    _refuse_strangers(email, units, role, starts)
    invited = invite_colleague(email, name, unit, role, starts, ends)
    return invited if works_only_in(invited.user, units) else Invitation(invited.user, "", "")


def new_link(user: User, units: UnitQuerySet) -> Invitation | None:
    """A link for somebody who never chose a password and works in these units only.

    Never for the account of a client: who follows it would read her file.
    """
    if user.person_id is not None:
        return None
    if user.has_usable_password() or not works_only_in(user, units):
        return None
    return invitation_for(user)


@transaction.atomic
def give_role_in(
    units: UnitQuerySet, user: User, unit: Unit, role: Role, starts: date, ends: date | None
) -> Membership:
    """Give a colleague one more role, from a day until a day.

    Raises:
        ValidationError: she has it already, or it cannot go together with another.
    """
    _check_role(unit, units, role, starts, ends)
    locked = User.objects.select_for_update().get(pk=user.pk)
    refuse_same_role(locked, unit, role, starts)
    return give_role(locked, unit, role, starts, ends)


@transaction.atomic
def end_role_on(membership: Membership, last_day: date) -> None:
    """Let this be the last day of a role.

    Raises:
        ValidationError: before its first day, or nobody would be left to administer the unit.
    """
    if last_day < membership.starts:
        raise ValidationError(
            {"last_day": _("The last day lies before the first day of this role.")}
        )
    _keep_an_administrator([membership], last_day)
    end_role(membership, last_day)


@transaction.atomic
def leave_units(user: User, units: UnitQuerySet, last_day: date) -> None:
    """End all that somebody does in these units; all that she does, when she works nowhere else.

    Who is a client too stays one: she keeps the way to her own file.

    Raises:
        ValidationError: nobody would be left to administer a unit.
    """
    open_ended = Q(ends__isnull=True) | Q(ends__gt=last_day)
    at_work = user.memberships.exclude(role=Role.CLIENT)
    here = list(at_work.filter(open_ended, unit__in=units).order_by("pk"))
    _keep_an_administrator(here, last_day)
    is_client = user.memberships.filter(role=Role.CLIENT).exists()
    if works_only_in(user, units) and not is_client:
        leave(user, last_day)
        return
    for membership in here:
        end_role(membership, max(last_day, membership.starts))
    linked = user.assignments.filter(open_ended, file__unit__in=units)
    linked.filter(starts__lte=last_day).update(ends=last_day)
    linked.filter(starts__gt=last_day).delete()


def may_close(administrator: User, user: User, units: UnitQuerySet) -> bool:
    """Whether this administrator may close somebody's account or let her begin anew: not her own,
    and not of somebody who works elsewhere too."""
    return user.pk != administrator.pk and works_only_in(user, units)


def _check_role(
    unit: Unit, units: UnitQuerySet, role: Role, starts: date, ends: date | None
) -> None:
    if role not in GIVEN_BY_THE_OFFICE or not units.filter(pk=unit.pk).exists():
        raise ValidationError(_("This role cannot be given here."), code="not_here")
    if role == Role.PRIVACY_OFFICER and unit.kind != UnitKind.ASSOCIATION:
        raise ValidationError(
            {
                "unit": _(
                    "A privacy officer watches over the whole association. "
                    "Only who administers the association gives this role, and only there."
                )
            },
            code="not_here",
        )
    if ends is not None and ends < starts:
        raise ValidationError({"ends": _("The last day lies before the first day.")})


def _refuse_strangers(email: str, units: UnitQuerySet, role: Role, starts: date) -> None:
    """Say the same one sentence about everybody who cannot be invited and never worked here.

    A client's account becomes a colleague's only where she is a client: a role elsewhere would
    close her file to her own team leader, and show her name to whoever tries file numbers.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None or user.memberships.filter(unit__in=units).exists():
        return
    try:
        refuse_incompatible(user, role, starts)
    except ValidationError:
        cannot = True
    else:
        cannot = user.person_id is not None or not user.is_active
    if cannot:
        raise ValidationError(
            {
                "email": _(
                    "This address cannot be invited here. Nothing was saved. Ask who administers "
                    "the association, or use another address."
                )
            },
            code="stranger",
        )


def _keep_an_administrator(ending: Iterable[Membership], last_day: date) -> None:
    for membership in ending:
        if membership.role != Role.ADMINISTRATOR:
            continue
        # One at a time: of two administrators who leave at the same moment, one stays.
        above = membership.unit.path.split("/")[1]
        Unit.objects.select_for_update(no_key=True).get(path=f"/{above}/")
        others = Membership.objects.filter(
            role=Role.ADMINISTRATOR,
            unit__path__in=path_of_each_above(membership.unit),
            ends__isnull=True,
            starts__lte=last_day + timedelta(days=1),
        )
        # Who never chose a password, or whose account is closed, cannot take over.
        others = others.filter(user__is_active=True)
        other_users = others.exclude(user=membership.user_id).select_related("user")
        if not any(other.user.has_usable_password() for other in other_users.order_by("pk")):
            raise ValidationError(
                _(
                    "Then nobody is left who can give roles in %(unit)s. "
                    "Make somebody else administrator first, and let her log in once."
                ),
                params={"unit": membership.unit.name},
                code="last_administrator",
            )
