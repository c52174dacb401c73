"""Access in sentences: why may I see this file, and what can this colleague see?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from metgezel.foundation.association.models import Membership, User
from metgezel.foundation.association.roles import LEADS_FILES, USES_KEYS, WORKS_IN_FILES, Role
from metgezel.foundation.people.models import ClientFile

from .drop_in import tries_left
from .grounds import Ground, conditions, looker
from .models import Assignment, AssignmentQuerySet, DropIn
from .second_wall import number_of_files


@dataclass(frozen=True, slots=True)
class Access:
    """What a colleague can see: her roles, what they open, and what stays shut, in sentences."""

    roles: tuple[str, ...]
    opens: tuple[str, ...]
    shut: tuple[str, ...]


def why_open(user: User, file: ClientFile, today: date) -> list[str]:
    """Every ground on which this user may open this file, as sentences to her; none is none."""
    grounds = conditions(looker(user, today)).items()
    holds = {ground for ground, q in grounds if ClientFile.objects.filter(q, pk=file.pk).exists()}
    found = [_("This is your own file.")] if Ground.OWN_FILE in holds else []
    if Ground.ASSIGNMENT in holds:
        found += [_assignment(a) for a in _assignments(user, today).filter(file=file)]
    if Ground.TEAM_LEADER in holds:
        unit = {"unit": file.unit.name}
        found.append(_("You lead the team that %(unit)s belongs to.") % unit)
    if Ground.DROP_IN in holds:
        keys = DropIn.objects.filter(user=user, file=file).open_at(timezone.now())
        found += [_key(key) for key in keys.order_by("closes_at")]
    return found


def _assignments(user: User, today: date) -> AssignmentQuerySet:
    return Assignment.objects.filter(user=user).running(today).order_by("starts", "pk")


def _assignment(assignment: Assignment) -> str:
    words = {"kind": assignment.get_kind_display(), "starts": _day(assignment.starts)}
    if assignment.ends is None:
        return _("You walk along with this person as %(kind)s since %(starts)s.") % words
    words["ends"] = _day(assignment.ends)
    return _("You walk along with this person as %(kind)s from %(starts)s until %(ends)s.") % words


def _key(key: DropIn) -> str:
    return _("You opened this file with a drop-in key, because %(why)s. It closes at %(time)s.") % {
        "why": key.get_reason_display(),
        "time": _time(key.closes_at),
    }


def what_opens(colleague: User, today: date) -> Access:
    """What somebody can see on this day, told to whoever may ask; names no client.

    Nor does it tell that she is a client herself: that is nobody's business at work.
    """
    held = Membership.objects.filter(user=colleague).exclude(role=Role.CLIENT)
    running = held.running(today).select_related("unit")
    memberships = list(running.order_by("starts", "pk")) if colleague.is_active else []
    roles = frozenset(Role(m.role) for m in memberships)
    return Access(
        tuple(_role(m) for m in memberships) or (_("No role today, so no file is open to her."),),
        tuple(_opens(colleague, memberships, today)),
        tuple(_shut(roles)),
    )


def _role(membership: Membership) -> str:
    words = {
        "role": membership.get_role_display(),
        "unit": membership.unit.name,
        "starts": _day(membership.starts),
    }
    if membership.ends is None:
        return _("%(role)s at %(unit)s, since %(starts)s") % words
    words["ends"] = _day(membership.ends)
    return _("%(role)s at %(unit)s, from %(starts)s until %(ends)s") % words


def _opens(colleague: User, memberships: list[Membership], today: date) -> Iterator[str]:
    who = looker(colleague, today)
    counts = number_of_files(who)
    if counts[Ground.ASSIGNMENT]:
        number = {"number": counts[Ground.ASSIGNMENT]}
        yield _("Files of people she walks along with: %(number)d.") % number
    for membership in memberships:
        if membership.role in LEADS_FILES:
            words = {"unit": membership.unit.name, "number": counts[Ground.TEAM_LEADER]}
            yield _("As team leader all files of %(unit)s and below: %(number)d.") % words
    if any(m.role in USES_KEYS for m in memberships):
        yield _("Drop-in keys left today: %(left)d. Files open with a key now: %(open)d.") % {
            "left": tries_left(colleague, who.moment),
            "open": counts[Ground.DROP_IN],
        }


def _shut(roles: frozenset[Role]) -> Iterator[str]:
    if not roles & WORKS_IN_FILES:
        yield _("No client's file at all: her role does not work in files.")
        return
    if not roles & LEADS_FILES:
        yield _("Every file she is not assigned to.")
    yield _("Files of people who are colleagues or volunteers themselves, unless assigned.")
    yield _("Files of other associations.")


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _time(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i")
