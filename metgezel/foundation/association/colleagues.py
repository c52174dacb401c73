"""Inviting a colleague: an account without a password, and a link to choose one."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.http import base36_to_int, int_to_base36
from django.utils.translation import gettext_lazy as _

from .memberships import give_role, refuse_same_role
from .models import Unit, User
from .roles import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who can choose a password by following a link that works once.

    ``number`` and ``token`` are the two parts of the link (URL name ``choose_password``, arguments
    ``user`` and ``token``). Whoever has the link has the account: show it once, to the inviter.
    ``token`` is blank for somebody who has a password already, and for a client: an inviter never
    gets a link into an account that is in use, or that opens somebody's own file.
    """

    user: User
    number: str
    token: str


@transaction.atomic
def invite_colleague(
    email: str, name: str, unit: Unit, role: Role, starts: date, ends: date | None = None
) -> Invitation:
    """Give somebody an account and a role; an existing account gets the role added.

    Raises:
        ValidationError: the address or name cannot be used, or she already has this role here.
    """
    address = email.strip().lower()
    validate_email(address)
    if not name.strip():
        raise ValidationError({"name": _("Fill in a name.")}, code="blank")
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, name.strip())
    refuse_same_role(user, unit, role, starts)
    give_role(user, unit, role, starts, ends)
    if user.has_usable_password() or user.person_id is not None:
        return Invitation(user, "", "")
    return invitation_for(user)


def invitation_for(user: User) -> Invitation:
    """Make a link. For the account's own mailbox only, unless it never had a password."""
    return Invitation(user, int_to_base36(user.pk), default_token_generator.make_token(user))


def invited_user(number: str, token: str) -> User | None:
    """Return whose link this is; None when it is wrong, used or older than a week."""
    try:
        user = User.objects.filter(pk=base36_to_int(number), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user and default_token_generator.check_token(user, token) else None
