"""Rows that wait to be stored together."""

from dataclasses import dataclass, field, fields

from django.db import connection, models

from metgezel.companion.journeys.models import (
    DoerChange,
    Event,
    Goal,
    OwnStep,
    PlanStep,
    StepOverlay,
)
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import (
    ClientFile,
    FamilyTie,
    Household,
    HouseholdMember,
    Person,
    PersonLanguage,
)

ROOM = 1000  #: rows in one statement, where the database takes as many


@dataclass
class Rows:
    """One list per model, in the order in which they are stored."""

    persons: list[Person] = field(default_factory=list)
    languages: list[PersonLanguage] = field(default_factory=list)
    files: list[ClientFile] = field(default_factory=list)
    ties: list[FamilyTie] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    members: list[HouseholdMember] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    steps: list[PlanStep] = field(default_factory=list)
    overlays: list[StepOverlay] = field(default_factory=list)
    doer_changes: list[DoerChange] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    own_steps: list[OwnStep] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    #: accounts of people who are in these rows themselves
    accounts: list[User] = field(default_factory=list)

    def add(self, other: "Rows") -> None:
        """Take over the rows of another."""
        for one in fields(self):
            getattr(self, one.name).extend(getattr(other, one.name))

    def store(self) -> None:
        """Write everything; what refers to a row comes after it."""
        for one in fields(self):
            waiting: list[models.Model] = getattr(self, one.name)
            if one.name == "accounts":
                User.objects.bulk_update(self.accounts, ["person", "name"])
            elif waiting:
                type(waiting[0])._default_manager.bulk_create(waiting, batch_size=ROOM)


def give_room() -> None:
    """Let SQLite keep the pages of a large fill in memory: 256 MB, until the process ends."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -262144")


def learn_sizes() -> None:
    """Tell the database how its tables look now, so that it chooses the right index."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
