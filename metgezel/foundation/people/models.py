"""People and their files: names in any script, languages, numbers. Family is in family.py."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import SELF, DoorQuerySet
from metgezel.foundation.access.kept import Kept
from metgezel.foundation.association.models import Unit

from .encryption import SealedTextField
from .erasure import erasure
from .family import FamilyTie, Household, HouseholdMember
from .identifiers import V_NUMBER_PURPOSE, index_of, normalised_v_number
from .names import FoldedNameField, folded

__all__ = [
    "BirthDatePrecision",
    "ClientFile",
    "FamilyTie",
    "Gender",
    "Household",
    "HouseholdMember",
    "Identifier",
    "LanguageLevel",
    "Person",
    "PersonLanguage",
]


class Gender(models.TextChoices):
    """As in the person's own papers; blank is unknown."""

    FEMALE = "f", _("woman")
    MALE = "m", _("man")
    OTHER = "x", _("x")


class BirthDatePrecision(models.TextChoices):
    """How much of the birth date is known; many papers say 1 January."""

    DAY = "day", _("exact day")
    YEAR = "year", _("year only")
    UNKNOWN = "unknown", _("unknown")


def _named(text: str, person: str = "") -> Q:
    """The condition that a name holds every word of the text; `person` leads to the person."""
    condition = Q()
    for word in folded(text).split():
        condition &= Q(**{f"{person}search_name__contains": word})
    return condition


class PersonQuerySet(DoorQuerySet["Person"]):
    """Questions about people."""

    def named(self, text: str) -> "PersonQuerySet":
        """The people whose name holds every word of the text, in any spelling variant."""
        return self.filter(_named(text))


class Person(models.Model):
    """A human being, once: as client, as family, and as volunteer or colleague."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = models.CharField(_("first name"), max_length=100)
    family_name = models.CharField(_("last name"), max_length=100, blank=True, default="")
    name_own_script = models.CharField(
        _("name in own script"), max_length=200, blank=True, default=""
    )
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_date_precision = models.CharField(
        max_length=10, choices=BirthDatePrecision.choices, default=BirthDatePrecision.UNKNOWN
    )
    nationality = models.CharField(_("nationality"), max_length=3, blank=True, default="")
    gender = models.CharField(
        _("gender"), max_length=1, choices=Gender.choices, blank=True, default=""
    )
    municipality = models.CharField(_("municipality"), max_length=6, blank=True, default="")
    unaccompanied_minor = models.BooleanField(_("unaccompanied minor"), null=True, blank=True)
    search_name = FoldedNameField(
        max_length=420,
        sources=("given_name", "family_name", "name_own_script"),
        db_index=True,
        editable=False,
        default="",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    FILE_PATHS: ClassVar = ("client_file", "relative_in__file")
    ERASURE: ClassVar = erasure(
        keep="id gender municipality unaccompanied_minor birth_date_precision nationality",
        blur="birth_date created_at changed_at",
        erase="given_name family_name name_own_script search_name",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="person_birth_date_matches_precision",
                condition=Q(birth_date__isnull=True, birth_date_precision="unknown")
                | (Q(birth_date__isnull=False) & ~Q(birth_date_precision="unknown")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the person; a birth date without a precision is an exact day."""
        if self.birth_date is None:
            self.birth_date_precision = BirthDatePrecision.UNKNOWN
        elif self.birth_date_precision == BirthDatePrecision.UNKNOWN:
            self.birth_date_precision = BirthDatePrecision.DAY
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """First and last name in Latin script."""
        return f"{self.given_name} {self.family_name}".strip()


class LanguageLevel(models.TextChoices):
    """How well somebody speaks it."""

    NATIVE = "native", _("mother tongue")
    GOOD = "good", _("good")
    SOME = "some", _("some")


class PersonLanguage(models.Model):
    """A language somebody speaks. ``code`` is one of ``languages.known_languages()``."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=12)
    level = models.CharField(
        max_length=10, choices=LanguageLevel.choices, default=LanguageLevel.NATIVE
    )
    interpreter_needed = models.BooleanField(default=False)

    FILE_PATHS: ClassVar = ("person__client_file", "person__relative_in__file")
    ERASURE: ClassVar = erasure(keep="id code level interpreter_needed", erase="person")

    objects = DoorQuerySet["PersonLanguage"].as_manager()

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="person_language_once", fields=["person", "code"])
        ]

    def __str__(self) -> str:
        return self.code


class Identifier(models.Model):
    """A number an authority gave somebody. Encrypted; a person without one is normal.

    There is no row for "no number", so a blank can never match a blank.
    """

    class Kind(models.TextChoices):
        V_NUMBER = "v_number", _("V-number")

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.V_NUMBER)
    value = SealedTextField(purpose=V_NUMBER_PURPOSE, index_in="index")
    index = models.CharField(max_length=64, db_index=True, editable=False)

    FILE_PATHS: ClassVar = ("person__client_file", "person__relative_in__file")
    KEPT: ClassVar = Kept.IDENTIFIERS
    ERASURE: ClassVar = erasure(keep="id kind", erase="person value index")

    objects = DoorQuerySet["Identifier"].as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(name="identifier_one_of_a_kind", fields=["person", "kind"]),
            models.CheckConstraint(name="identifier_not_blank", condition=~Q(index="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the normalised number with its blind index.

        Raises:
            ValueError: the number is blank or holds something else than digits.
        """
        self.value = normalised_v_number(self.value)
        self.index = index_of(self.value)
        super().save(*args, **kwargs)


class ClientFileQuerySet(DoorQuerySet["ClientFile"]):
    """Questions about files."""

    def found_by(self, text: str) -> "ClientFileQuerySet":
        """The files whose number this is, or whose client is called this, in any script."""
        signs = "".join(sign for sign in text if sign.isalnum()).upper()
        by_number = Q(number=f"{signs[:3]}-{signs[3:]}") if len(signs) == 6 else Q(pk__in=[])
        return self.filter(_named(text, "person__") | by_number)


class ClientFile(models.Model):
    """The file of one client at one location: what everything about her hangs on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="client_file")
    association = models.ForeignKey(Unit, models.PROTECT, related_name="all_files", editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="files")
    number = models.CharField(_("file number"), max_length=12)
    opened = models.DateField(_("opened"))
    closed = models.DateField(_("closed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    law_version = models.CharField(max_length=64, blank=True, default="")
    next_due = models.DateField(null=True, blank=True, db_index=True)

    FILE_PATHS: ClassVar = (SELF,)
    COMPUTED_FIELDS: ClassVar = ("version", "law_version", "next_due")
    ERASURE: ClassVar = erasure(
        keep="id association unit number version law_version",
        blur="opened closed next_due",
        erase="person",
    )

    objects = ClientFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(
                name="file_number_once_per_association", fields=["association", "number"]
            ),
            models.CheckConstraint(
                name="file_closed_after_opened",
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")),
            ),
            models.CheckConstraint(name="file_number_not_blank", condition=~Q(number="")),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file under the association its unit belongs to."""
        self.association_id = self.unit.association_id
        super().save(*args, **kwargs)
