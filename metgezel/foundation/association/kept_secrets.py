"""Secrets of second factors, sealed in the database under keys that can be changed.

The package that knows about second factors keeps its secrets in the middle of other data. It gets
a reference instead, so that changing the encryption key finds each secret in a column of its own.
"""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.encryption import SealedTextField
from metgezel.foundation.people.erasure import erasure

_PREFIX = "kept:"


class KeptSecret(models.Model):
    """One sealed secret."""

    value = SealedTextField(purpose="second factor")

    ERASURE: ClassVar = erasure(keep="id", erase="value")

    objects: ClassVar[models.Manager["KeptSecret"]] = models.Manager()

    class Meta:
        verbose_name = _("kept secret")
        verbose_name_plural = _("kept secrets")

    def __str__(self) -> str:
        return f"{_PREFIX}{self.pk}"


def keep_secret(text: str) -> str:
    """Store a secret sealed; return the reference to it."""
    return str(KeptSecret.objects.create(value=text))


def kept_secret(reference: str) -> str:
    """The secret behind a reference.

    Raises:
        KeptSecret.DoesNotExist: it was thrown away.
    """
    found: str = KeptSecret.objects.get(pk=int(reference.removeprefix(_PREFIX))).value
    return found


def throw_away(references: Iterable[object]) -> None:
    """Delete the secrets behind these references; anything else is left alone."""
    numbers = [
        int(text.removeprefix(_PREFIX))
        for text in references
        if isinstance(text, str) and text.startswith(_PREFIX)
    ]
    KeptSecret.objects.filter(pk__in=numbers).delete()
