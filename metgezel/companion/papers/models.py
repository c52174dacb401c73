"""A paper of a file: a letter, a card, a photo of one. Its content stands sealed beside it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.models import Event
from metgezel.foundation.access.door import DoorQuerySet
from metgezel.foundation.people.encryption import SealedTextField
from metgezel.foundation.people.erasure import erasure
from metgezel.foundation.people.models import ClientFile

FILE_KEY_PURPOSE = "papers.file_key"


class Kind(models.TextChoices):
    """What it turned out to be when it was opened; its name says nothing."""

    PDF = "pdf", _("PDF")
    JPEG = "jpeg", _("photo")
    PNG = "png", _("picture")
    TEXT = "text", _("text")


class Paper(models.Model):
    """One paper. ``file_key`` opens its content; without this row nobody can read that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="papers")
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="papers")
    name = models.CharField(_("what is it?"), max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=32, unique=True, editable=False)
    file_key = SealedTextField(purpose=FILE_KEY_PURPOSE, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(
        keep="id kind size",
        blur="uploaded_at",
        erase="file event name sha256 stored_name file_key uploaded_by",
    )

    objects = DoorQuerySet["Paper"].as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("-uploaded_at", "id")
        constraints = [
            models.CheckConstraint(name="paper_named", condition=~Q(name="")),
            # A second click on the button is not a second paper.
            models.UniqueConstraint(name="paper_once", fields=["file", "sha256", "name"]),
            models.CheckConstraint(
                name="paper_kind_known", condition=Q(kind__in=list(Kind.values))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """Its id as it stands in an address."""
        return str(self.pk)
