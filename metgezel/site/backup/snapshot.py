"""The database at one moment, whichever kind it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connection

from . import postgresql, sqlite
from .container import PART, ArchiveWriter
from .manifest import Manifest, Tally

Rows = list[tuple[Any, ...]]


class Snapshot(Protocol):
    """What can be asked of a database at one moment."""

    def ask(self, question: str) -> Rows:
        """The rows that answer a question in SQL."""

    def tables(self) -> list[str]:
        """The names of its tables."""

    def write_to(self, archive: ArchiveWriter, manifest: Manifest) -> None:
        """Put all rows in the archive, and what they are in the manifest."""


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Lend the database as it is now; others go on writing."""
    if connection.vendor == "postgresql":
        with postgresql.one_moment():
            yield PostgresqlSnapshot()
    else:
        with sqlite.copy_of_database(_beside()) as path:
            yield SqliteSnapshot(path)


def _beside() -> Path:
    name = connection.settings_dict["NAME"]
    return name.parent if isinstance(name, Path) else Path(settings.DATA)


class PostgresqlSnapshot:
    """A transaction that sees one moment."""

    def ask(self, question: str) -> Rows:
        """Ask within the transaction."""
        with connection.cursor() as cursor:
            cursor.execute(question)
            return list(cursor.fetchall())

    def tables(self) -> list[str]:
        """Tables of our schema."""
        return sorted(connection.introspection.table_names())

    def write_to(self, archive: ArchiveWriter, manifest: Manifest) -> None:
        """One content per table, a line per row."""
        for table in self.tables():
            columns = postgresql.columns_of(table)
            tally, parts = Tally(), archive.parts(f"database/{table}")
            for data in postgresql.rows_out(table, columns):
                tally.take(data)
                parts.write(data)
            parts.close()
            manifest.columns[table] = columns
            manifest.rows[table] = tally.lines
            manifest.contents[f"database/{table}"] = tally.result


class SqliteSnapshot:
    """A copy of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, question: str) -> Rows:
        """Ask the copy."""
        return sqlite.asked_of(self._path, question)

    def tables(self) -> list[str]:
        """Tables of the copy."""
        return sorted(sqlite.rows_of(self._path))

    def write_to(self, archive: ArchiveWriter, manifest: Manifest) -> None:
        """One content: the file."""
        manifest.rows = sqlite.rows_of(self._path)
        tally, parts = Tally(), archive.parts("database/sqlite")
        with self._path.open("rb") as file:
            while data := file.read(PART):
                tally.take(data)
                parts.write(data)
        parts.close()
        manifest.contents["database/sqlite"] = tally.result
