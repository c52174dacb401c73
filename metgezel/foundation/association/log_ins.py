"""Where somebody is logged in, and ending that at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.erasure import erasure

if TYPE_CHECKING:
    from .models import User


class LogIn(models.Model):
    """A session with the kind of device it runs on. No address: where somebody is, is not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="log_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True, default="")
    since = models.DateTimeField(default=timezone.now)

    ERASURE: ClassVar = erasure(keep="id", blur="since", erase="user session_key device")

    objects: ClassVar[models.Manager["LogIn"]] = models.Manager()

    class Meta:
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.device}"


def remember_log_in(user: "User", session_key: str, device: str) -> None:
    """Note that this session began; forget sessions that ended by themselves."""
    running = list(_running(user).values_list("pk", flat=True))
    LogIn.objects.filter(user=user).exclude(pk__in=running).delete()
    LogIn.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "device": device[:60], "since": timezone.now()},
    )


def log_ins_of(user: "User") -> list[LogIn]:
    """The sessions that run now, newest first. Only reads."""
    return list(_running(user))


def end_log_ins(user: "User", besides: str | None = None) -> int:
    """End all sessions of somebody, at once; `besides` is the key of one that goes on.

    Returns how many ended.
    """
    ending = LogIn.objects.filter(user=user).exclude(session_key=besides or "")
    return _end(ending)


def end_log_in(user: "User", number: int) -> bool:
    """End one session of somebody; False when it is not hers or not there any more."""
    return bool(_end(LogIn.objects.filter(user=user, pk=number)))


def _running(user: "User") -> "models.QuerySet[LogIn]":
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    return LogIn.objects.filter(user=user, session_key__in=alive.values("session_key"))


def _end(ending: "models.QuerySet[LogIn]") -> int:
    keys = list(ending.order_by("pk").values_list("session_key", flat=True))
    for some in _parts(keys):
        Session.objects.filter(session_key__in=some).delete()
        LogIn.objects.filter(session_key__in=some).delete()
    return len(keys)


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]
