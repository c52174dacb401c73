"""The registers of the privacy officer.

They name a file by its id and number, without a link: they must outlive the file, and the officer,
who sees no files, must be able to read them. So no name of a client belongs in their words.
What the companion sees and does in a file (consent, mandate) hangs on the file.
"""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import DoorQuerySet
from metgezel.foundation.association.models import Unit
from metgezel.foundation.people.erasure import erasure
from metgezel.foundation.people.models import ClientFile

COLLEAGUE = settings.AUTH_USER_MODEL


class ErasedFile(models.Model):
    """All that is left of an erased file: that it was, from which year to which, and what went."""

    class Why(models.TextChoices):
        RETENTION = "retention", _("kept long enough")
        ASKED = "asked", _("the person asked for it")
        AGAIN = "again", _("once more, after a backup was put back")

    file = models.UUIDField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    opened = models.DateField()
    closed = models.DateField(null=True)
    erased_on = models.DateField()
    why = models.CharField(max_length=10, choices=Why.choices)
    by = models.ForeignKey(COLLEAGUE, models.SET_NULL, null=True, related_name="+")
    counts = models.JSONField(default=dict)
    left = models.PositiveIntegerField(default=0)

    ERASURE: ClassVar = erasure(
        keep="id file unit number opened closed erased_on why by counts left"
    )

    class Meta:
        verbose_name = _("erased file")
        verbose_name_plural = _("erased files")
        ordering = ("-erased_on", "number")

    def __str__(self) -> str:
        return self.number


class RetentionNotice(models.Model):
    """A file has been kept long enough: it will be erased from a day on, unless somebody objects.

    ``keep_until`` with a reason is such an objection; after that day the notice counts anew.
    """

    file = models.UUIDField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    noticed_on = models.DateField()
    erase_from = models.DateField()
    keep_until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(
        COLLEAGUE, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)

    ERASURE: ClassVar = erasure(
        keep="id file unit number decided_by",
        blur="noticed_on erase_from keep_until decided_on",
        erase="reason",
    )

    class Meta:
        verbose_name = _("end of the time a file is kept")
        verbose_name_plural = _("ends of the time files are kept")
        ordering = ("erase_from", "number")
        constraints = [
            models.CheckConstraint(
                name="retention_kept_with_reason",
                condition=Q(keep_until__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def erased_from(self) -> date:
        """The first day on which it may be erased."""
        return max(self.erase_from, self.keep_until or self.erase_from)


class SubjectRequest(models.Model):
    """Somebody uses a right she has over her data. Due within a month (GDPR art. 12(3))."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("to see or receive her data")
        RECTIFICATION = "rectification", _("to have something corrected")
        ERASURE = "erasure", _("to be erased")
        OBJECTION = "objection", _("objects to a use of her data")
        RESTRICTION = "restriction", _("wants her data left alone for now")

    class AskedBy(models.TextChoices):
        SELF = "self", _("the person herself")
        MANDATE = "mandate", _("somebody with her mandate")
        PARENT = "parent", _("a parent or guardian")

    class Identity(models.TextChoices):
        KNOWN = "known", _("her companion knows her")
        DOCUMENT = "document", _("a document was looked at, not copied")
        ACCOUNT = "account", _("asked from her own account")

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        PARTLY = "partly", _("partly done")
        REFUSED = "refused", _("refused")

    file = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=15, choices=Kind.choices)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=10, choices=AskedBy.choices)
    identity = models.CharField(max_length=10, choices=Identity.choices)
    words = models.TextField(blank=True, default="")
    extension_reason = models.CharField(max_length=300, blank=True, default="")
    extended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    contested = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(COLLEAGUE, models.SET_NULL, null=True, related_name="+")

    ERASURE: ClassVar = erasure(
        keep="id file unit number kind asked_by identity outcome contested recorded_by "
        "asked_on answered_on extended_on",
        erase="words extension_reason answer",
    )

    class Meta:
        verbose_name = _("request about one's data")
        verbose_name_plural = _("requests about one's data")
        ordering = ("asked_on", "id")
        constraints = [
            models.CheckConstraint(
                name="privacy_request_extended_with_reason",
                condition=Q(extended_on__isnull=True) | ~Q(extension_reason=""),
            ),
            models.CheckConstraint(
                name="privacy_request_answered_whole",
                condition=Q(answered_on__isnull=True, outcome="")
                | (Q(answered_on__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Consent(models.Model):
    """A client said yes to a purpose; the text stands here exactly as it was shown to her."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(COLLEAGUE, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(
        keep="id purpose text language version sha256",
        blur="given_at withdrawn_at",
        erase="file recorded_by",
    )

    objects = DoorQuerySet["Consent"].as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ("given_at", "id")
        constraints = [
            models.UniqueConstraint(
                name="consent_one_running_per_purpose",
                fields=["file", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class Mandate(models.Model):
    """Somebody may act for the client from a day until a day; the text as it was shown to her."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="mandates")
    holder = models.CharField(_("who may act"), max_length=120)
    text = models.TextField()
    language = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    recorded_by = models.ForeignKey(COLLEAGUE, models.SET_NULL, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(
        keep="id language version",
        blur="starts ends withdrawn_on",
        erase="file holder text sha256 recorded_by",
    )

    objects = DoorQuerySet["Mandate"].as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ("starts", "id")
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_start", condition=Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(name="mandate_names_somebody", condition=~Q(holder="")),
        ]

    def __str__(self) -> str:
        return self.holder


class Breach(models.Model):
    """Personal data were lost, changed or seen by who should not. GDPR art. 33 and 34."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    discovered_at = models.DateTimeField()
    facts = models.TextField()
    hit = models.TextField(blank=True, default="")
    people = models.PositiveIntegerField(null=True, blank=True)
    measures = models.TextField(blank=True, default="")
    reported_at = models.DateTimeField(null=True, blank=True)
    delay_reason = models.CharField(max_length=300, blank=True, default="")
    not_reported_reason = models.CharField(max_length=300, blank=True, default="")
    told_at = models.DateTimeField(null=True, blank=True)
    not_told_reason = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(COLLEAGUE, models.SET_NULL, null=True, related_name="+")

    ERASURE: ClassVar = erasure(
        keep="id unit discovered_at people reported_at told_at recorded_by "
        "facts hit measures delay_reason not_reported_reason not_told_reason"
    )

    class Meta:
        verbose_name = _("data breach")
        verbose_name_plural = _("data breaches")
        ordering = ("discovered_at", "id")
        constraints = [
            models.CheckConstraint(name="breach_has_facts", condition=~Q(facts="")),
            models.CheckConstraint(
                name="breach_reported_or_not",
                condition=Q(reported_at__isnull=True) | Q(not_reported_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.discovered_at:%Y-%m-%d}"
