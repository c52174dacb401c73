"""What people do to a step of the plan: done, not applicable, who does it."""

from datetime import date

from django.db import transaction

from metgezel.engines.rules.vocabulary import Texts
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .changes import (
    LATER_THAN_TODAY,
    TOO_LONG,
    ChangeRefused,
    Done,
    StaleFile,
    finish_change,
    lock_file,
)
from .models import Doer, DoerChange, StepOverlay, What
from .plan_index import StepKey

LONGEST_REASON = 300
NO_REASON: Texts = {
    "nl": "schrijf in een paar woorden waarom dit niet nodig is; er is nog niets opgeslagen",
    "en": "write in a few words why this is not needed; nothing was stored yet",
}


class OverlayRefused(ChangeRefused):
    """What was asked of a step cannot be; nothing was stored."""


def mark_done(
    file: ClientFile, key: StepKey, user: User | None, version: int, done_on: date, today: date
) -> StepOverlay:
    """Say on which day a step was done. Raises OverlayRefused, StaleFile."""
    if done_on > today:
        raise OverlayRefused([("done_on", LATER_THAN_TODAY)])
    return _change(file, key, user, version, today, done_on=done_on, not_applicable_reason="")


def mark_not_applicable(
    file: ClientFile, key: StepKey, user: User | None, version: int, reason: str, today: date
) -> StepOverlay:
    """Say why a step does not apply to this person. Raises OverlayRefused, StaleFile."""
    reason = reason.strip()
    if not reason:
        raise OverlayRefused([("reason", NO_REASON)])
    if len(reason) > LONGEST_REASON:
        raise OverlayRefused([("reason", TOO_LONG)])
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
    return _change(file, key, user, version, today, doer=doer)


def _change(
    file: ClientFile,
    key: StepKey,
    user: User | None,
    version: int,
    today: date,
    **values: object,
) -> StepOverlay:
    with transaction.atomic():
        try:
            locked = lock_file(file, version)
        except StaleFile:
            # The second click of a double click: the first one has stored exactly this.
            overlay = StepOverlay.objects.filter(file=file, **key._asdict()).first()
            if overlay is None or not _says(overlay, values):
                raise
            return overlay
        overlay, made = StepOverlay.objects.get_or_create(
            file=locked, **key._asdict(), defaults={**values, "changed_by": user}
        )
        if not made and _says(overlay, values):
            return overlay
        for name, value in {**values, "changed_by": user}.items():
            setattr(overlay, name, value)
        overlay.save()
        if "doer" in values:
            DoerChange.objects.create(overlay=overlay, doer=overlay.doer, on=today)
        finish_change(locked, today, Done(user, What.STEP, key.subject))
    return overlay


def _says(overlay: StepOverlay, values: dict[str, object]) -> bool:
    return all(getattr(overlay, name) == value for name, value in values.items())
