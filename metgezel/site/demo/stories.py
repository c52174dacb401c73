"""Journeys that invented people made: events relative to today, over all tracks of the plan."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

Happening = tuple[str, date, dict[str, Any]]
Story = Callable[[date, Random], list[Happening]]
PACT = date(2026, 6, 12)
TOWNS = ("GM0106", "GM0014", "GM0344", "GM0307", "GM0758", "GM0855")


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=max(days, 0))


def in_procedure(today: date, random: Random) -> list[Happening]:
    """Asked for asylum some weeks ago; waits for the interview or the decision."""
    made = _ago(today, random.randint(10, 150))
    procedure = random.choice(["ordinary", "ordinary", "accelerated"])
    found: list[Happening] = [("asylum.made", made, {"at": "territory"})]
    for kind, after, attributes in (
        ("asylum.registered", 3, {}),
        (
            "asylum.lodged",
            16,
            {"procedure": procedure},
        ),
    ):
        day = made + timedelta(days=after)
        if day <= today:
            found.append((kind, day, attributes))
    return found


def refused(today: date, random: Random) -> list[Happening]:
    """A refusal in the last weeks; some have filed the appeal."""
    decided = _ago(today, random.randint(1, 24))
    lodged = max(_ago(decided, random.randint(90, 160)), PACT)
    outcome = random.choice(["unfounded", "unfounded", "manifestly_unfounded", "inadmissible"])
    found: list[Happening] = [
        ("asylum.lodged", lodged, {"procedure": "ordinary"}),
        ("asylum.decision", decided, {"outcome": outcome}),
    ]
    filed = decided + timedelta(days=random.randint(2, 7))
    if filed <= today and random.random() < 0.6:
        found.append(("court.appeal_filed", filed, {}))
    return found


def granted(today: date, random: Random) -> list[Happening]:
    """A permit in the last months; the family may still be abroad."""
    decided = _ago(today, random.randint(5, 130))
    outcome = random.choice(["refugee", "refugee", "subsidiary"])
    return [
        ("asylum.lodged", _ago(decided, random.randint(120, 500)), {"procedure": "ordinary"}),
        ("asylum.decision", decided, {"outcome": outcome}),
    ]


def settling(today: date, random: Random) -> list[Happening]:
    """Has a house since some weeks: registration, income, insurance, integration."""
    moved = _ago(today, random.randint(1, 100))
    found = granted(moved, random)
    place = {"municipality": random.choice(TOWNS)}
    found.append(("housing.moved", moved, place))
    for kind, after in (
        ("income.reported", 1),
        ("brp.registered", 4),
        ("income.right_started", 20),
    ):
        day = moved + timedelta(days=after)
        if day <= today and random.random() < 0.8:
            found.append((kind, day, place if kind == "brp.registered" else {}))
    if moved + timedelta(days=70) <= today:
        route = random.choice(["b1", "education", "z"])
        found.append(("integration.pip_signed", moved + timedelta(days=66), {"route": route}))
    return found


def returning(today: date, random: Random) -> list[Happening]:
    """A final refusal and a return decision."""
    decided = _ago(today, random.randint(20, 60))
    return [
        ("asylum.lodged", _ago(decided, random.randint(200, 400)), {}),
        ("asylum.decision", decided, {"outcome": "unfounded", "procedure": "va"}),
        ("return.decision", decided, {"weeks": 4}),
    ]


def under_old_law(today: date, random: Random) -> list[Happening]:
    """Lodged before 12 June 2026, decided after it: the transitional law is open."""
    decided = _ago(today, random.randint(1, 10))
    return [
        ("asylum.lodged", min(_ago(today, 400), date(2026, 5, 20)), {}),
        ("asylum.decision", decided, {"outcome": "unfounded"}),
    ]


def from_ukraine(today: date, random: Random) -> list[Happening]:
    """Temporary protection."""
    registered = _ago(today, random.randint(30, 600))
    return [("protection.temporary_registered", registered, {})]


def child_in_procedure(today: date) -> list[Happening]:
    """A child asked for asylum two months ago and waits for the interview."""
    made = _ago(today, 63)
    return [
        ("asylum.made", made, {"at": "territory"}),
        ("asylum.registered", made + timedelta(days=3), {}),
        ("asylum.lodged", made + timedelta(days=17), {"procedure": "ordinary"}),
    ]


def waits_for_family(today: date, municipality: str) -> list[Happening]:
    """A refugee permit and a house; the family was applied for, one child not yet."""
    decided, moved = _ago(today, 70), _ago(today, 40)
    place = {"municipality": municipality}
    return [
        ("asylum.made", _ago(decided, 210), {"at": "territory"}),
        ("asylum.registered", _ago(decided, 206), {}),
        ("asylum.lodged", _ago(decided, 190), {"procedure": "ordinary"}),
        ("asylum.decision", decided, {"outcome": "refugee"}),
        ("housing.offered", _ago(decided, -12), place),
        ("housing.moved", moved, place),
        ("income.reported", moved + timedelta(days=1), {}),
        ("brp.registered", moved + timedelta(days=3), place),
        ("income.right_started", moved + timedelta(days=16), {}),
        ("family.applied", _ago(today, 12), {"member": "spouse"}),
        ("family.applied", _ago(today, 12), {"member": "child-1"}),
    ]


def settled_long_ago(today: date, municipality: str) -> list[Happening]:
    """A permit of years ago, a house, a course and work: what is left is settling for good."""
    decided = _ago(today, 1580)
    moved = decided + timedelta(days=150)
    place = {"municipality": municipality}
    return [
        ("asylum.lodged", _ago(decided, 240), {}),
        ("asylum.decision", decided, {"outcome": "refugee"}),
        ("housing.moved", moved, place),
        ("brp.registered", moved + timedelta(days=3), place),
        ("income.applied", moved + timedelta(days=4), {}),
        ("income.right_started", moved + timedelta(days=25), {}),
        ("integration.pip_signed", moved + timedelta(days=64), {"route": "b1"}),
        ("work.started", moved + timedelta(days=700), {"hours": 28}),
    ]


def settled(today: date, random: Random) -> list[Happening]:
    """The same, on a day that differs from person to person."""
    return settled_long_ago(_ago(today, random.randint(0, 240)), random.choice(TOWNS))


STORIES: tuple[tuple[Story, int], ...] = (
    (in_procedure, 30),
    (refused, 14),
    (granted, 20),
    (settling, 22),
    (settled, 10),
    (returning, 6),
    (under_old_law, 4),
)
