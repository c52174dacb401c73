"""As what somebody opens a file: the ground, and the role that goes with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from metgezel.foundation.access.grounds import Ground, ground_of
from metgezel.foundation.access.models import DropIn
from metgezel.foundation.access.reach import reach_of
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import WORKS_IN_FILES, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """As what somebody stands before a file, or before a page about no file."""

    role: str = ""
    ground: str = ""
    drop_in: int | None = None


def standing(user: User, file: UUID | None, today: date) -> Standing:
    """Look up the ground; one query, one more for a drop-in key, none without a file."""
    roles = reach_of(user, today).roles
    ground = ground_of(user, file, today) if file else None
    if ground is None:
        return Standing(_first(roles))
    if ground is Ground.OWN_FILE:
        return Standing(Role.CLIENT, ground)
    if ground is Ground.TEAM_LEADER:
        return Standing(Role.TEAM_LEADER, ground)
    key = _open_key(user, file) if ground is Ground.DROP_IN else None
    return Standing(_first(roles & WORKS_IN_FILES), ground, key)


def _first(roles: frozenset[Role]) -> str:
    return next((role.value for role in Role if role in roles), "")


def _open_key(user: User, file: UUID | None) -> int | None:
    keys = DropIn.objects.filter(user=user, file=file).open_at(timezone.now())
    return keys.order_by("-pk").values_list("pk", flat=True).first()
