"""Put a backup back in an empty place; nothing that is there already is ever touched."""

import os
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from metgezel import __version__
from metgezel.foundation.keys.reading import text_of, write_closed

from . import postgresql, sqlite
from .container import opened_archive
from .secret import BackupKey, BackupRefused
from .verifying import Verified, verify

DATABASE = "metgezel.sqlite3"


def restore(path: Path, key: BackupKey, into: Path, database: str) -> Verified:
    """Verify the backup, then restore it.

    Args:
        path: the backup.
        key: its key.
        into: a folder that does not exist or is empty; becomes the new data folder.
        database: the address of an empty PostgreSQL database, when the backup is of one.

    Raises:
        BackupRefused: one sentence; nothing was restored, and `into` is as it was.
    """
    _refuse_used(into)
    found = verify(path, key)
    _refuse_other_kind(found, database)
    existed = into.exists()
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _restore_verified(path, key, found, into, database)
    except BaseException:
        connection.close()
        for thing in into.iterdir():
            shutil.rmtree(thing) if thing.is_dir() else thing.unlink()
        if not existed:
            into.rmdir()
        raise
    return found


def _refuse_used(into: Path) -> None:
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupRefused(f"{into} is not an empty folder; a restore never replaces anything.")


def _refuse_other_kind(found: Verified, database: str) -> None:
    if found.about.vendor == "sqlite" and database:
        raise BackupRefused("This is a backup of SQLite; restore it with --into alone.")
    if found.about.vendor == "postgresql" and not database.startswith("postgres"):
        raise BackupRefused(
            "This is a backup of PostgreSQL; name an empty database as well: "
            "--database postgresql://user:password@host/name"
        )


def _restore_verified(
    path: Path, key: BackupKey, found: Verified, into: Path, database: str
) -> None:
    write_closed(into / "keys.json", text_of(found.keys))
    _start_django(into, database)
    _refuse_newer(found)
    with opened_archive(path, key) as members:
        if found.about.vendor == "sqlite":
            _fill_folder(members, into)
        else:
            _fill_database(members, found, into)
    if (rows := _rows(into, found)) != found.manifest.rows:
        different = sorted(t for t in rows if rows[t] != found.manifest.rows.get(t))
        raise BackupRefused(f"Not every row arrived: {', '.join(different)}.")
    call_command("migrate", verbosity=0, interactive=False)


def _start_django(into: Path, database: str) -> None:
    """Let Django work in the new place, whatever the surroundings say about the old one."""
    for name in ("METGEZEL_KEYS", "METGEZEL_KEYS_JSON", "METGEZEL_DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ["METGEZEL_DATA"] = str(into.resolve())
    if database:
        os.environ["METGEZEL_DATABASE_URL"] = database
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise BackupRefused(f"{problem} Nothing was restored.") from problem


def _refuse_newer(found: Verified) -> None:
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations) | {
        replaced for one in loader.disk_migrations.values() for replaced in one.replaces
    }
    unknown = [f"{app}.{name}" for app, name in found.about.migrations if (app, name) not in known]
    if unknown:
        raise BackupRefused(
            f"The backup was made by a newer Metgezel ({found.about.app_version}; this is "
            f"{__version__}): it has {unknown[0]}, which this one does not know. Restore it with "
            "that version. Nothing was restored."
        )


def _fill_folder(members: Iterator[tuple[str, bytes]], into: Path) -> None:
    for name, content in members:
        if name.startswith("database/"):
            with os.fdopen(
                os.open(into / DATABASE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab"
            ) as file:
                file.write(content)
        elif name.startswith("papers/"):
            _put_paper(into, name, content)


def _put_paper(into: Path, name: str, content: bytes) -> None:
    folder = into / settings.METGEZEL_PAPERS.name
    folder.mkdir(mode=0o700, exist_ok=True)
    paper = folder / Path(name).name
    with os.fdopen(os.open(paper, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _fill_database(members: Iterator[tuple[str, bytes]], found: Verified, into: Path) -> None:
    if connection.introspection.table_names():
        raise BackupRefused(
            "The database has tables already; restore into a new, empty one (createdb). "
            "Nothing was restored."
        )
    try:
        postgresql.make_tables(found.about.migrations)
        with transaction.atomic():
            _fill_tables(members, found, into)
        postgresql.go_on_counting()
    except BaseException:
        postgresql.drop_tables()  # it was empty when we came
        raise


def _fill_tables(members: Iterator[tuple[str, bytes]], found: Verified, into: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for folder, parts in groupby(members, key=lambda one: one[0].rpartition("/")[0]):
        if folder.startswith("database/"):
            table = folder.removeprefix("database/")
            lines = (content for _, content in parts)
            postgresql.rows_in(table, found.manifest.columns[table], lines)
        elif folder == "papers":
            for name, content in parts:
                _put_paper(into, name, content)


def _rows(into: Path, found: Verified) -> dict[str, int]:
    if found.about.vendor == "sqlite":
        return sqlite.rows_of(into / DATABASE)
    with connection.cursor() as cursor:
        rows = {}
        for table in found.manifest.rows:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows[table] = cursor.fetchone()[0]
        return rows
