"""An SQLite database as a copy of its file, made while others write (SQLite's online backup)."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

_FOLDER = ".backup-copy-"


@contextmanager
def copy_of_database(beside: Path) -> Iterator[Path]:
    """Lend a copy of the database as it is at one moment; it is removed afterwards.

    Args:
        beside: the folder for the copy. It is as readable as the database, so it stands beside it.
    """
    for forgotten in beside.glob(f"{_FOLDER}*"):
        if not _is_running(forgotten.name.removeprefix(_FOLDER).partition("-")[0]):
            shutil.rmtree(forgotten, ignore_errors=True)  # of a backup that was killed
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-", dir=beside) as folder:
        path = Path(folder) / "database"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target)  # one step: writers neither wait nor disturb it
            target.execute("PRAGMA journal_mode=DELETE")
        yield path


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, OSError) as problem:
        return isinstance(problem, PermissionError)
    return True


def rows_of(path: Path) -> dict[str, int]:
    """How many rows each table of a database file has."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {
            name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for (name,) in names.fetchall()
        }


def asked_of(path: Path, question: str) -> list[tuple[object, ...]]:
    """The rows that answer a question to a database file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return list(database.execute(question).fetchall())


def is_sound(path: Path) -> bool:
    """Whether SQLite finds its own file whole, with every reference leading somewhere."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return whole and database.execute("PRAGMA foreign_key_check").fetchone() is None
