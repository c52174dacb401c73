"""Consent and mandates: given, withdrawn, and kept exactly as they were shown."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .consent_texts import MANDATE, text_to_show
from .models import Consent, Mandate

LONGEST_MANDATE = timedelta(days=2 * 366)
CHANGED = _("The text has changed since this page was opened. Read it again. Nothing was stored.")


def give_consent(
    file: ClientFile, user: User, purpose: str, language: str, shown: str, now: datetime
) -> Consent:
    """Store that she said yes to the text with the hash ``shown``.

    Raises:
        ValidationError: another text is shown now, or she said yes already; nothing was stored.
    """
    text = text_to_show(purpose, language)
    if text.sha256 != shown:
        raise ValidationError(CHANGED)
    try:
        with transaction.atomic():
            return Consent.objects.create(
                file=file,
                purpose=purpose,
                text=text.text,
                language=text.language,
                version=text.version,
                sha256=text.sha256,
                given_at=now,
                recorded_by=user,
            )
    except IntegrityError:
        raise ValidationError(_("She said yes to this already. Nothing was stored.")) from None


def withdraw_consent(consent: Consent, now: datetime) -> None:
    """Take it back; a second time changes nothing."""
    if consent.withdrawn_at is None:
        consent.withdrawn_at = max(now, consent.given_at)
        consent.save(update_fields=["withdrawn_at"])


def give_mandate(
    file: ClientFile,
    user: User,
    holder: str,
    term: tuple[date, date],
    language: str,
    shown: str,
) -> Mandate:
    """Store that somebody may act for her from the first up to and including the last day.

    Raises:
        ValidationError: no name, the days are in the wrong order or more than two years apart, or
            another text is shown now; nothing was stored.
    """
    starts, ends = term
    if not holder.strip():
        raise ValidationError({"holder": _("Say who may act for her. Nothing was stored.")})
    if not starts <= ends <= starts + LONGEST_MANDATE:
        raise ValidationError(
            {"ends": _("Choose a last day after the first, at most two years later.")}
        )
    text = text_to_show(MANDATE, language)
    if text.sha256 != shown:
        raise ValidationError(CHANGED)
    return Mandate.objects.create(
        file=file,
        holder=holder.strip(),
        text=text.text,
        language=text.language,
        version=text.version,
        sha256=text.sha256,
        starts=starts,
        ends=ends,
        recorded_by=user,
    )


def withdraw_mandate(mandate: Mandate, today: date) -> None:
    """End it today; a second time changes nothing."""
    if mandate.withdrawn_on is None:
        mandate.withdrawn_on = today
        mandate.save(update_fields=["withdrawn_on"])


def running_mandates(mandates: QuerySet[Mandate], today: date) -> QuerySet[Mandate]:
    """Those that hold on this day; the last day counts, the day of withdrawal does not."""
    return mandates.filter(starts__lte=today, ends__gte=today, withdrawn_on__isnull=True)
