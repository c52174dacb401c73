"""What happened to a person, what the law makes of it, and what people do about it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import DoorQuerySet
from metgezel.foundation.people.erasure import erasure
from metgezel.foundation.people.models import ClientFile

ON_FILE = ("file",)


class Doer(models.TextChoices):
    """Who does a step; the aim is that this shifts towards the client."""

    CLIENT = "client", _("you alone")
    TOGETHER = "together", _("together")
    COMPANION = "companion", _("the companion")


class What(models.TextChoices):
    """What somebody did to a file."""

    RECORDED = "recorded", _("recorded that something happened")
    CORRECTED = "corrected", _("corrected what happened")
    WITHDRAWN = "withdrawn", _("took back what did not happen")
    RELATIVE = "relative", _("changed the family")
    PERSON = "person", _("changed the personal details")
    STEP = "step", _("changed a step")
    GOAL = "goal", _("changed a goal")
    OWN_STEP = "own_step", _("changed an own step")
    OTHER = "other", _("changed something in this file")


class FileChange(models.Model):
    """What made a version of a file, and who; so that two people can see what the other did.

    `subject` names what it is about: the number of an event, goal or own step, the key of a
    relative, `rule event member` of a step.
    """

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    what = models.CharField(max_length=12, choices=What.choices, default=What.OTHER)
    subject = models.CharField(max_length=160, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    FILE_PATHS: ClassVar = ON_FILE
    NOT_JOURNALLED: ClassVar = "goes with a change that is journalled itself"
    ERASURE: ClassVar = erasure(keep="id version what", blur="at", erase="file subject by")

    objects = DoorQuerySet["FileChange"].as_manager()

    class Meta:
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(name="one_change_per_version", fields=["file", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.what}"


class EventQuerySet(DoorQuerySet["Event"]):
    """Events of files."""

    def current(self) -> Self:
        """Events as they are now believed to have happened: not replaced, not withdrawn."""
        return self.filter(replaced_by__isnull=True, withdrawn=False)


class Event(models.Model):
    """Something that happened on a day. Never changed: a correction is a new row with its root."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="events")
    root = models.UUIDField(editable=False)
    kind = models.CharField(max_length=60)
    on = models.DateField()
    attributes = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True, default="")
    document_reference = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    correction_reason = models.CharField(max_length=300, blank=True, default="")
    withdrawn = models.BooleanField(default=False)

    FILE_PATHS: ClassVar = ON_FILE
    ERASURE: ClassVar = erasure(
        keep="id root kind replaced_by withdrawn",
        blur="on recorded_at",
        erase="file attributes note document_reference recorded_by correction_reason",
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("on", "recorded_at")
        indexes = [models.Index(fields=["file", "on"])]
        constraints = [
            models.CheckConstraint(
                name="event_withdrawn_with_reason",
                condition=Q(withdrawn=False) | ~Q(correction_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class PlanStepQuerySet(DoorQuerySet["PlanStep"]):
    """Steps of files."""

    LISTED = True


class PlanStep(models.Model):
    """An index of what the engine says, so that lists over files can be sorted in the database."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="steps")
    rule = models.CharField(max_length=60)
    event_root = models.UUIDField()
    member = models.CharField(max_length=40, blank=True, default="")
    track = models.CharField(max_length=20)
    who = models.CharField(max_length=20)
    starts = models.DateField(null=True, blank=True)
    safe = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    raw = models.DateField(null=True, blank=True)
    strict = models.BooleanField(default=False)
    loss = models.PositiveSmallIntegerField(default=0)
    lapse = models.CharField(max_length=20)
    closed = models.CharField(max_length=20, blank=True, default="")
    done_on = models.DateField(null=True, blank=True)

    FILE_PATHS: ClassVar = ON_FILE
    NOT_JOURNALLED: ClassVar = "computed from events, relatives and overlays, which are journalled"
    ERASURE: ClassVar = erasure(
        keep="id rule track who strict loss lapse closed event_root",
        blur="starts safe due raw done_on",
        erase="file member",
    )

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        ordering = ("due", "id")
        indexes = [
            models.Index(fields=["file", "closed", "safe"]),
            # For who leads many files: the first few of very many, without sorting them all.
            models.Index(
                "closed",
                F("loss").desc(),
                Coalesce("safe", "due", "starts"),
                "id",
                name="step_open_gravest_first",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="step_once_per_rule_event_member",
                fields=["file", "rule", "event_root", "member"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due or self.starts}"


class StepOverlay(models.Model):
    """What people did to a step of the plan; found again by rule, event and member."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="overlays")
    rule = models.CharField(max_length=60)
    event_root = models.UUIDField()
    member = models.CharField(max_length=40, blank=True, default="")
    done_on = models.DateField(null=True, blank=True)
    not_applicable_reason = models.CharField(max_length=300, blank=True, default="")
    doer = models.CharField(max_length=12, choices=Doer.choices, blank=True, default="")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    FILE_PATHS: ClassVar = ON_FILE
    ERASURE: ClassVar = erasure(
        keep="id rule event_root doer",
        blur="done_on changed_at",
        erase="file member not_applicable_reason changed_by",
    )

    objects = DoorQuerySet["StepOverlay"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="overlay_once_per_step", fields=["file", "rule", "event_root", "member"]
            ),
            models.CheckConstraint(
                name="overlay_done_or_not_applicable",
                condition=Q(done_on__isnull=True) | Q(not_applicable_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class DoerChange(models.Model):
    """Who did a step from which day on: how self-reliance grows."""

    overlay = models.ForeignKey(StepOverlay, models.CASCADE, related_name="doer_changes")
    doer = models.CharField(max_length=12, choices=Doer.choices)
    on = models.DateField()

    FILE_PATHS: ClassVar = ("overlay__file",)
    ERASURE: ClassVar = erasure(keep="id doer", blur="on", erase="overlay")

    objects = DoorQuerySet["DoerChange"].as_manager()

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.doer} {self.on}"


class Goal(models.Model):
    """What the person wants, in her own words."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="goals")
    words = models.CharField(_("in your own words"), max_length=300)
    reached_on = models.DateField(null=True, blank=True)
    created_on = models.DateField()

    FILE_PATHS: ClassVar = ON_FILE
    ERASURE: ClassVar = erasure(keep="id", blur="reached_on created_on", erase="file words")

    objects = DoorQuerySet["Goal"].as_manager()

    class Meta:
        ordering = ("created_on", "id")

    def __str__(self) -> str:
        return self.words


class OwnStepQuerySet(DoorQuerySet["OwnStep"]):
    """Steps people added."""

    LISTED = True


class OwnStep(models.Model):
    """A step people add themselves, to a goal or by itself."""

    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="own_steps")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="own_steps")
    title = models.CharField(_("what"), max_length=200)
    due = models.DateField(_("before"), null=True, blank=True)
    doer = models.CharField(max_length=12, choices=Doer.choices, default=Doer.TOGETHER)
    done_on = models.DateField(null=True, blank=True)

    FILE_PATHS: ClassVar = ON_FILE
    ERASURE: ClassVar = erasure(keep="id doer", blur="due done_on", erase="file goal title")

    objects = OwnStepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["done_on", "due", "id"])]
        ordering = (F("due").asc(nulls_last=True), "id")

    def __str__(self) -> str:
        return self.title
