"""What a backup says about itself, and what of it can be counted again."""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class About:
    """The first thing in a backup: enough to know whether it can be restored here.

    Args:
        vendor: ``sqlite`` or ``postgresql``.
        taken_at: ISO date and time in UTC.
        migrations: the changes of tables that the database had, as [app, name].
    """

    format: int
    app_version: str
    law_version: str
    vendor: str
    taken_at: str
    migrations: list[list[str]]


@dataclass(slots=True)
class Manifest:
    """The last thing in a backup: what must be found when it is opened.

    ``contents`` gives the number of bytes and the SHA-256 of each content (a table's rows, the
    database file, a paper); ``rows`` the number of rows of each table, in the same moment of the
    database; ``columns`` the columns of each table (PostgreSQL); ``journal`` the last place and
    hash of each unit's journal; ``proof`` the value that shows whether keys belong to it.
    """

    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    contents: dict[str, list[Any]] = field(default_factory=dict)
    papers: list[str] = field(default_factory=list)
    journal: dict[str, list[Any]] = field(default_factory=dict)
    proof: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is written."""
        return asdict(self)


class Tally:
    """Bytes and hash of one content while it passes; rows as well, where a row is a line."""

    def __init__(self) -> None:
        self.bytes, self.lines = 0, 0
        self._hash = hashlib.sha256()

    def take(self, data: "bytes | memoryview") -> None:
        """Count what passes."""
        self._hash.update(data)
        self.bytes += len(data)
        self.lines += bytes(data).count(b"\n")

    @property
    def result(self) -> list[Any]:
        """As it stands in the manifest."""
        return [self.bytes, self._hash.hexdigest()]
