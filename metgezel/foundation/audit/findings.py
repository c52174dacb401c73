"""Looking back at the journal for what is striking, and what a person thought of it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.engines.rules.days import Calendar
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.people.names import folded

from .anomalies import Facts, Look, Striking, striking_on
from .keeper import as_the_keeper
from .models import Action, JournalEntry, JournalFinding
from .writing import Line, record

HISTORY = timedelta(days=28)
SHORTEST_NAME = 3  # "de" and "El" are no sign of family


def look_back(today: date, days: int) -> int:
    """Store what is striking in the last `days` days and was not stored yet; how many there were.

    What people thought of earlier findings stays.
    """
    first = today - timedelta(days=days - 1)
    looks, units = _looks_since(first - HISTORY)
    facts = _facts({look.actor for look in looks}, {look.file for look in looks if look.file})
    new = 0
    for number in range(days):
        day = first + timedelta(days=number)
        near = [look for look in looks if day - HISTORY <= look.at.date() <= day]
        for striking in striking_on(day, near, facts):
            new += _store(striking, units)
    return new


def _looks_since(day: date) -> tuple[list[Look], dict[int | UUID, UUID]]:
    """The lines of people from this day on, and the last unit of each person and file."""
    begin = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    rows = JournalEntry.objects.filter(at__gte=begin, actor__isnull=False).order_by("id")
    columns = ("at", "actor_id", "action", "ground", "file", "row", "number")
    looks: list[Look] = []
    units: dict[int | UUID, UUID] = {}
    for unit, at, actor, *rest in rows.values_list("unit_id", *columns).iterator(5000):
        if actor is None:
            continue
        look = Look(timezone.localtime(at), actor, *rest)
        looks.append(look)
        units[actor] = unit
        if look.file:
            units[look.file] = unit
    return looks, units


def _facts(actors: set[int], files: set[UUID]) -> Facts:
    """Names and towns, only to compare them with one another."""
    with as_the_keeper():
        colleagues = list(
            User.objects.filter(pk__in=actors)
            .order_by("pk")
            .values_list("pk", "name", "person__municipality")
        )
        clients = list(
            ClientFile.objects.filter(pk__in=files)
            .order_by("pk")
            .values_list("pk", "person__family_name", "person__municipality")
        )
    return Facts(
        names={pk: _words(name) for pk, name, _ in colleagues},
        families={pk: _words(name) for pk, name, _ in clients},
        towns={pk: town for pk, _, town in colleagues if town},
        file_towns={pk: town for pk, _, town in clients if town},
        is_free=lambda day: not Calendar().is_working(day),
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in folded(name).split() if len(word) >= SHORTEST_NAME)


def _store(striking: Striking, units: dict[int | UUID, UUID]) -> bool:
    about = striking.actor or striking.file
    if about is None:
        return False
    _, made = JournalFinding.objects.get_or_create(
        key=f"{striking.kind}:{striking.day}:{about}",
        defaults={
            "kind": striking.kind,
            "unit_id": units[about],
            "day": striking.day,
            "actor_id": striking.actor,
            "file": striking.file,
            "number": striking.number,
            "usual": striking.usual,
        },
    )
    return made


def review(finding: JournalFinding, officer: User, state: str, words: str, now: datetime) -> None:
    """Say what was found after asking; written in the journal as well.

    Raises:
        ValidationError: no words, an unknown outcome, or a finding about the officer herself.
    """
    states = JournalFinding.State
    if state not in {states.EXPLAINED, states.TALK, states.BREACH}:
        raise ValidationError({"state": _("Choose an outcome. Nothing was stored.")})
    if not words.strip():
        raise ValidationError({"words": _("Write down what you heard. Nothing was stored.")})
    if finding.actor_id == officer.pk:
        raise ValidationError(_("This is about you: let a colleague look at it."))
    with transaction.atomic():
        locked = JournalFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        locked.state, locked.words = states(state), words.strip()
        locked.reviewed_by, locked.reviewed_at = officer, now
        locked.save(update_fields=["state", "words", "reviewed_by", "reviewed_at"])
        label = JournalFinding._meta.label_lower
        record(Line(Action.CHANGED, None, label, str(locked.pk), ("state", "words")))
