"""A client's own way in: an account without e-mail, opened with a card from her companion.

An account must have an address. Hers is her file number at ``client.invalid``: a name that by
internet rule (RFC 2606) leads nowhere, so that nothing can ever be mailed to it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.log_ins import end_log_ins
from metgezel.foundation.association.models import User, WelcomeCode
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.second_factor import remove_all_factors
from metgezel.foundation.association.tries import Limit, may_try
from metgezel.foundation.association.welcome_codes import (
    VALID,
    new_code,
    proof_of,
    tidy,
    valid_codes,
)
from metgezel.foundation.people.models import BirthDatePrecision, ClientFile

from .grounds import Ground, ground_of, may_read
from .kept import Kept

NOWHERE = "client.invalid"
#: Guesses from one address, and guesses of what belongs to one code, wherever they come from.
FROM_HERE = Limit("welcome from an address", most=10)
OF_A_CODE = Limit("welcome of a code", most=10)


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed and handed over; the code is not kept and cannot be shown again."""

    number: str
    code: str
    until: datetime
    asks_birth_date: bool


def address_for(number: str) -> str:
    """The address that stands for a file number."""
    return f"{number.strip().lower()}@{NOWHERE}"


def number_of(user: User) -> str:
    """With which number a client logs in; "" for who logs in with an e-mail address."""
    name, _at, domain = user.email.partition("@")
    return name.upper() if domain == NOWHERE else ""


def may_give_own_access(user: User, file: ClientFile) -> bool:
    """Only who walks along with somebody as companion, or leads the team, hands her the way in.

    With a card in hand one could come in as the client: a volunteer who helps with one thing
    would read what is kept back from her.
    """
    ground = ground_of(user, file.pk)
    if ground is Ground.ASSIGNMENT:
        return may_read(user, file.pk, Kept.IDENTIFIERS)
    return ground is Ground.TEAM_LEADER


def own_account(file: ClientFile) -> User | None:
    """The account of the client herself."""
    return User.objects.filter(person=file.person_id).first()


@transaction.atomic
def make_card(file: ClientFile, maker: User) -> Card:
    """Make the client's account when there is none, and a new card; older cards stop working.

    Raises:
        ValidationError: she is a colleague too, and logs in as one.
    """
    user = own_account(file) or _new_account(file)
    if user.memberships.exclude(role=Role.CLIENT).exists() or not number_of(user):
        raise ValidationError(
            _("%(name)s already logs in with an e-mail address. No card is needed."),
            params={"name": user.name},
        )
    _end_codes(user)
    person = file.person
    known = person.birth_date_precision == BirthDatePrecision.DAY and person.birth_date
    code, until = new_code(bool(known)), timezone.now() + VALID
    born = person.birth_date.isoformat() if known and person.birth_date else ""
    WelcomeCode.objects.create(
        user=user, proof=proof_of(code, born), expires_at=until, made_by=maker
    )
    return Card(number_of(user), code, until, bool(known))


@transaction.atomic
def take_back(file: ClientFile) -> None:
    """End the client's own access at once: cards, log-ins, and the account until a new card."""
    user = own_account(file)
    if user is None or not number_of(user):
        return
    _end_codes(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_log_ins(user)


def waiting_until(user: User) -> datetime | None:
    """Until when a card waits to be used."""
    found = valid_codes().filter(user=user).order_by("-pk").first()
    return found.expires_at if found else None


def code_on_a_card(code: str, born: str, address: str) -> WelcomeCode | None:
    """The card with this code and date of birth; None when wrong, used, too old or guessed at."""
    if not may_try(FROM_HERE, address) or not may_try(OF_A_CODE, tidy(code)):
        return None
    proofs = {proof_of(code, born), proof_of(code, "")}
    return valid_codes().filter(proof__in=proofs).select_related("user").order_by("pk").first()


@transaction.atomic
def use_card(card: WelcomeCode) -> User | None:
    """Use a card up, and clear the way for what she chooses; None when it was used meanwhile."""
    if not valid_codes().filter(pk=card.pk).update(ended_at=timezone.now()):
        return None
    user = User.objects.select_for_update().get(pk=card.user.pk)
    remove_all_factors(user)
    end_log_ins(user)
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    return user


def _new_account(file: ClientFile) -> User:
    number, extra = file.number, 1
    while User.objects.filter(email=address_for(number)).exists():
        extra += 1  # another association on this installation has a file with this number
        number = f"{file.number}-{extra}"
    name = file.person.full_name or file.number
    return User.objects.create_user(address_for(number), name, person=file.person)


def _end_codes(user: User) -> None:
    valid_codes().filter(user=user).update(ended_at=timezone.now())
