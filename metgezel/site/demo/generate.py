"""Fill an empty database with invented people; the same seed gives the same people."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db import transaction

from metgezel.companion.journeys.case_of_file import attributes_to_json, case_event, person_facts
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event, PlanStep
from metgezel.companion.journeys.plan_index import next_due, plan_rows
from metgezel.engines.rules import Case, Member
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.people.files import file_number
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person, PersonLanguage

from .names import FAMILIES, Family, name_of
from .organisation import Organisation
from .stories import STORIES, Happening, from_ukraine

BATCH = 500


@dataclass
class Batch:
    """Rows that wait to be stored together."""

    persons: list[Person] = field(default_factory=list)
    languages: list[PersonLanguage] = field(default_factory=list)
    files: list[ClientFile] = field(default_factory=list)
    ties: list[FamilyTie] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    steps: list[PlanStep] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)

    def store(self) -> None:
        """Write everything, all of it or nothing."""
        with transaction.atomic():
            Person.objects.bulk_create(self.persons)
            PersonLanguage.objects.bulk_create(self.languages)
            ClientFile.objects.bulk_create(self.files)
            FamilyTie.objects.bulk_create(self.ties)
            Event.objects.bulk_create(self.events)
            PlanStep.objects.bulk_create(self.steps, batch_size=1000)
            Assignment.objects.bulk_create(self.assignments)


def fill(
    organisation: Organisation, people: int, seed: int, today: date, tell: Callable[[int], None]
) -> None:
    """Make `people` clients and their plans; `tell` hears how many are stored."""
    random = Random(seed)
    numbers: set[str] = set()
    batch = Batch()
    for index in range(people):
        _client(batch, organisation, index, random, numbers, today)
        if len(batch.files) >= BATCH or index == people - 1:
            batch.store()
            batch = Batch()
            tell(index + 1)


def _client(
    batch: Batch,
    organisation: Organisation,
    index: int,
    random: Random,
    numbers: set[str],
    today: date,
) -> None:
    family = FAMILIES[index % len(FAMILIES)]
    woman = random.random() < 0.5
    person = _person(
        family, woman, today - timedelta(days=random.randint(18 * 366, 60 * 365)), random
    )
    if index == 0:
        # Edge case: a stateless child born on 29 February.
        person.birth_date, person.nationality = date(2020, 2, 29), "XXA"
    place = organisation.locations[index % len(organisation.locations)]
    file = ClientFile(
        id=_uuid(random), person=person, unit=place, association_id=place.association_id,
        number=_number(random, numbers), opened=today - timedelta(days=random.randint(1, 400)),
    )  # fmt: skip
    batch.persons.append(person)
    batch.files.append(file)
    batch.languages.append(PersonLanguage(person=person, code=family.language, level="native"))
    story = from_ukraine if family.nationality == "UKR" else _story(random)
    ties = list(_relatives(batch, file, family, random, today))
    _journey(batch, file, ties, story(today, random), today, random)
    companion = organisation.companion_of(index)
    batch.assignments.append(Assignment(file=file, user=companion, starts=file.opened))


def _story(random: Random) -> Callable[[date, Random], list[Happening]]:
    stories, weights = zip(*STORIES, strict=True)
    return random.choices(stories, weights)[0]  # type: ignore[no-any-return]


def _person(family: Family, woman: bool, born: date, random: Random) -> Person:
    given, last, own = name_of(family, woman, random)
    return Person(
        id=_uuid(random), given_name=given, family_name=last, name_own_script=own,
        birth_date=born, birth_date_precision="day", nationality=family.nationality,
        gender="f" if woman else "m", unaccompanied_minor=False,
    )  # fmt: skip


def _relatives(
    batch: Batch, file: ClientFile, family: Family, random: Random, today: date
) -> Iterator[FamilyTie]:
    """Often a spouse, and some children, here or abroad."""
    if random.random() < 0.5:
        return
    where = random.choice(["abroad", "abroad", "netherlands"])
    kin = [("spouse", random.randint(20 * 365, 50 * 365))]
    kin += [("child", random.randint(365, 21 * 365)) for _ in range(random.randint(0, 3))]
    for number, (relation, age) in enumerate(kin):
        person = _person(family, random.random() < 0.5, today - timedelta(days=age), random)
        batch.persons.append(person)
        key = relation if relation == "spouse" else f"child-{number}"
        tie = FamilyTie(
            file=file, key=key, relative=person, relation=relation, whereabouts=where,
            family_at_entry=True,
        )  # fmt: skip
        batch.ties.append(tie)
        yield tie


def _journey(
    batch: Batch,
    file: ClientFile,
    ties: list[FamilyTie],
    happenings: list[Happening],
    today: date,
    random: Random,
) -> None:
    """Events of a story, and the plan the engine makes of them."""
    lawbook = current_lawbook()
    events = []
    for kind, on, attributes in happenings:
        number = _uuid(random)
        stored = attributes_to_json(attributes.items())
        events.append(Event(id=number, root=number, file=file, kind=kind, on=on, attributes=stored))
    members = tuple(
        Member(t.key, t.relation, t.relative.birth_date, t.whereabouts, t.family_at_entry)
        for t in ties
    )
    found = tuple(case_event(event, lawbook.vocabulary) for event in events)
    case = Case(person_facts(file.person), members, found)
    made, rows = plan_rows(file, case, lawbook, today)
    file.law_version, file.next_due = made.version, next_due(rows)
    batch.events += events
    batch.steps += rows


def _uuid(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)


def _number(random: Random, taken: set[str]) -> str:
    number = file_number(random.choice)
    while number in taken:
        number = file_number(random.choice)
    taken.add(number)
    return number
