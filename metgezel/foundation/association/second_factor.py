"""The second factor: an app with codes, passkeys, and recovery codes for when both are lost."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from .kept_secrets import keep_secret, kept_secret, throw_away
from .models import User
from .roles import WORKS_IN_FILES, Role
from .tries import Limit

#: Who comes near files, hands out access or watches over it, logs in with two factors.
NEEDS_SECOND_FACTOR: frozenset[Role] = WORKS_IN_FILES | {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}

#: Wrong codes for one account from one address, of app and recovery codes together.
CODES = Limit("second factor", most=8, within=timedelta(hours=1))
#: A phone's clock may be one period off.
TOLERANCE = 1

_APP, _PASSKEY, _RECOVERY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has set up; ``codes_left`` is None without recovery codes."""

    app: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    codes_left: int | None

    @property
    def any(self) -> bool:
        """Whether there is a second factor at all; recovery codes alone are none."""
        return bool(self.app or self.passkeys)

    @property
    def only_one(self) -> bool:
        """Whether taking one away leaves none."""
        return len(self.passkeys) + bool(self.app) == 1


def factors_of(user: User) -> Factors:
    """Look up what somebody has set up."""
    found = list(_of(user).order_by("pk"))
    app = next((one for one in found if one.type == _APP), None)
    recovery = next((one for one in found if one.type == _RECOVERY), None)
    left = len(RecoveryCodes(recovery).get_unused_codes()) if recovery else None
    return Factors(app, tuple(one for one in found if one.type == _PASSKEY), left)


def has_second_factor(user: User) -> bool:
    """Whether somebody has an app with codes or a passkey."""
    return bool(_of(user).filter(type__in=[_APP, _PASSKEY]).exists())


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Whether somebody with these roles must have one."""
    return bool(NEEDS_SECOND_FACTOR.intersection(roles))


@transaction.atomic
def add_app(user: User, secret: str, code: str) -> Authenticator | None:
    """Link an app with codes, when it shows the right code; None when not, or one is linked."""
    period = _period_of(secret, code, after=0)
    User.objects.select_for_update().get(pk=user.pk)
    if period is None or _of(user).filter(type=_APP).exists():
        return None
    # The code on the screen now still counts for logging in: nobody else has seen it.
    data = {"secret": keep_secret(secret), "last_period": 0}
    return Authenticator.objects.create(user=user, type=_APP, data=data)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Make ten codes that each work once; older ones stop working."""
    User.objects.select_for_update().get(pk=user.pk)
    _remove(_of(user).filter(type=_RECOVERY))
    return list(RecoveryCodes.activate(user).generate_codes())


def recovery_codes_left(user: User) -> list[str]:
    """The codes that still work. Show them only right after making them."""
    found = _of(user).filter(type=_RECOVERY).first()
    return RecoveryCodes(found).get_unused_codes() if found else []


@transaction.atomic
def code_is_right(user: User, code: str) -> Authenticator | None:
    """Which factor this code belongs to; each code is taken once. None when it is wrong.

    Count the try first (``CODES``): this looks at every code it gets.
    """
    plain = "".join(code.split()).replace("-", "")
    for found in _of(user).select_for_update().exclude(type=_PASSKEY).order_by("-type"):
        if _taken(found, plain):
            found.record_usage()
            return found
    return None


@transaction.atomic
def remove_factor(user: User, number: int) -> bool:
    """Take away one factor; with the last one go the recovery codes. False when it is not there."""
    found = _of(user).filter(pk=number).exclude(type=_RECOVERY)
    if not found.exists():
        return False
    _remove(found)
    if not has_second_factor(user):
        _remove(_of(user))
    return True


@transaction.atomic
def remove_all_factors(user: User) -> None:
    """Begin anew, for somebody who lost everything."""
    _remove(_of(user))


def _of(user: User) -> "QuerySet[Authenticator]":
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk)
    return found


def _remove(found: "QuerySet[Authenticator]") -> None:
    for one in found.order_by("pk"):
        throw_away(one.data.values())
        one.delete()


def _taken(found: Authenticator, code: str) -> bool:
    if found.type == _RECOVERY:
        return bool(RecoveryCodes(found).validate_code(code))
    used = int(found.data.get("last_period", 0))
    period = _period_of(kept_secret(found.data["secret"]), code, after=used)
    if period is None:
        return False
    found.data["last_period"] = period
    found.save(update_fields=["data"])
    return True


def _period_of(secret: str, code: str, *, after: int) -> int | None:
    """In which half minute an app shows this code; only half minutes after `after` count."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    shown = "".join(code.split())
    for period in range(now - TOLERANCE, now + TOLERANCE + 1):
        expected = format_hotp_value(hotp_value(secret, period))
        if constant_time_compare(expected, shown) and period > after:
            return period
    return None
