"""The people who are in every demo: those whom a page is most likely to get wrong."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from metgezel.foundation.access.models import AssignmentKind
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import Person

from . import stories
from .invented import Client, aged, new_client, new_person
from .journey import add_journey
from .names import AFGHAN, ERITREAN, SOMALI, SUDANESE, SYRIAN, TURKISH, Family
from .organisation import Organisation

HOME, AWAY = 0, 4  #: a location in the first foundation, and one in the second
STATELESS = "XXA"


class Cast:
    """Makes the cast, one after another; `number` gives the next free file number."""

    def __init__(
        self,
        organisation: Organisation,
        seed: int,
        today: date,
        number: Callable[[Random], str],
    ) -> None:
        self.organisation = organisation
        self.seed = seed
        self.today = today
        self.number = number

    def everybody(self) -> Iterator[Client]:
        """The whole cast; most walk with the first companion, so that one log-in meets them."""
        yield self.client_who_logs_in()
        yield self.stateless_child_of_leap_day()
        yield self.unaccompanied_minor()
        yield self.under_the_old_law()
        yield from self.family_over_two_foundations()
        yield self.volunteer_with_a_file()
        yield self.refused_and_leaving()

    def client_who_logs_in(self) -> Client:
        """A mother with a permit whose husband and sons are still abroad."""
        random = self._random("client")
        client = self._client(random, SYRIAN, aged(self.today, 34, random), woman=True)
        for key, years, woman in (
            ("spouse", 38, False),
            ("child-1", 11, False),
            ("child-2", 6, True),
        ):
            relative = new_person(random, SYRIAN, aged(self.today, years, random), woman=woman)
            client.rows.persons.append(relative)
            client.relative(key, relative, "abroad")
        client.lives_with(since=self.today - timedelta(days=40))
        place = client.file.unit.municipality
        add_journey(client, stories.waits_for_family(self.today, place), lived_in=1)
        client.walks_with(self.organisation.local[Role.LEGAL_COMPANION], AssignmentKind.LEGAL)
        return self._logs_in(client, Role.CLIENT)

    def stateless_child_of_leap_day(self) -> Client:
        """A child in the procedure with her mother: no nationality, born on 29 February."""
        random = self._random("stateless")
        client = self._client(random, SYRIAN, date(2020, 2, 29), woman=True)
        client.person.nationality = STATELESS
        mother = new_person(random, SYRIAN, aged(self.today, 31, random), woman=True)
        mother.nationality = STATELESS
        client.rows.persons.append(mother)
        client.relative("parent-1", mother, "netherlands")
        client.lives_with(mother, since=client.file.opened)
        add_journey(client, stories.child_in_procedure(self.today), lived_in=0)
        return client

    def unaccompanied_minor(self) -> Client:
        """A boy who came alone; his mother is abroad."""
        random = self._random("alone")
        client = self._client(random, ERITREAN, aged(self.today, 15, random), woman=False)
        client.person.unaccompanied_minor = True
        mother = new_person(random, ERITREAN, aged(self.today, 40, random), woman=True)
        client.rows.persons.append(mother)
        client.relative("parent-1", mother, "abroad")
        add_journey(client, stories.child_in_procedure(self.today))
        return client

    def under_the_old_law(self) -> Client:
        """Asked for asylum before the Pact, refused after it."""
        random = self._random("old law")
        client = self._client(random, SUDANESE, aged(self.today, 27, random), woman=False)
        add_journey(client, stories.under_old_law(self.today, random))
        return client

    def family_over_two_foundations(self) -> Iterator[Client]:
        """Father here, mother and two children there: two files, each in the other's family."""
        random = self._random("family")
        father = self._client(random, AFGHAN, aged(self.today, 41, random), woman=False)
        mother = self._client(random, AFGHAN, aged(self.today, 37, random), woman=True, place=AWAY)
        children = [new_person(random, AFGHAN, aged(self.today, age, random)) for age in (9, 13)]
        shared: list[Person] = [mother.person, *children]
        # The father's file is stored first: his rows carry everybody both files speak of.
        father.rows.persons += shared
        mother.rows.persons.clear()
        father.relative("spouse", mother.person, "netherlands")
        mother.relative("spouse", father.person, "netherlands")
        for number, child in enumerate(children, start=1):
            father.relative(f"child-{number}", child, "netherlands")
            mother.relative(f"child-{number}", child, "netherlands")
        father.lives_with(since=father.file.opened)
        mother.lives_with(*children, since=mother.file.opened)
        add_journey(father, stories.in_procedure(self.today, random), lived_in=0.9)
        add_journey(mother, stories.in_procedure(self.today, random), lived_in=0.9)
        yield father
        yield mother

    def volunteer_with_a_file(self) -> Client:
        """A refugee who became a volunteer; somebody elsewhere walks with her."""
        random = self._random("volunteer")
        born = aged(self.today, 29, random)
        client = self._client(random, SOMALI, born, woman=True, companion=AWAY)
        place = client.file.unit.municipality
        add_journey(client, stories.settled_long_ago(self.today, place))
        return self._logs_in(client, Role.VOLUNTEER)

    def refused_and_leaving(self) -> Client:
        """A final refusal; the volunteer of this place helps as well."""
        random = self._random("leaving")
        client = self._client(random, TURKISH, aged(self.today, 45, random), woman=False)
        add_journey(client, stories.returning(self.today, random), lived_in=1)
        client.walks_with(self.organisation.local[Role.VOLUNTEER])
        return client

    def _random(self, name: str) -> Random:
        return Random(f"{self.seed}/{name}")

    def _client(
        self,
        random: Random,
        family: Family,
        born: date,
        *,
        woman: bool,
        place: int = HOME,
        companion: int | None = None,
    ) -> Client:
        person = new_person(random, family, born, woman=woman)
        unit = self.organisation.locations[place]
        client = new_client(random, self.today, family, person, unit, self.number(random))
        client.rows.persons.append(person)
        client.walks_with(self.organisation.companion_of(place if companion is None else companion))
        return client

    def _logs_in(self, client: Client, role: Role) -> Client:
        account = self.organisation.local[role]
        account.person, account.name = client.person, client.person.full_name
        client.rows.accounts.append(account)
        return client
