"""Holding the whole journal against itself: every row, its chain, and earlier anchors."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from . import triggers
from .chain import COLUMNS, Anchor, End, Fault, Row, faults
from .models import JournalAnchor, JournalEntry, JournalHead

AT_ONCE = 5000


def found_faults(elsewhere: Iterable[Anchor] = ()) -> Iterator[Fault]:
    """Everything that is wrong with the journal; reads each row once and keeps none.

    Args:
        elsewhere: anchors that were kept outside this database.
    """
    return faults(rows(), heads(), [*stored_anchors(), *elsewhere])


def missing_triggers() -> list[str]:
    """The triggers that should guard the journal and do not."""
    return triggers.missing(connection)


def heads() -> dict[UUID, End]:
    """The kept end of each chain."""
    kept = JournalHead.objects.order_by("unit").values_list("unit_id", "place", "hash")
    return {unit: End(place, hash) for unit, place, hash in kept}


def stored_anchors() -> list[Anchor]:
    """All anchors in this database, the oldest first."""
    kept = JournalAnchor.objects.order_by("day", "unit")
    return [Anchor(*one) for one in kept.values_list("day", "unit_id", "place", "hash")]


def rows() -> Iterator[Row]:
    """All rows in the order of their chains, straight from the database.

    Past the ORM, which would take most of the time of a million rows.
    """
    columns = [*COLUMNS, "hash"]
    names = ", ".join(f'"{column}"' for column in columns)
    table = JournalEntry._meta.db_table
    query = f"SELECT {names} FROM {table} ORDER BY unit_id, place"  # noqa: S608
    reads = _readers(columns)
    with _streaming_cursor() as cursor:
        cursor.execute(query)
        while batch := cursor.fetchmany(AT_ONCE):
            for row in batch:
                yield [read(value) for read, value in zip(reads, row, strict=True)]


def _streaming_cursor() -> Any:
    # On PostgreSQL a plain cursor would bring all rows over before the first is read.
    if connection.vendor == "postgresql":
        return connection.chunked_cursor()
    return connection.cursor()


def _readers(columns: list[str]) -> list[Any]:
    """How the value of each column becomes what the hash is made of; SQLite gives texts."""
    readers = {"at": _time} | dict.fromkeys(("unit_id", "file"), _uuid)
    return [readers.get(column, _same) for column in columns]


def _same(value: Any) -> Any:
    return value


def _uuid(value: Any) -> Any:
    return UUID(value) if isinstance(value, str) else value


def _time(value: Any) -> Any:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)
