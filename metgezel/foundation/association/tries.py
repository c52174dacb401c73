"""Counting wrong codes, in the database: it must hold for all web processes and survive a restart.

A count belongs to what is guessed *and* where the guess comes from, so that a stranger who guesses
locks out his own address and never the owner. What is stored is a fingerprint of the two, which
tells nobody which account or which address it was.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.erasure import erasure


class Tries(models.Model):
    """How often something was tried since the first try of this round."""

    key = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()

    ERASURE: ClassVar = erasure(keep="id key number", blur="since")

    objects: ClassVar[models.Manager["Tries"]] = models.Manager()

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")
        indexes = [models.Index(fields=["since"])]

    def __str__(self) -> str:
        return f"{self.number} · {self.since:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries of one kind within this time; then none until that time is over."""

    name: str
    most: int
    within: timedelta = timedelta(hours=1)


def may_try(limit: Limit, *about: object, moment: datetime | None = None) -> bool:
    """Count one try and say whether it may be looked at; call it before looking.

    Args:
        about: what is guessed and where from, for instance an account's number and an address.
        moment: when (default: now).
    """
    now, key = moment or timezone.now(), _key(limit, about)
    before = now - limit.within
    same = Tries.objects.filter(key=key)
    # Each line is one statement, so that of many guesses at once no more than `most` get through.
    if same.filter(since__gt=before, number__lt=limit.most).update(number=F("number") + 1):
        return True
    if same.filter(since__lte=before).update(number=1, since=now):
        return True
    return _first(key, now)


def forget_tries(limit: Limit, *about: object) -> None:
    """Begin anew, after the right answer."""
    Tries.objects.filter(key=_key(limit, about)).delete()


def _first(key: str, now: datetime) -> bool:
    if Tries.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            Tries.objects.create(key=key, since=now)
    except IntegrityError:  # another guess was first, this very moment: refused, to be safe
        return False
    Tries.objects.filter(since__lt=now - timedelta(days=1)).delete()
    return True


def _key(limit: Limit, about: tuple[object, ...]) -> str:
    message = "\n".join([limit.name, *map(str, about)]).encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, "sha256").hexdigest()
