"""Telling PostgreSQL who looks, so that its row security can judge; nothing on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from .grounds import Looker

#: The role the web works as: it owns nothing, so row security holds for it.
WEB_ROLE = "metgezel_web"

_SAY = (
    "SELECT set_config('metgezel.user', %s, false), set_config('metgezel.day', %s, false),"
    " set_config('metgezel.moment', %s, false), set_config('role', %s, false)"
)


@contextmanager
def behind_the_second_wall(who: Looker | None) -> Iterator[None]:
    """Work as the web role on behalf of this looker, or of nobody: then no row is seen.

    What was said is taken back at the end, also after a failure; when that cannot be done, the
    connection is closed, so that the next user never inherits it.
    """
    if connection.vendor != "postgresql":
        yield
        return
    values = (str(who.user), who.day.isoformat(), who.moment.isoformat()) if who else ("", "", "")
    _say(*values, WEB_ROLE)
    try:
        yield
    finally:
        try:
            _say("", "", "", "none")
        except Exception:
            connection.close()
            raise


def _say(*values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SAY, values)


def file_behind_the_second_wall(number: str) -> UUID | None:
    """The file with this number that a drop-in key may open, though no policy shows it yet."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM metgezel_files_for_a_key(%s) AS file", [number])
        row = cursor.fetchone()
    return row[0] if row else None
