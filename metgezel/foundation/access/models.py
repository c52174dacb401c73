"""Who walks along with whom: an assignment opens one file for one colleague."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.erasure import erasure


class AssignmentKind(models.TextChoices):
    """What the colleague helps with."""

    COMPANION = "companion", _("companion")
    LEGAL = "legal", _("legal companion")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
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
