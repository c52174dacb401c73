"""Opening one file for an hour with a drop-in key, closing it, and looking back at it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import LEADS_FILES, Role

from .grounds import files_within_reach_of_a_key, looker
from .models import DropIn, DropInTry
from .second_wall import file_behind_the_second_wall

OPEN_FOR = timedelta(minutes=60)
#: Tries a day, whether they opened anything or not. A desk of two helps thirty people a morning.
TRIES_A_DAY = {Role.DESK: 25, Role.COMPANION: 5, Role.LEGAL_COMPANION: 5}


def open_with_key(
    user: User, number: str, reason: DropIn.Reason, words: str, now: datetime
) -> DropIn:
    """Open the file with this number to this colleague for an hour.

    A file of another foundation, of a colleague, or that does not exist is refused in the same
    words. A file that is open with a key already stays open until that key's hour is over.

    Raises:
        ValidationError: no words, too many tries today, or no such file here.
    """
    words = words.strip()
    if not words:
        raise ValidationError({"words": _("Say in a few words why. Nothing was opened.")})
    with transaction.atomic():
        # One at a time, so that two clicks are one try and one key.
        User.objects.select_for_update().get(pk=user.pk)
        known = _known_key(user, number, now)
        if known:
            return known
        left = tries_left(user, now)
        if left:
            DropInTry.objects.create(user=user, at=now)
        file = _within_reach(user, _as_written(number), now) if left else None
        if file is not None:
            return DropIn.objects.create(
                file_id=file,
                user=user,
                reason=reason,
                words=words,
                opened_at=now,
                closes_at=now + OPEN_FOR,
            )
    # Outside the transaction, so that a wrong number stays counted.
    if not left:
        raise ValidationError(
            _("You have used all your drop-in keys of today. Ask your team leader to help."),
            code="limit",
        )
    raise ValidationError(
        {"number": _("There is no file with this number here. Nothing was opened.")}
    )


def _known_key(user: User, number: str, now: datetime) -> DropIn | None:
    keys = DropIn.objects.filter(user=user, file__number=_as_written(number))
    return keys.open_at(now).first()


def tries_left(user: User, now: datetime) -> int:
    """How many tries this colleague has left today; 0 also when her roles give no keys."""
    day = timezone.localdate(now)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    running = Membership.objects.filter(user=user, role__in=TRIES_A_DAY).running(day)
    allowed = max((TRIES_A_DAY[Role(m.role)] for m in running), default=0)
    return max(0, allowed - DropInTry.objects.filter(user=user, at__gte=midnight).count())


def _within_reach(user: User, number: str, now: datetime) -> UUID | None:
    who = looker(user, timezone.localdate(now))
    found = files_within_reach_of_a_key(who).filter(number=number).values_list("pk", flat=True)
    return found.first() or file_behind_the_second_wall(number)


def _as_written(number: str) -> str:
    signs = "".join(sign for sign in number.upper() if sign.isalnum())
    return f"{signs[:3]}-{signs[3:]}"


def close_key(key: DropIn, now: datetime) -> None:
    """Close a key before its hour is over."""
    if key.closes_at > now:
        key.closes_at = max(now, key.opened_at)
        key.save(update_fields=["closes_at"])


def keys_to_review(leader: User, now: datetime) -> QuerySet[DropIn]:
    """Keys nobody looked at yet, of the locations this user leads; never her own."""
    led = Membership.objects.filter(user=leader, role__in=sorted(LEADS_FILES))
    paths = [m.unit.path for m in led.running(timezone.localdate(now)).select_related("unit")]
    units = Unit.objects.at_or_below(*paths)
    # Through the door: who became a colleague since keeps her file closed to colleagues.
    open_to_her = DropIn.objects.visible_to(leader, timezone.localdate(now))
    return open_to_her.filter(file__unit__in=units).not_reviewed().exclude(user=leader)


def review(key: DropIn, leader: User, verdict: DropIn.Verdict, words: str, now: datetime) -> DropIn:
    """Say what the team leader thinks of a key that was used.

    Raises:
        ValidationError: already reviewed, her own key, not hers to review, or words are missing
            where something was not in order.
    """
    words = words.strip()
    if verdict != DropIn.Verdict.FINE and not words:
        raise ValidationError({"words": _("Say in a few words what is the matter.")})
    with transaction.atomic():
        locked = keys_to_review(leader, now).select_for_update(of=("self",)).filter(pk=key.pk)
        found = locked.first()
        if found is None:
            raise ValidationError(_("This key has been reviewed already."), code="late")
        found.verdict, found.review_words = verdict, words
        found.reviewed_by, found.reviewed_at = leader, now
        found.save(update_fields=["verdict", "review_words", "reviewed_by", "reviewed_at"])
    return found
