"""Working past PostgreSQL's second wall, for the journal alone; nothing on SQLite.

A change of a relative is also written in the file of the other client she belongs to, which the
one who makes the change may not see. And the privacy officer, who sees no files, sees their
numbers and the questions about them. Both are decided in this room and nowhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection


@contextmanager
def as_the_owner() -> Iterator[None]:
    """Let the statements of the block be judged by no policy; then work as before."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _take_role("none")
    if before == "none":
        yield
        return
    try:
        yield
    finally:
        try:
            _take_role(before)
        except DatabaseError:
            # A failed transaction puts the role back itself, when it is rolled back.
            if not connection.in_atomic_block:
                connection.close()
            connection.needs_rollback = connection.in_atomic_block


def _take_role(role: str) -> str:
    """Work as this role from now on; return the role until now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), set_config('role', %s, false)", [role])
        before: str = cursor.fetchone()[0]
    return before
