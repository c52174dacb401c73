"""What people do to a step of the plan: done, not applicable, who does it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .models import Doer, DoerChange, StepOverlay
from .recording import finish_change, lock_file


@dataclass(frozen=True, slots=True)
class StepKey:
    """What a step is recognised by."""

    rule: str
    event_root: UUID
    member: str = ""


class OverlayRefused(ValueError):
    """What was asked of a step cannot be; the message says why."""


def mark_done(
    file: ClientFile, key: StepKey, user: User | None, version: int, done_on: date, today: date
) -> StepOverlay:
    """Say on which day a step was done. Raises OverlayRefused, StaleFile."""
    if done_on > today:
        raise OverlayRefused(f"{done_on} lies after {today}")
    return _change(file, key, user, version, today, done_on=done_on, not_applicable_reason="")


def mark_not_applicable(
    file: ClientFile, key: StepKey, user: User | None, version: int, reason: str, today: date
) -> StepOverlay:
    """Say why a step does not apply to this person. Raises OverlayRefused, StaleFile."""
    reason = reason.strip()
    if not reason:
        raise OverlayRefused("a reason is needed")
    return _change(file, key, user, version, today, done_on=None, not_applicable_reason=reason)


def reopen(
    file: ClientFile, key: StepKey, user: User | None, version: int, today: date
) -> StepOverlay:
    """Undo done or not applicable."""
    return _change(file, key, user, version, today, done_on=None, not_applicable_reason="")


def set_doer(
    file: ClientFile, key: StepKey, user: User | None, version: int, doer: Doer, today: date
) -> StepOverlay:
    """Say who does a step from today on; earlier answers stay on record."""
    with transaction.atomic():
        overlay = _change(file, key, user, version, today, doer=doer)
        DoerChange.objects.create(overlay=overlay, doer=doer, on=today)
    return overlay


def _change(
    file: ClientFile,
    key: StepKey,
    user: User | None,
    version: int,
    today: date,
    **values: object,
) -> StepOverlay:
    with transaction.atomic():
        locked = lock_file(file, version)
        overlay, _ = StepOverlay.objects.update_or_create(
            file=locked,
            rule=key.rule,
            event_root=key.event_root,
            member=key.member,
            defaults={**values, "changed_by": user},
        )
        finish_change(locked, today)
    return overlay
