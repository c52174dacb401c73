"""The journal: who looked at which file, who changed what, when, and on which ground.

It holds no names and no words: what a number stands for is looked up when it is shown, so that
erasing a person empties the journal's labels too, while the chain stays whole.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import DoorQuerySet
from metgezel.foundation.association.models import Unit
from metgezel.foundation.people.erasure import erasure

from .chain import BEGINNING, COLUMNS, digest


class Action(models.TextChoices):
    """What somebody did."""

    READ = "read", _("looked")
    LISTED = "listed", _("saw in a list")
    CREATED = "created", _("added")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")
    EXPORTED = "exported", _("took along in a file")
    PRINTED = "printed", _("printed")
    REFUSED = "refused", _("tried, and was refused")
    SIGNED_IN = "signed_in", _("signed in")


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Questions to the journal. Whose questions: see ``reading``."""

    def of_file(self, file: UUID) -> "JournalQuerySet":
        """What happened to one file."""
        return self.filter(file=file)

    def newest_first(self) -> "JournalQuerySet":
        """In order of writing, the last one first, with who and where."""
        return self.select_related("actor", "unit").order_by("-id")


class JournalEntry(models.Model):
    """One line of the journal. Never changed, never removed: triggers of the database refuse it.

    ``file`` is no foreign key: the line outlives the file. ``changed`` holds names of fields,
    parted by spaces, never what stands in them. See ``chain`` for the hash.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="journal"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    role = models.CharField(max_length=20, blank=True, default="")
    ground = models.CharField(max_length=20, blank=True, default="")
    drop_in = models.BigIntegerField(null=True)
    action = models.CharField(max_length=12, choices=Action.choices)
    page = models.CharField(max_length=80)
    file = models.UUIDField(null=True)
    model = models.CharField(max_length=60, blank=True, default="")
    row = models.CharField(max_length=80, blank=True, default="")
    changed = models.CharField(max_length=500, blank=True, default="")
    number = models.PositiveIntegerField(default=0)
    previous = models.CharField(max_length=64, default=BEGINNING)
    hash = models.CharField(max_length=64)

    ERASURE: ClassVar = erasure(
        keep="id unit place at actor on_behalf_of role ground drop_in action page file model row "
        "changed number previous hash"
    )

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the journal")
        verbose_name_plural = _("journal")
        constraints = [
            models.UniqueConstraint(name="journal_one_row_a_place", fields=["unit", "place"]),
            models.CheckConstraint(
                name="journal_action_known", condition=Q(action__in=list(Action.values))
            ),
        ]
        indexes = [
            models.Index(fields=["file", "-id"], name="journal_of_file"),
            models.Index(fields=["actor", "-id"], name="journal_of_actor"),
            models.Index(fields=["at"], name="journal_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.place} {self.action}"

    def computed_hash(self) -> str:
        """The hash these values have; differs from ``hash`` when the row was changed."""
        return digest([getattr(self, column) for column in COLUMNS])


class JournalHead(models.Model):
    """The end of each chain. Locked while a row is added, so that a chain has no forks."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="journal_head")
    place = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=BEGINNING)

    ERASURE: ClassVar = erasure(keep="unit place hash")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.place}"


class JournalAnchor(models.Model):
    """The end of a chain as it was on a day; also mailed or kept elsewhere. Never changed."""

    day = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    ERASURE: ClassVar = erasure(keep="id day unit place hash")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="journal_one_anchor_a_day", fields=["unit", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.unit_id} {self.place}"


class JournalQuestion(models.Model):
    """A client asks the privacy officer about a line in her journal, and gets an answer."""

    file = models.ForeignKey("people.ClientFile", models.CASCADE, related_name="journal_questions")
    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    FILE_PATHS: ClassVar = ("file",)
    ERASURE: ClassVar = erasure(
        keep="id entry", blur="asked_at answered_at", erase="file words answer answered_by"
    )

    objects = DoorQuerySet["JournalQuestion"].as_manager()

    class Meta:
        verbose_name = _("question about the journal")
        verbose_name_plural = _("questions about the journal")
        ordering = ("-asked_at", "-id")
        constraints = [
            models.CheckConstraint(
                name="journal_question_answered_with_words",
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.asked_at:%Y-%m-%d}"


class JournalFinding(models.Model):
    """Something striking in the journal, and what a person thought of it after asking.

    ``key`` makes looking twice give one finding. It accuses nobody.
    """

    class State(models.TextChoices):
        OPEN = "open", _("not looked at yet")
        EXPLAINED = "explained", _("explained")
        TALK = "talk", _("needs a talk")
        BREACH = "breach", _("a breach")

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    file = models.UUIDField(null=True)
    number = models.PositiveIntegerField(default=0)
    usual = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    words = models.TextField(blank=True, default="")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    ERASURE: ClassVar = erasure(
        keep="id key kind unit day actor file number usual state reviewed_by",
        blur="reviewed_at",
        erase="words",
    )

    class Meta:
        verbose_name = _("finding in the journal")
        verbose_name_plural = _("findings in the journal")
        ordering = ("-day", "-id")
        constraints = [
            models.CheckConstraint(
                name="journal_finding_reviewed_by_somebody",
                condition=Q(state="open") | (Q(reviewed_by__isnull=False) & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the finding under its key."""
        self.key = self.key or f"{self.kind}:{self.day}:{self.actor_id or self.file}"
        super().save(*args, **kwargs)
