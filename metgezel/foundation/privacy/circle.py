"""Who goes along when a file is erased, and who stays because she belongs elsewhere too."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.models import Membership, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile, Person

OWN_FILE = _("has a file of her own")
ELSEWHERE = _("is a relative in another file")
WORKS_HERE = _("works here as well: the name stays with the account")


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of one file. ``stays`` gives the reason by person."""

    file: ClientFile
    people: tuple[Person, ...]
    accounts: tuple[User, ...]
    stays: tuple[tuple[Person, str | Promise], ...]


def circle_of(file: ClientFile) -> Circle:
    """The client and her relatives, parted into who goes with the file and who stays."""
    whose = Q(pk=file.person_id) | Q(relative_in__file=file)
    found = Person.objects.filter(whose).distinct().order_by("created_at", "pk")
    reasons = [(person, _reason_to_stay(person, file)) for person in found]
    people = tuple(person for person, reason in reasons if reason is None)
    stays = tuple((person, reason) for person, reason in reasons if reason is not None)
    return Circle(file, people, _accounts(people), stays)


def _reason_to_stay(person: Person, file: ClientFile) -> "str | Promise | None":
    if person.pk != file.person_id and ClientFile.objects.filter(person=person).exists():
        return OWN_FILE
    if person.relative_in.exclude(file=file).exists():
        return ELSEWHERE
    working = Membership.objects.filter(user__person=person).exclude(role=Role.CLIENT)
    return WORKS_HERE if working.exists() else None


def _accounts(people: tuple[Person, ...]) -> tuple[User, ...]:
    """Accounts of clients; whoever is or was a colleague is among those who stay."""
    return tuple(User.objects.filter(person__in=people).order_by("pk"))
