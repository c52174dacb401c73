"""Fill an empty database with invented people; the same seed and day give the same people."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from random import Random

from metgezel.foundation.audit.acting import without_journal
from metgezel.foundation.people.files import file_number

from .cast import Cast
from .invented import Client, aged, new_client, new_person
from .journey import add_journey
from .names import FAMILIES
from .organisation import Organisation, build
from .rows import Rows, give_room
from .stories import STORIES, Story, from_ukraine

BATCH = 500


@without_journal("nobody is at work, and everybody is invented")
def fill(people: int, seed: int, today: date, tell: Callable[[int], None]) -> None:
    """Make the association, `people` clients and their plans; `tell` hears how many are made.

    Call within one transaction: a fill that is broken off then leaves nothing behind.
    """
    give_room()
    organisation = build(Random(f"{seed}/organisation"), people)
    number = _Numbers()
    cast = Cast(organisation, seed, today, number).everybody()
    everybody = chain(cast, _ordinary(organisation, seed, today, number))
    waiting = Rows()
    for done, client in enumerate(islice(everybody, people), start=1):
        waiting.add(client.rows)
        if done % BATCH == 0 or done == people:
            waiting.store()
            waiting = Rows()
            tell(done)


class _Numbers:
    """Gives every file a number that no other has."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def __call__(self, random: Random) -> str:
        number = file_number(random.choice)
        while number in self.taken:
            number = file_number(random.choice)
        self.taken.add(number)
        return number


def _ordinary(
    organisation: Organisation, seed: int, today: date, number: Callable[[Random], str]
) -> Iterator[Client]:
    """Clients without end. Each draws from chances of her own, so she stays who she is."""
    index = 0
    while True:
        random = Random(f"{seed}/{index}")
        family = FAMILIES[index % len(FAMILIES)]
        unit = organisation.locations[index % len(organisation.locations)]
        person = new_person(random, family, aged(today, random.randint(18, 62), random))
        client = new_client(random, today, family, person, unit, number(random))
        client.rows.persons.append(person)
        client.walks_with(organisation.companion_of(index))
        _relatives(client)
        story = from_ukraine if family.nationality == "UKR" else _story(random)
        add_journey(client, story(today, random))
        yield client
        index += 1


def _story(random: Random) -> Story:
    told, weights = zip(*STORIES, strict=True)
    chosen: Story = random.choices(told, weights)[0]
    return chosen


def _relatives(client: Client) -> None:
    """Often a spouse, and some children, here or abroad."""
    random, family = client.random, client.family
    if random.random() < 0.5:
        return
    where = random.choice(["abroad", "abroad", "netherlands"])
    kin = [("spouse", random.randint(20, 58))]
    kin += [(f"child-{n}", random.randint(1, 20)) for n in range(1, random.randint(1, 4))]
    found = []
    for key, years in kin:
        person = new_person(random, family, aged(client.today, years, random))
        client.rows.persons.append(person)
        client.relative(key, person, where)
        found.append(person)
    if where == "netherlands":
        client.lives_with(*found, since=client.file.opened)
