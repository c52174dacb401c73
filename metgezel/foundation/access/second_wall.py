"""Telling PostgreSQL who looks, so that its row security can judge; nothing on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection

from metgezel.foundation.people.models import ClientFile

from .database_roles import WEB
from .grounds import Ground, Looker, conditions

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
    _say(*values, WEB)
    try:
        yield
    finally:
        try:
            _say("", "", "", resting_role())
        except Exception:
            connection.close()
            raise


def resting_role() -> str:
    """As what a connection works for nobody in particular: a web process never as the owner."""
    return WEB if settings.METGEZEL_SERVES_PAGES else "none"


def _say(*values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SAY, values)


@contextmanager
def with_other_files_about(person: UUID) -> Iterator[None]:
    """Let a change of a person reach the plans of all files she is in, also closed ones.

    Only for computing: what is read there is not shown. The door stays as it is.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('metgezel.also', coalesce(string_agg(f::text, ','), ''), true)"
            " FROM metgezel_files_about(%s) f",
            [person],
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('metgezel.also', '', true)")


def has_a_file(person: UUID) -> bool:
    """Whether somebody is a client, also where that file is closed to whoever asks."""
    if connection.vendor != "postgresql":
        return ClientFile.objects.filter(person=person).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT metgezel_has_a_file(%s)", [person])
        return bool(cursor.fetchone()[0])


def file_behind_the_second_wall(number: str) -> UUID | None:
    """The file with this number that a drop-in key may open, though no policy shows it yet."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM metgezel_files_for_a_key(%s) AS file", [number])
        row = cursor.fetchone()
    return row[0] if row else None


def number_of_files(who: Looker) -> dict[Ground, int]:
    """On each ground the number of files that are open to somebody, whoever asks."""
    if connection.vendor != "postgresql":
        found = conditions(who).items()
        return {ground: ClientFile.objects.filter(q).count() for ground, q in found}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ground, number FROM metgezel_counts(%s, %s, %s)",
            [who.user, who.day, who.moment],
        )
        return {Ground(ground): number for ground, number in cursor.fetchall()}
