"""The invented association: three foundations, twelve locations, and colleagues of every role."""

from dataclasses import dataclass
from datetime import date

from metgezel.foundation.association.memberships import give_role
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.units import add_unit, create_association

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
LOCAL = (Role.LEGAL_COMPANION, Role.DESK, Role.COORDINATOR, Role.TEAM_LEADER, Role.VOLUNTEER)


@dataclass
class Organisation:
    """Locations, and the companions who share the files between them."""

    locations: list[Unit]
    companions: list[User]

    def companion_of(self, index: int) -> User:
        """Who walks with client number `index`: at each location two companions by turns."""
        place = index % len(self.locations)
        turn = (index // len(self.locations)) % 2
        return self.companions[place * 2 + turn]


def build() -> Organisation:
    """Store the association and its colleagues."""
    top = create_association("Metgezel (demo)")
    locations: list[Unit] = []
    for name, places in FOUNDATIONS:
        foundation = add_unit(top, name)
        locations += [add_unit(foundation, place, code) for place, code in places]
    for role in NATIONAL:
        _colleague(role, top, f"{role}@demo.example")
    for role in LOCAL:
        _colleague(role, locations[0], f"{role}@demo.example")
    companions = []
    for number, place in enumerate(locations):
        for turn in range(2):
            first = number == 0 and turn == 0
            email = "companion@demo.example" if first else f"companion{number}{turn}@demo.example"
            companions.append(_colleague(Role.COMPANION, place, email))
    return Organisation(locations, companions)


def _colleague(role: Role, unit: Unit, email: str) -> User:
    name = f"{role.label} {unit.name}".capitalize()
    user = User.objects.create_user(email, name, PASSWORD)
    give_role(user, unit, role, BEGIN)
    return user


def logins() -> list[str]:
    """One line per role: who, address, password."""
    lines = [(Role.COMPANION, "companion@demo.example")]
    lines += [(role, f"{role}@demo.example") for role in (*LOCAL, *NATIONAL)]
    return [f"{role.label:24} {email:34} {PASSWORD}" for role, email in lines]
