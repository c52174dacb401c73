"""The invented association: three foundations, twelve locations, and colleagues of every role."""

import uuid
from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from metgezel.foundation.association.models import Membership, Unit, UnitKind, User
from metgezel.foundation.association.roles import Role

PASSWORD = "samen-op-weg-2026"
BEGIN = date(2025, 1, 1)
FOUNDATIONS = (
    ("Noord (demo)", (("Assen", "GM0106"), ("Groningen", "GM0014"), ("Leeuwarden", "GM0080"),
                      ("Emmen", "GM0114"))),
    ("Midden (demo)", (("Utrecht", "GM0344"), ("Amersfoort", "GM0307"), ("Almere", "GM0034"),
                       ("Arnhem", "GM0202"))),
    ("Zuid (demo)", (("Breda", "GM0758"), ("Eindhoven", "GM0772"), ("Maastricht", "GM0935"),
                     ("Tilburg", "GM0855"))),
)  # fmt: skip
NATIONAL = (Role.ADVOCATE, Role.BOARD, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.PARTNER)
LOCAL = (
    Role.LEGAL_COMPANION, Role.DESK, Role.COORDINATOR, Role.TEAM_LEADER, Role.VOLUNTEER, Role.CLIENT
)  # fmt: skip
FOUNDATION_LEADER = "foundation_leader@demo.example"
CARRIES = 30  #: about how many people a companion walks with


@dataclass
class Organisation:
    """Locations, and the companions who share the files between them, as many at each."""

    locations: list[Unit]
    companions: list[list[User]]
    local: dict[Role, User]

    def companion_of(self, index: int) -> User:
        """Who walks with client number `index`: the companions of a location take turns."""
        here = self.companions[index % len(self.locations)]
        return here[index // len(self.locations) % len(here)]


def build(random: Random, people: int) -> Organisation:
    """Store the association and its colleagues, enough of them for so many people."""
    top = _unit(random, None, UnitKind.ASSOCIATION, "Metgezel (demo)")
    foundations: list[Unit] = []
    locations: list[Unit] = []
    for name, places in FOUNDATIONS:
        foundations.append(_unit(random, top, UnitKind.FOUNDATION, name))
        for place, code in places:
            locations.append(_unit(random, foundations[-1], UnitKind.LOCATION, place, code))
    staff = _Staff(make_password(PASSWORD))
    for role in NATIONAL:
        staff.add(role, top, f"{role}@demo.example")
    local = {role: staff.add(role, locations[0], f"{role}@demo.example") for role in LOCAL}
    staff.add(Role.TEAM_LEADER, foundations[0], FOUNDATION_LEADER)
    turns = max(2, -(-people // (len(locations) * CARRIES)))
    companions = [
        [staff.add(Role.COMPANION, place, _address(number, turn)) for turn in range(turns)]
        for number, place in enumerate(locations)
    ]
    staff.store()
    return Organisation(locations, companions, local)


def _unit(random: Random, parent: Unit | None, kind: UnitKind, name: str, code: str = "") -> Unit:
    number = uuid.UUID(int=random.getrandbits(128), version=4)
    unit = Unit(id=number, parent=parent, kind=kind, name=name, municipality=code)
    unit.save()
    return unit


def _address(place: int, turn: int) -> str:
    first = place == 0 and turn == 0
    return "companion@demo.example" if first else f"companion{place}-{turn}@demo.example"


class _Staff:
    """Colleagues who wait to be stored together; they share one password, which is no secret."""

    def __init__(self, password: str) -> None:
        self.password = password
        self.users: list[User] = []
        self.roles: list[tuple[Unit, Role]] = []

    def add(self, role: Role, unit: Unit, email: str) -> User:
        name = f"{role.label} {unit.name}".capitalize()
        self.users.append(User(email=email, name=name, password=self.password))
        self.roles.append((unit, role))
        return self.users[-1]

    def store(self) -> None:
        User.objects.bulk_create(self.users)
        Membership.objects.bulk_create(
            Membership(user=user, unit=unit, role=role, starts=BEGIN)
            for user, (unit, role) in zip(self.users, self.roles, strict=True)
        )


def logins() -> list[str]:
    """One line per demo account that is in this database: who, address, password."""
    lines = [(str(Role.COMPANION.label), "companion@demo.example")]
    lines += [(str(role.label), f"{role}@demo.example") for role in (*LOCAL, *NATIONAL)]
    lines.append((f"{Role.TEAM_LEADER.label} {FOUNDATIONS[0][0]}", FOUNDATION_LEADER))
    there = set(
        User.objects.filter(email__in=[email for _, email in lines]).values_list("email", flat=True)
    )
    return [f"{label:24} {email:34} {PASSWORD}" for label, email in lines if email in there]
