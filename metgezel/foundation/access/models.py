"""What opens one file for one colleague: an assignment for long, a drop-in key for an hour."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.erasure import erasure

from .door import DoorQuerySet


class AssignmentKind(models.TextChoices):
    """What the colleague helps with."""

    COMPANION = "companion", _("companion")
    LEGAL = "legal", _("legal companion")


class AssignmentQuerySet(DoorQuerySet["Assignment"]):
    """Questions about assignments on a day."""

    def running(self, today: date) -> Self:
        """The assignments that hold on this day; the last day counts."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today)


class Assignment(models.Model):
    """This colleague helps this client from a day until a day (or with no end yet).

    It gives access to the file, and its end takes the access away. Never deleted: it is also the
    answer to "who could look in my file, and when".
    """

    file = models.ForeignKey("people.ClientFile", models.CASCADE, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    kind = models.CharField(
        max_length=20, choices=AssignmentKind.choices, default=AssignmentKind.COMPANION
    )
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(keep="id kind", blur="starts ends", erase="file user")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
            ),
            models.CheckConstraint(
                name="assignment_kind_known", condition=Q(kind__in=list(AssignmentKind.values))
            ),
            models.UniqueConstraint(
                name="assignment_one_running_per_kind",
                fields=["file", "user", "kind"],
                condition=Q(ends__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.file}"


class DropInQuerySet(DoorQuerySet["DropIn"]):
    """Questions about keys at a moment."""

    def open_at(self, moment: datetime) -> Self:
        """The keys that open a file at this moment."""
        return self.filter(opened_at__lte=moment, closes_at__gt=moment)

    def not_reviewed(self) -> Self:
        """The keys nobody has looked at yet."""
        return self.filter(verdict="")


class DropIn(models.Model):
    """A drop-in key: one colleague opened one file for an hour, and said why.

    Reviewed by the team leader of the file's location, and shown to the client.
    """

    class Reason(models.TextChoices):
        AT_THE_DESK = "desk", _("the person is here at the desk")
        ON_THE_PHONE = "phone", _("the person is on the phone")
        COMPANION_AWAY = "away", _("the companion is away and it cannot wait")
        DANGER = "danger", _("there is danger for somebody")

    class Verdict(models.TextChoices):
        FINE = "fine", _("in order")
        TALK = "talk", _("needs a talk")
        BREACH = "breach", _("not in order: report to the privacy officer")

    file = models.ForeignKey("people.ClientFile", models.CASCADE, related_name="drop_ins")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drop_ins")
    reason = models.CharField(_("why"), max_length=10, choices=Reason.choices)
    words = models.CharField(_("in your own words"), max_length=300)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True, default="")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_words = models.CharField(max_length=300, blank=True, default="")

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(
        keep="id user reason verdict reviewed_by",
        blur="opened_at closes_at reviewed_at",
        erase="file words review_words",
    )

    objects = DropInQuerySet.as_manager()

    class Meta:
        verbose_name = _("drop-in key")
        verbose_name_plural = _("drop-in keys")
        ordering = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["user", "closes_at"])]
        constraints = [
            models.CheckConstraint(
                name="drop_in_closes_after_opening",
                condition=Q(closes_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(name="drop_in_says_why", condition=~Q(words="")),
            models.CheckConstraint(
                name="drop_in_review_is_whole",
                condition=Q(verdict="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (~Q(verdict="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="drop_in_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.file}"


class DropInTry(models.Model):
    """Somebody asked for a key, whether she got one or not: guessing numbers is counted too."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    ERASURE: ClassVar = erasure(keep="id", blur="at", erase="user")

    class Meta:
        verbose_name = _("try for a drop-in key")
        verbose_name_plural = _("tries for a drop-in key")
        indexes = [models.Index(fields=["user", "at"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.at:%Y-%m-%d %H:%M}"
