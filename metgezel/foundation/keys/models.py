"""One sealed value that everybody knows: it proves that the keys belong to this database."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.people.encryption import SealedTextField
from metgezel.foundation.people.erasure import erasure

PROOF_PURPOSE = "keys.proof"


class KeyProof(models.Model):
    """The only row of its table. See ``proof.py``."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    value = SealedTextField(purpose=PROOF_PURPOSE, index_in="index")
    index = models.CharField(max_length=64, editable=False)

    ERASURE: ClassVar = erasure(keep="id value index")

    class Meta:
        verbose_name = _("proof of the keys")
        verbose_name_plural = _("proofs of the keys")
        constraints = [models.CheckConstraint(name="key_proof_only_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return "keys"
