"""One invented client: who she is, her family, and the file with all that hangs on it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from metgezel.companion.journeys.models import Event
from metgezel.foundation.access.models import Assignment, AssignmentKind
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.people.models import (
    ClientFile,
    FamilyTie,
    Household,
    HouseholdMember,
    Person,
    PersonLanguage,
)

from .names import Family, Pair, name_of
from .rows import Rows


@dataclass
class Client:
    """A client in the making. `random` is hers alone, so that no other client changes her."""

    random: Random
    today: date
    family: Family
    person: Person
    file: ClientFile
    rows: Rows = field(default_factory=Rows)

    def relative(
        self, key: str, person: Person, whereabouts: str, *, at_entry: bool | None = True
    ) -> None:
        """Add a family tie; `key` begins with the relation: spouse, child-1."""
        self.rows.ties.append(
            FamilyTie(
                file=self.file, key=key, relative=person, relation=key.partition("-")[0],
                whereabouts=whereabouts, family_at_entry=at_entry,
            )
        )  # fmt: skip

    def lives_with(self, *others: Person, since: date | None = None) -> None:
        """She and these others share a house from a day on."""
        household = Household(id=new_uuid(self.random))
        self.rows.households.append(household)
        self.rows.members += [
            HouseholdMember(household=household, person=person, since=since)
            for person in (self.person, *others)
        ]

    def walks_with(self, user: User, kind: AssignmentKind = AssignmentKind.COMPANION) -> None:
        """Somebody who helps her from the day the file was opened."""
        self.rows.assignments.append(
            Assignment(file=self.file, user=user, kind=kind, starts=self.file.opened)
        )

    @property
    def companion(self) -> User:
        """The first who walks with her; she also keeps the file."""
        return self.rows.assignments[0].user

    @property
    def events(self) -> list[Event]:
        """What happened to her, as the file says now."""
        return [event for event in self.rows.events if event.replaced_by_id is None]


def new_client(
    random: Random, today: date, family: Family, person: Person, unit: Unit, number: str
) -> Client:
    """A client with an empty file at a location."""
    opened = today - timedelta(days=random.randint(20, 400))
    file = ClientFile(
        id=new_uuid(random), person=person, unit=unit, association_id=unit.association_id,
        number=number, opened=opened,
    )  # fmt: skip
    made = Client(random, today, family, person, file)
    person.municipality = unit.municipality
    made.rows.files.append(file)
    made.rows.languages.append(PersonLanguage(person=person, code=family.language, level="native"))
    if random.random() < 0.3:
        made.rows.languages.append(PersonLanguage(person=person, code="en", level="some"))
    return made


def new_person(
    random: Random,
    family: Family,
    born: date,
    *,
    woman: bool | None = None,
    last: Pair | None = None,
) -> Person:
    """Somebody invented, born on a day."""
    if woman is None:
        woman = random.random() < 0.5
    given, surname, own = name_of(family, woman, random, last)
    return Person(
        id=new_uuid(random), given_name=given, family_name=surname, name_own_script=own,
        birth_date=born, birth_date_precision="day", nationality=family.nationality,
        gender="f" if woman else "m", unaccompanied_minor=False,
    )  # fmt: skip


def new_uuid(random: Random) -> uuid.UUID:
    """A number for a row, the same for the same seed."""
    return uuid.UUID(int=random.getrandbits(128), version=4)


def aged(today: date, years: int, random: Random) -> date:
    """A birth date of somebody who is about this many years old."""
    return today - timedelta(days=years * 365 + years // 4 + random.randint(1, 330))
