"""A small association for tests: two foundations, three locations, clients and colleagues."""

from dataclasses import dataclass
from datetime import date

from metgezel.foundation.access.assignments import assign
from metgezel.foundation.association.memberships import give_role
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.units import add_unit, create_association
from metgezel.foundation.people.files import open_file
from metgezel.foundation.people.models import ClientFile, Person

BEGIN = date(2026, 1, 1)


@dataclass
class SmallAssociation:
    """North has Assen and Groningen, South has Breda; one client lives in each place."""

    top: Unit
    north: Unit
    south: Unit
    assen: Unit
    groningen: Unit
    breda: Unit
    in_assen: ClientFile
    in_groningen: ClientFile
    in_breda: ClientFile


def small_association() -> SmallAssociation:
    """Store it and return its parts."""
    top = create_association("Vereniging")
    north, south = add_unit(top, "Noord"), add_unit(top, "Zuid")
    assen = add_unit(north, "Assen", "GM0106")
    groningen = add_unit(north, "Groningen", "GM0014")
    breda = add_unit(south, "Breda", "GM0758")
    files = [client(name, place) for name, place in
             (("Amal", assen), ("Girma", groningen), ("Bahar", breda))]  # fmt: skip
    return SmallAssociation(top, north, south, assen, groningen, breda, *files)


def client(given_name: str, unit: Unit) -> ClientFile:
    """Store somebody with a file."""
    return open_file(Person.objects.create(given_name=given_name), unit, BEGIN)


def colleague(role: Role, unit: Unit, *files: ClientFile) -> User:
    """Store somebody with a role since 1 January 2026, assigned to these files."""
    number = User.objects.count()
    user = User.objects.create_user(f"{role}{number}@example.org", f"{role.label} {number}", "pw")
    give_role(user, unit, role, BEGIN)
    for file in files:
        assign(file, user, BEGIN)
    return user
