"""The code on the card with which a client logs in for the first time."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.erasure import erasure

#: No vowels (no words), and no signs that look alike when read aloud or written by hand.
_SIGNS = "23456789BCDFGHJKMNPQRTVWXZ"
VALID = timedelta(days=14)
LENGTH = 10  #: signs of a code that only works with the date of birth; one more without


class WelcomeCode(models.Model):
    """A code that works once, for two weeks. What is stored is not the code, only its proof."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="welcome_codes")
    proof = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    ERASURE: ClassVar = erasure(
        keep="id", blur="made_at expires_at ended_at", erase="user proof made_by"
    )

    objects: ClassVar[models.Manager["WelcomeCode"]] = models.Manager()

    class Meta:
        verbose_name = _("welcome code")
        verbose_name_plural = _("welcome codes")

    def __str__(self) -> str:
        return f"{self.user} · {self.expires_at:%Y-%m-%d}"


def new_code(with_birth_date: bool) -> str:
    """Signs to type over from a card; one more when nothing else is asked."""
    return "".join(secrets.choice(_SIGNS) for _ in range(LENGTH + (not with_birth_date)))


def proof_of(code: str, born: str) -> str:
    """What is stored of a code, together with the date of birth in ISO form ("" where unknown)."""
    message = f"welcome\n{tidy(code)}\n{born}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, "sha256").hexdigest()


def tidy(code: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def valid_codes(moment: datetime | None = None) -> "models.QuerySet[WelcomeCode]":
    """The codes that can still be used."""
    now = moment or timezone.now()
    return WelcomeCode.objects.filter(expires_at__gt=now, ended_at__isnull=True)
