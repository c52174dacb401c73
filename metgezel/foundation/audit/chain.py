"""The chain of the journal: how a row is hashed, and how a broken chain is read.

This page is enough to write a verifier of your own, in any language.

Each unit (location, foundation or association) has its own chain, with places 1, 2, 3, … without
gaps. The hash of a row is the SHA-256, in small hexadecimal letters, of these bytes: the UTF-8 of
a JSON array, without spaces, with every character outside ASCII written as ``\\uXXXX``, holding

 0. the text ``metgezel-journal-1``;
 1. unit: the UUID in small letters with hyphens;
 2. place: a whole number;
 3. at: UTC as ``2026-11-24T09:00:00.000000+00:00``, always with six decimals;
 4. actor: a whole number, or ``null`` for a command or the program itself;
 5. on_behalf_of: a whole number or ``null``;
 6. role, 7. ground: texts, possibly empty;
 8. drop_in: a whole number or ``null``;
 9. action, 10. page: texts;
11. file: a UUID or ``null``;
12. model, 13. row, 14. changed: texts, possibly empty;
15. number: a whole number;
16. previous: the hash of the row one place earlier; for place 1 sixty-four zeros.

The number of the row in the database (``id``) is left out: the database gives it afterwards, and
the place already says where the row belongs. ``JournalHead`` keeps place and hash of the last row
of each unit, so that rows cut off the end are missed. An anchor is the same, kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

VERSION = "metgezel-journal-1"
BEGINNING = "0" * 64

#: What is hashed, in this order; then comes the hash itself.
COLUMNS = (
    "unit_id", "place", "at", "actor_id", "on_behalf_of_id", "role", "ground", "drop_in",
    "action", "page", "file", "model", "row", "changed", "number", "previous",
)  # fmt: skip
_UNIT, _PLACE, _AT, _PREVIOUS = 0, 1, 2, 15

Row = Sequence[Any]  #: the values of COLUMNS and then the stored hash


class Wrong(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    REPLACED = "replaced"
    REMOVED = "removed"
    TRUNCATED = "truncated"
    INSERTED = "inserted"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: at which places of which unit, and when that row says it was."""

    unit: UUID
    wrong: Wrong
    first: int
    last: int
    at: datetime | None = None
    anchored: date | None = None


@dataclass(frozen=True, slots=True)
class End:
    """A place in a chain and the hash of the row that stands there."""

    place: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of a unit's chain as it was on a day."""

    day: date
    unit: UUID
    place: int
    hash: str


def digest(values: Sequence[Any]) -> str:
    """The hash of a row, given the values of COLUMNS in their order (more is left out)."""
    content = [VERSION, *values[: len(COLUMNS)]]
    text = json.dumps(content, separators=(",", ":"), default=_as_text)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"a journal row holds no {type(value).__name__}")


@dataclass(slots=True)
class _Chain:
    """Reads one unit's chain, a row at a time, and remembers only the last row."""

    unit: UUID
    anchors: Mapping[int, Anchor]
    place: int = 0
    hash: str = BEGINNING
    at: datetime | None = None
    faults: list[Fault] = field(default_factory=list)

    def read(self, row: Row) -> None:
        """Hold a row against the one before it and against itself."""
        place, at, stored = row[_PLACE], row[_AT], row[-1]
        if place > self.place + 1:
            self._add(Wrong.REMOVED, self.place + 1, place - 1, at)
        elif place <= self.place:
            self._add(Wrong.INSERTED, place, place, at)
        elif row[_PREVIOUS] != self.hash:
            # The row before it is not the one that stood there when this one was written.
            self._add(Wrong.REPLACED, max(self.place, 1), max(self.place, 1), self.at or at)
        if digest(row) != stored:
            self._add(Wrong.CHANGED, place, place, at)
        anchor = self.anchors.get(place)
        if anchor and anchor.hash != stored:
            self.faults.append(Fault(self.unit, Wrong.REWRITTEN, place, place, at, anchor.day))
        self.place, self.hash, self.at = place, stored, at

    def close(self, head: End | None) -> None:
        """Hold the last row against what was kept of the end of the chain."""
        kept = head or End(0, BEGINNING)
        if kept.place > self.place:
            self._add(Wrong.TRUNCATED, self.place + 1, kept.place)
        elif kept.place < self.place:
            self._add(Wrong.INSERTED, kept.place + 1, self.place, self.at)
        elif kept.hash != self.hash:
            self._add(Wrong.REPLACED, self.place, self.place, self.at)
        for anchor in self.anchors.values():
            if anchor.place > max(self.place, kept.place):
                fault = Fault(
                    self.unit, Wrong.TRUNCATED, self.place + 1, anchor.place, None, anchor.day
                )
                self.faults.append(fault)

    def _add(self, wrong: Wrong, first: int, last: int, at: datetime | None = None) -> None:
        self.faults.append(Fault(self.unit, wrong, first, last, at))


def faults(
    rows: Iterable[Row], heads: Mapping[UUID, End], anchors: Iterable[Anchor] = ()
) -> Iterator[Fault]:
    """Everything that is wrong; nothing when all chains are whole.

    Args:
        rows: all rows, ordered by unit and place; read once, none is kept.
        heads: the kept end of each chain.
        anchors: earlier ends, from the database or from a file kept elsewhere.
    """
    kept: dict[UUID, dict[int, Anchor]] = {}
    for anchor in anchors:
        kept.setdefault(anchor.unit, {})[anchor.place] = anchor
    missing = dict(heads) | {unit: heads.get(unit, End(0, BEGINNING)) for unit in kept}
    chain: _Chain | None = None
    for row in rows:
        if chain is None or chain.unit != row[_UNIT]:
            if chain is not None:
                yield from _closed(chain, missing)
            chain = _Chain(row[_UNIT], kept.get(row[_UNIT], {}))
        chain.read(row)
        yield from chain.faults
        chain.faults.clear()
    if chain is not None:
        yield from _closed(chain, missing)
    for unit in list(missing):
        yield from _closed(_Chain(unit, kept.get(unit, {})), missing)


def _closed(chain: _Chain, missing: dict[UUID, End]) -> list[Fault]:
    chain.close(missing.pop(chain.unit, None))
    return chain.faults
