"""A PostgreSQL database as the rows of its tables, in one moment, and back.

No pg_dump: the rows go over the connection that Metgezel has anyway (COPY), so nothing has to be
installed, versions of programs cannot differ, and the counts are those of the same moment. The
tables themselves are made by Metgezel's own migrations.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum
"""
SEQUENCES = """
    SELECT t.relname, a.attname, pg_get_serial_sequence(quote_ident(t.relname), a.attname)
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
      AND a.attnum > 0 AND NOT a.attisdropped
      AND pg_get_serial_sequence(quote_ident(t.relname), a.attname) IS NOT NULL
"""


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it is now, whatever others write meanwhile; they do not wait for us."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # An account from which rows are hidden must fail here rather than make half a backup.
        cursor.execute("SET LOCAL row_security = off")
        yield


def columns_of(table: str) -> list[str]:
    """The columns that are stored, in the table's own order."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [connection.ops.quote_name(table)])
        return [name for (name,) in cursor.fetchall()]


def rows_out(table: str, columns: list[str]) -> Iterator[bytes]:
    """The rows as lines of text; a line break in a value is written as two other characters."""
    with connection.cursor() as cursor, cursor.copy(_copy("TO STDOUT", table, columns)) as copy:
        for data in copy:
            yield bytes(data)


def rows_in(table: str, columns: list[str], lines: Iterable[bytes]) -> None:
    """Put the lines back in an empty table."""
    with connection.cursor() as cursor, cursor.copy(_copy("FROM STDIN", table, columns)) as copy:
        for data in lines:
            copy.write(data)


def _copy(direction: str, table: str, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + direction).format(sql.Identifier(table), names)


def make_tables(migrations: list[list[str]]) -> None:
    """Bring an empty database to the tables that the backup knew, and empty those again."""
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, name in migrations if app in executor.loader.migrated_apps}
    executor.migrate([one for one in sorted(wanted) if _is_last(one, wanted, executor)])
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name})")  # noqa: S608
            if cursor.fetchone() == (True,):
                cursor.execute(f"TRUNCATE {name} CASCADE")


def _is_last(
    one: tuple[str, str], wanted: set[tuple[str, str]], executor: MigrationExecutor
) -> bool:
    """Whether no later change of the same app is wanted; Django would take that one back."""
    node = executor.loader.graph.node_map.get(one)
    later = {child.key for child in node.children} if node else wanted
    return not any(key in wanted and key[0] == one[0] for key in later)


def drop_tables() -> None:
    """Leave the database as empty as it was before `make_tables`."""
    connection.close()  # whatever went wrong on it
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def go_on_counting() -> None:
    """Let every numbered table give its next row the number after the highest."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES)
        for table, column, sequence in cursor.fetchall():
            table, column = map(connection.ops.quote_name, (table, column))
            cursor.execute(
                f"SELECT setval(%s, (SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}), false)",  # noqa: S608
                [sequence],
            )
