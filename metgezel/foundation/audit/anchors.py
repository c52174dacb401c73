"""Anchors: the ends of the chains as they were on a day, kept where nobody can rewrite them.

Whoever can rewrite the whole database can also make all hashes anew. She cannot change yesterday's
mail. A line of an anchor is: day, unit, place and hash, parted by spaces.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from .chain import Anchor
from .models import JournalAnchor, JournalHead

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([0-9a-f-]{36}) (\d{1,18}) ([0-9a-f]{64})")


class BadAnchor(ValueError):
    """A line of an anchor file cannot be read."""


def make_anchors(day: date) -> list[Anchor]:
    """Store the end of each chain for this day; a chain already anchored that day is kept so."""
    ends = JournalHead.objects.filter(place__gt=0).order_by("unit")
    made = [
        JournalAnchor(day=day, unit_id=end.unit_id, place=end.place, hash=end.hash) for end in ends
    ]
    known = set(JournalAnchor.objects.filter(day=day).values_list("unit_id", flat=True))
    JournalAnchor.objects.bulk_create(one for one in made if one.unit_id not in known)
    kept = JournalAnchor.objects.filter(day=day).order_by("unit")
    return [Anchor(*one) for one in kept.values_list("day", "unit_id", "place", "hash")]


def as_line(anchor: Anchor) -> str:
    """The line to print, mail or store."""
    return f"{anchor.day} {anchor.unit} {anchor.place} {anchor.hash}"


def from_lines(lines: Iterable[str]) -> Iterator[Anchor]:
    """Read anchors back; blank lines and lines that begin with # are passed over.

    Raises:
        BadAnchor: a line is none; says which.
    """
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        found = _LINE.fullmatch(text)
        try:
            if found is None:
                raise ValueError
            day, unit, place, hash = found.groups()
            yield Anchor(date.fromisoformat(day), UUID(unit), int(place), hash)
        except ValueError:
            raise BadAnchor(
                f"line {number}: a day, a unit, a place and a hash are needed, as printed by "
                "'metgezel audit anchor'"
            ) from None
