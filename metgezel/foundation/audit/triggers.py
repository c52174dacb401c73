"""The database itself refuses to change or remove a line of the journal or an anchor.

Triggers, for SQLite and for PostgreSQL. They are put back after every migration, because SQLite
loses them when a migration makes a table anew, and ``metgezel audit verify`` misses them aloud.
"""

from collections.abc import Iterator
from typing import Any

from metgezel.foundation.access.database_roles import KEEPER, WEB

REFUSAL = "the journal is append-only"
TABLES = {"audit_journalentry": ("unit_id", "place"), "audit_journalanchor": ("unit_id", "day")}

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""

#: The roles of the web, where there are any, may not even try.
_REVOKE = f"""
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{KEEPER}') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON {{0}} FROM {WEB}, {KEEPER};
    END IF;
END $$"""  # noqa: S608


def install(connection: Any) -> None:
    """Make the triggers that are not there yet."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away. Only tests do this, to empty the tables between them."""
    on = "" if connection.vendor == "sqlite" else " ON {}"
    with connection.cursor() as cursor:
        for table, name in names():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on.format(table)}")


def names() -> Iterator[tuple[str, str]]:
    """Each table with the name of each of its triggers, on both databases."""
    for table in TABLES:
        for what in ("update", "delete", "other"):
            yield table, f"{table}_no_{what}"


def missing(connection: Any) -> list[str]:
    """The triggers that should be in the database and are not, or are switched off."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    return [name for _, name in names() if name not in found]


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        for table, key in TABLES.items():
            yield from _for_sqlite(table, key)
        return
    yield _FUNCTION
    for table in TABLES:
        for what, when, each in (
            ("update", "UPDATE", "ROW"),
            ("delete", "DELETE", "ROW"),
            ("other", "TRUNCATE", "STATEMENT"),
        ):
            yield (
                f"CREATE OR REPLACE TRIGGER {table}_no_{what} BEFORE {when} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION audit_append_only()"
            )
    yield from map(_REVOKE.format, TABLES)


def _for_sqlite(table: str, key: tuple[str, ...]) -> Iterator[str]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for what in ("update", "delete"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what} "
            f"BEFORE {what.upper()} ON {table} {stop}"
        )
    # INSERT OR REPLACE removes the row that is in its way without calling the DELETE trigger.
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    taken = f"SELECT 1 FROM {table} WHERE id = NEW.id OR ({same})"  # noqa: S608
    yield (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_other BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({taken}) {stop}"
    )
