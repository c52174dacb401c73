"""Family and household: who belongs to a client, and who lives together."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import DoorQuerySet

from .erasure import erasure


class Household(models.Model):
    """People who live together; who and from when until when is in its members."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    FILE_PATHS: ClassVar = ("members__person__client_file",)
    ERASURE: ClassVar = erasure(keep="id")

    objects = DoorQuerySet["Household"].as_manager()

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return str(_("household"))


class HouseholdMember(models.Model):
    """Somebody lives in a household from a day (if known) until a day (or still)."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, related_name="household_memberships"
    )
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    FILE_PATHS: ClassVar = ("person__client_file", "person__relative_in__file")
    ERASURE: ClassVar = erasure(keep="id household", blur="since until", erase="person")

    objects = DoorQuerySet["HouseholdMember"].as_manager()

    class Meta:
        verbose_name = _("household member")
        verbose_name_plural = _("household members")
        constraints = [
            models.CheckConstraint(
                name="household_until_after_since",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="household_one_at_a_time",
                fields=["person"],
                condition=Q(until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class FamilyTie(models.Model):
    """A relative of the client, wherever she is. ``key`` is her stable name within the file."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("spouse")
        PARTNER = "partner", _("partner")
        CHILD = "child", _("child")
        PARENT = "parent", _("parent")
        SIBLING = "sibling", _("sibling")
        OTHER = "other", _("other")

    class Whereabouts(models.TextChoices):
        ABROAD = "abroad", _("abroad")
        NETHERLANDS = "netherlands", _("in the Netherlands")
        UNKNOWN = "unknown", _("unknown")

    file = models.ForeignKey("people.ClientFile", models.CASCADE, related_name="family_ties")
    key = models.SlugField(max_length=40)
    relative = models.ForeignKey("people.Person", models.CASCADE, related_name="relative_in")
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)
    whereabouts = models.CharField(
        _("where"), max_length=12, choices=Whereabouts.choices, default=Whereabouts.UNKNOWN
    )
    family_at_entry = models.BooleanField(
        _("family before coming to the Netherlands"), null=True, blank=True
    )

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(
        keep="id key relation whereabouts family_at_entry", erase="file relative"
    )

    objects = DoorQuerySet["FamilyTie"].as_manager()

    class Meta:
        verbose_name = _("relative")
        verbose_name_plural = _("relatives")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="family_key_once_per_file", fields=["file", "key"]),
            models.UniqueConstraint(name="family_once_per_file", fields=["file", "relative"]),
        ]

    def __str__(self) -> str:
        return f"{self.relative} ({self.get_relation_display()})"

    def clean(self) -> None:
        """Refuse a tie of the client with herself."""
        if self.relative_id == self.file.person_id:
            raise ValidationError(_("Nobody is their own relative."), code="own_relative")
