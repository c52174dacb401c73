"""Carrying the terms of ``retention`` out: notify, wait, erase. May be stopped and run again.

Each file is erased in a transaction of its own; what is done is done, and a second run finds only
what is left. Looking first uses the same questions and changes nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.models import DropInTry
from metgezel.foundation.access.reach import Visitor
from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile

from .erasing import erase_file
from .models import Breach, ErasedFile, RetentionNotice, SubjectRequest
from .retention import BY_KEY

LONGEST_OBJECTION = timedelta(days=2 * 366)
MAY_OBJECT = (Role.TEAM_LEADER, Role.PRIVACY_OFFICER)


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def run_retention(today: date, now: datetime, *, look: bool) -> Iterator[str]:
    """Yield a sentence about each thing that is done, or with ``look`` would be done."""
    yield from _notify(today, look)
    yield from _withdraw_notices(look)
    yield from _erase(today, look)
    for what, rows in _passing(today, now):
        count = rows.count()
        if count and not look:
            rows.delete()
        if count:
            yield f"{count:,} × {what} {'would be' if look else 'are'} removed."


def _kept_long_enough(today: date) -> QuerySet[ClientFile]:
    until = years_before(today, BY_KEY["file"].years)
    noticed = RetentionNotice.objects.values("file")
    return ClientFile.objects.filter(closed__lte=until).exclude(pk__in=noticed)


def _notify(today: date, look: bool) -> Iterator[str]:
    erase_from = today + timedelta(days=BY_KEY["file"].grace)
    for file in _kept_long_enough(today).order_by("closed", "pk"):
        if not look:
            RetentionNotice.objects.get_or_create(
                file=file.pk,
                defaults={
                    "unit_id": file.unit_id,
                    "number": file.number,
                    "noticed_on": today,
                    "erase_from": erase_from,
                },
            )
        verb = "would be noticed" if look else "is noticed"
        yield f"File {file.number} {verb}: closed {file.closed}, erased from {erase_from}."


def _withdraw_notices(look: bool) -> Iterator[str]:
    """A file that was opened again, or is gone, needs no notice."""
    closed = ClientFile.objects.filter(closed__isnull=False).values("pk")
    for notice in RetentionNotice.objects.exclude(file__in=closed).order_by("number", "pk"):
        if not look:
            notice.delete()
        verb = "would be" if look else "is"
        yield f"The notice of file {notice.number} {verb} taken back: the file is not closed."


def _erase(today: date, look: bool) -> Iterator[str]:
    closed = ClientFile.objects.filter(closed__isnull=False)
    due = RetentionNotice.objects.filter(erase_from__lte=today, file__in=closed.values("pk"))
    for notice in due.order_by("erase_from", "pk"):
        if look:
            yield f"File {notice.number} would be erased."
            continue
        with transaction.atomic():
            again = due.select_for_update(of=("self",)).filter(pk=notice.pk).first()
            if again is None:
                continue  # somebody objected, or erased it, a moment ago
            file = ClientFile.objects.get(pk=notice.file)
            done = erase_file(file, ErasedFile.Why.RETENTION, today)
            again.delete()
        yield f"File {notice.number} is erased; {len(done.left):,} places to look at."


def _passing(today: date, now: datetime) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    """What simply goes when its time is over."""
    tries = now - timedelta(days=BY_KEY["key_tries"].days or 0)
    failed = now - timedelta(days=BY_KEY["log_in_tries"].days or 0)
    answered = years_before(today, BY_KEY["requests"].years)
    discovered = years_before(today, BY_KEY["breaches"].years)
    yield "tries for a key", DropInTry.objects.filter(at__lt=tries)
    yield "failed log-ins", AccessAttempt.objects.filter(attempt_time__lt=failed)
    yield "ended sessions", Session.objects.filter(expire_date__lt=now)
    yield "answered requests", SubjectRequest.objects.filter(answered_on__lte=answered)
    yield "breaches", Breach.objects.filter(discovered_at__date__lte=discovered)


def notices_for(user: Visitor, today: date) -> QuerySet[RetentionNotice]:
    """The notices of the locations this user leads, or watches over as privacy officer."""
    roles = Membership.objects.filter(user=user.pk, role__in=MAY_OBJECT).running(today)
    units = Unit.objects.at_or_below(*(one.unit.path for one in roles.select_related("unit")))
    return RetentionNotice.objects.filter(unit__in=units).select_related("unit", "decided_by")


def keep_longer(
    notice: RetentionNotice, user: User, until: date, reason: str, today: date
) -> RetentionNotice:
    """Object to erasing a file until a day, with a reason.

    Raises:
        ValidationError: no reason, a day that is past or more than two years away, or the file
            was erased meanwhile; nothing was stored.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it must be kept. Nothing was stored.")})
    if not today < until <= today + LONGEST_OBJECTION:
        raise ValidationError(
            {"until": _("Choose a day after today, at most two years ahead. Nothing was stored.")}
        )
    with transaction.atomic():
        mine = notices_for(user, today).select_for_update(of=("self",))
        found = mine.filter(pk=notice.pk).first()
        if found is None:
            raise ValidationError(_("This file is not on the list any more. Nothing was stored."))
        found.keep_until, found.reason = until, reason.strip()
        found.erase_from = max(found.erase_from, until)
        found.decided_by, found.decided_on = user, today
        found.save()
    return found
