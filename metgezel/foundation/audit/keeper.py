"""Reading past PostgreSQL's second wall, for the journal and privacy; nothing on SQLite.

A change of a relative is also written in the file of the other client she belongs to, which the
one who makes the change may not see. And the privacy officer, who sees no files, sees their
numbers and the questions about them. Both are decided in this room. And privacy asks, before it
gives somebody her data, which relatives have a file of their own (``privacy.overview``).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from metgezel.foundation.access.database_roles import KEEPER, WEB


@contextmanager
def as_the_keeper() -> Iterator[None]:
    """Let the statements of the block be judged by no policy; then work as before.

    Only the web's role changes: commands own the tables, and need no other.
    """
    if connection.vendor != "postgresql" or not _change_role(WEB, KEEPER):
        yield
        return
    try:
        yield
    finally:
        try:
            _change_role(KEEPER, WEB)
        except DatabaseError:
            # A failed transaction puts the role back itself, when it is rolled back.
            if not connection.in_atomic_block:
                connection.close()
            connection.needs_rollback = connection.in_atomic_block


def _change_role(before: str, after: str) -> bool:
    """Work as another role from now on, if we work as the first; whether we did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN current_setting('role') = %s THEN set_config('role', %s, false) END",
            [before, after],
        )
        return bool(cursor.fetchone() == (after,))
