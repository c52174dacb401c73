"""Whose journal somebody may read: a client her own, the privacy officer her association's."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from metgezel.foundation.access.reach import Visitor
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile

from .keeper import as_the_keeper
from .models import JournalEntry, JournalFinding, JournalQuerySet, JournalQuestion


def own_file(user: Visitor) -> ClientFile | None:
    """The file of this user herself, when she is a client."""
    if not isinstance(user, User) or user.person_id is None:
        return None
    files = ClientFile.objects.visible_to(user).filter(person=user.person_id)
    return files.select_related("unit").first()


def journal_of(file: ClientFile, without: User | None = None) -> JournalQuerySet:
    """Who did what with a file, newest first; `without` leaves her own looks out."""
    entries = JournalEntry.objects.of_file(file.pk)
    if without is not None:
        entries = entries.exclude(actor=without)
    return entries.newest_first()


def watched_units(officer: Visitor, today: date | None = None) -> list[str]:
    """The paths of the associations whose journal this privacy officer reads; none for others."""
    if not isinstance(officer, User) or not officer.is_active:
        return []
    roles = Membership.objects.running(today or current_day()).select_related("unit")
    hers = roles.filter(user=officer, role=Role.PRIVACY_OFFICER)
    return sorted({one.unit.association_path for one in hers})


def journal_for(officer: Visitor) -> JournalQuerySet:
    """All lines this privacy officer may read, newest first."""
    units = Unit.objects.at_or_below(*watched_units(officer))
    return JournalEntry.objects.filter(unit__in=units).newest_first()


def colleagues_for(officer: Visitor, text: str = "") -> "list[User]":
    """Colleagues of her association whose name or address holds the text; fifty at most."""
    found = User.objects.filter(pk__in=_colleagues(officer))
    for word in text.split():
        found = found.filter(name__icontains=word) | found.filter(email__icontains=word)
    return list(found.order_by("name", "pk")[:50])


def colleague_for(officer: Visitor, number: int) -> User | None:
    """One colleague of her association."""
    return User.objects.filter(pk=number).filter(pk__in=_colleagues(officer)).first()


def _colleagues(officer: Visitor) -> QuerySet[Membership, int]:
    """Who has or had a role other than that of a client."""
    units = Unit.objects.at_or_below(*watched_units(officer))
    working = Membership.objects.filter(unit__in=units).exclude(role=Role.CLIENT)
    return working.values_list("user", flat=True)


def file_numbers(files: Iterable[UUID | None]) -> dict[UUID, str]:
    """The numbers of these files, as far as they are still there. Never a name."""
    wanted = {file for file in files if file}
    with as_the_keeper():
        found = ClientFile.objects.filter(pk__in=wanted).order_by("pk")
        return dict(found.values_list("pk", "number"))


def file_with_number(officer: Visitor, number: str) -> UUID | None:
    """The file with this number in her association: to read its journal, not the file."""
    signs = "".join(sign for sign in number if sign.isalnum()).upper()
    written = f"{signs[:3]}-{signs[3:]}"
    with as_the_keeper():
        units = Unit.objects.at_or_below(*watched_units(officer))
        found = ClientFile.objects.filter(unit__in=units, number=written)
        return found.values_list("pk", flat=True).first()


def questions_for(officer: Visitor) -> list[JournalQuestion]:
    """Questions of clients of her association: the oldest unanswered first, then the answered."""
    with as_the_keeper():
        units = Unit.objects.at_or_below(*watched_units(officer))
        found = JournalQuestion.objects.filter(entry__unit__in=units)
        found = found.select_related("entry__actor", "entry__unit", "file")
        waiting = list(found.filter(answered_at__isnull=True).order_by("asked_at", "id"))
        done = list(found.filter(answered_at__isnull=False).order_by("-answered_at", "-id")[:50])
    return [*waiting, *done]


def findings_for(officer: Visitor, states: Collection[str]) -> list[JournalFinding]:
    """Striking days in her association, in these states, the newest first."""
    units = Unit.objects.at_or_below(*watched_units(officer))
    found = JournalFinding.objects.filter(unit__in=units, state__in=states)
    return list(found.select_related("actor", "unit", "reviewed_by")[:200])
