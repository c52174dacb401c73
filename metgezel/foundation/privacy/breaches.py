"""Data breaches and the 72 hours in which the authority must know of one (GDPR art. 33).

Every breach is written down, also one that need not be reported (art. 33(5)).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from metgezel.foundation.access.reach import Visitor
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.audit.reading import watched_units

from .models import Breach

HOURS = timedelta(hours=72)


class Clock(StrEnum):
    """Where a breach stands, the most urgent first."""

    OVERDUE = "overdue"
    RUNNING = "running"
    LATE = "reported late"
    REPORTED = "reported"
    NOT_REPORTED = "not reported"


ORDER = list(Clock)


@dataclass(frozen=True, slots=True)
class Standing:
    """The clock of one breach at a moment; ``hours`` are left, or too many, rounded down."""

    clock: Clock
    until: datetime
    hours: int


def standing_of(breach: Breach, now: datetime) -> Standing:
    """Where a breach stands at this moment. The 72nd hour itself is still in time."""
    until = breach.discovered_at + HOURS
    if breach.reported_at:
        clock = Clock.REPORTED if breach.reported_at <= until else Clock.LATE
    elif breach.not_reported_reason:
        clock = Clock.NOT_REPORTED
    else:
        clock = Clock.RUNNING if now <= until else Clock.OVERDUE
    return Standing(clock, until, int(abs(until - now).total_seconds() // 3600))


def in_words(standing: Standing) -> str:
    """The clock as a sentence."""
    hours = {"hours": standing.hours}
    match standing.clock:
        case Clock.OVERDUE:
            passed = ngettext(
                "The 72 hours passed %(hours)s hour ago.",
                "The 72 hours passed %(hours)s hours ago.",
                standing.hours,
            )
            return f"{passed % hours} {_('Report it now, and say why it is late.')}"
        case Clock.RUNNING:
            return (
                ngettext(
                    "%(hours)s hour left to report it.",
                    "%(hours)s hours left to report it.",
                    standing.hours,
                )
                % hours
            )
        case Clock.LATE:
            return str(_("Reported, after the 72 hours."))
        case Clock.REPORTED:
            return str(_("Reported within the 72 hours."))
    return str(_("Not reported; the reason is written down."))


def breaches_for(officer: Visitor, now: datetime) -> list[tuple[Breach, Standing]]:
    """The breaches of her association: overdue first, then those whose clock runs."""
    found = [(breach, standing_of(breach, now)) for breach in _breaches(officer)]
    return sorted(found, key=lambda one: (ORDER.index(one[1].clock), _urgency(*one)))


def _urgency(breach: Breach, standing: Standing) -> float:
    """Oldest first while something must be done, newest first after that."""
    moment = breach.discovered_at.timestamp()
    return moment if standing.clock in (Clock.OVERDUE, Clock.RUNNING) else -moment


def _breaches(officer: Visitor) -> QuerySet[Breach]:
    units = Unit.objects.at_or_below(*watched_units(officer))
    return Breach.objects.filter(unit__in=units)


def breach_for(officer: Visitor, number: int) -> Breach | None:
    """One breach of her association."""
    return _breaches(officer).filter(pk=number).first()


def keep_breach(breach: Breach | None, officer: User, values: dict[str, Any]) -> Breach:
    """Store a new breach, or what is now known of one. ``values`` are fields of Breach.

    Raises:
        ValidationError: moments in the wrong order or still to come, no reason for a late report,
            or both reported and a reason not to; nothing was stored.
    """
    breach = breach or Breach(unit=association_of(officer), recorded_by=officer)
    for name, value in values.items():
        setattr(breach, name, value)
    _check(breach, timezone.now())
    breach.save()
    return breach


def _check(breach: Breach, now: datetime) -> None:
    wrong: dict[str, object] = {}
    for name in ("discovered_at", "reported_at", "told_at"):
        moment = getattr(breach, name)
        if moment and moment > now:
            wrong[name] = _("This moment is still to come. Nothing was stored.")
        elif moment and moment < breach.discovered_at:
            wrong[name] = _("This is before it was discovered. Nothing was stored.")
    late = breach.reported_at and breach.reported_at > breach.discovered_at + HOURS
    if late and not breach.delay_reason:
        wrong["delay_reason"] = _("Say why it was reported after 72 hours. Nothing was stored.")
    if breach.reported_at and breach.not_reported_reason:
        wrong["not_reported_reason"] = _(
            "It was reported, so leave this empty. Nothing was stored."
        )
    if wrong:
        raise ValidationError(wrong)


def association_of(officer: User) -> Unit:
    """The association a privacy officer watches over. Raises ValidationError when there is none."""
    unit = Unit.objects.filter(path__in=watched_units(officer)).order_by("path").first()
    if unit is None:
        raise ValidationError(_("You are no privacy officer any more. Nothing was stored."))
    return unit
