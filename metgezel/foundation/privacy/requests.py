"""What people ask about their own data, and by when they must have an answer (GDPR art. 12(3)).

A month from the day of asking; two more when it is complex or there are many, if she is told so,
with the reason, within the first month. A request to correct or an objection makes the file
contested until it is answered: companions then see it (art. 18).
"""

from calendar import monthrange
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.reach import Visitor
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.audit.reading import file_with_number, watched_units

from .breaches import association_of
from .models import SubjectRequest

Kind = SubjectRequest.Kind
CONTESTS = frozenset({Kind.RECTIFICATION, Kind.OBJECTION, Kind.RESTRICTION})


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(asked: SubjectRequest) -> date:
    """The last day for an answer. No weekend or holiday is added: earlier is safe, later is not."""
    return months_later(asked.asked_on, 3 if asked.extended_on else 1)


def requests_for(officer: Visitor) -> list[SubjectRequest]:
    """Those of her association: waiting ones by due day, then the answered, newest first."""
    found = list(_requests(officer).order_by("asked_on", "pk"))
    waiting = sorted((one for one in found if not one.answered_on), key=due_on)
    done = [one for one in found if one.answered_on]
    return [*waiting, *sorted(done, key=lambda one: one.answered_on or date.min, reverse=True)]


def _requests(officer: Visitor) -> QuerySet[SubjectRequest]:
    units = Unit.objects.at_or_below(*watched_units(officer))
    return SubjectRequest.objects.filter(unit__in=units)


def request_for(officer: Visitor, number: int) -> SubjectRequest | None:
    """One request of her association."""
    return _requests(officer).filter(pk=number).first()


def record_request(
    officer: User, number: str, today: date, values: dict[str, Any]
) -> SubjectRequest:
    """Write down that somebody asks something. ``values`` are fields of SubjectRequest.

    Raises:
        ValidationError: no file with this number, or a day that is still to come; nothing was
            stored.
    """
    if values["asked_on"] > today:
        raise ValidationError({"asked_on": _("This day is still to come. Nothing was stored.")})
    file = file_with_number(officer, number)
    if file is None:
        raise ValidationError(
            {"number": _("There is no file with this number here. Nothing was stored.")}
        )
    signs = "".join(sign for sign in number if sign.isalnum()).upper()
    return SubjectRequest.objects.create(
        **values,
        file=file,
        unit=association_of(officer),
        number=f"{signs[:3]}-{signs[3:]}",
        contested=values["kind"] in CONTESTS,
        recorded_by=officer,
    )


def extend(asked: SubjectRequest, officer: User, reason: str, today: date) -> None:
    """Take two months more.

    Raises:
        ValidationError: no reason, answered or extended already, or the first month is over.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it takes longer. Nothing was stored.")})
    with transaction.atomic():
        found = _waiting(asked, officer)
        if found.extended_on:
            raise ValidationError(_("This was extended already. Nothing was stored."))
        if today > due_on(found):
            raise ValidationError(
                _("The first month is over: it cannot be extended any more. Answer it now.")
            )
        found.extension_reason, found.extended_on = reason.strip(), today
        found.save(update_fields=["extension_reason", "extended_on"])


def answer(
    asked: SubjectRequest, officer: User, outcome: str, words: str, contested: bool, today: date
) -> None:
    """Write down what was done or refused and why; ``contested``: the person still disagrees.

    Raises:
        ValidationError: no words, or answered already; nothing was stored.
    """
    if not words.strip():
        raise ValidationError({"words": _("Say what was done, or why not. Nothing was stored.")})
    with transaction.atomic():
        found = _waiting(asked, officer)
        found.outcome, found.answer = outcome, words.strip()
        found.answered_on, found.contested = today, contested
        found.save(update_fields=["outcome", "answer", "answered_on", "contested"])


def _waiting(asked: SubjectRequest, officer: User) -> SubjectRequest:
    """The request, locked, if it still waits for an answer. Raises ValidationError."""
    found = _requests(officer).select_for_update(of=("self",)).filter(pk=asked.pk).first()
    if found is None or found.answered_on:
        raise ValidationError(_("This was answered already. Nothing was stored."))
    return found


def contested_in(file: UUID) -> list[SubjectRequest]:
    """What the person of this file contests; for whoever works in it."""
    return list(SubjectRequest.objects.filter(file=file, contested=True).order_by("asked_on", "pk"))


def is_contested() -> Exists:
    """For a query of files: whether the person contests something."""
    return Exists(SubjectRequest.objects.filter(file=OuterRef("pk"), contested=True))


def overview_asked(file: UUID) -> bool:
    """Whether somebody waits for an overview of this file."""
    waiting = SubjectRequest.objects.filter(file=file, kind=Kind.ACCESS, answered_on__isnull=True)
    return waiting.exists()
