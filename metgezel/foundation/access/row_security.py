"""PostgreSQL's own walls around the files, made from the conditions of ``grounds``.

The web works as a role that owns nothing, so these policies hold for every statement it sends,
also for one that forgot the door. Who looks, on which day and at which moment stands in settings of
the connection (``second_wall``); without them no policy lets a row through.

Commands that own the tables (migrations, backups) are not bound by the policies. SQLite has no
such thing: there the door is the only wall.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet

from metgezel.foundation.people.models import ClientFile, Household, Person

from .door import SELF
from .grounds import (
    Ground,
    Looker,
    administered_users,
    colleagues,
    conditions,
    files_within_reach_of_a_key,
    led_units,
    working_units,
)
from .kept import Kept
from .models import Assignment, DropIn
from .second_wall import WEB_ROLE

#: Stands for the context while a condition is compiled; nobody has this number, day or moment.
SOMEBODY = Looker(-8_140_127, date(1, 2, 3), datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC))
ME = "nullif(current_setting('metgezel.user', true), '')::bigint"
CONTEXT: Mapping[object, str] = {
    SOMEBODY.user: ME,
    SOMEBODY.day: "nullif(current_setting('metgezel.day', true), '')::date",
    SOMEBODY.moment: "nullif(current_setting('metgezel.moment', true), '')::timestamptz",
}
#: The same, given to a function that only counts.
COUNTS_FOR = "who bigint, on_day date, at_moment timestamptz"
GIVEN: Mapping[object, str] = {
    SOMEBODY.user: "who",
    SOMEBODY.day: "on_day",
    SOMEBODY.moment: "at_moment",
}

ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB_ROLE}') THEN
        CREATE ROLE {WEB_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT pg_has_role(current_user, '{WEB_ROLE}', 'MEMBER') THEN
        GRANT {WEB_ROLE} TO CURRENT_USER;
    END IF;
END $$"""

GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {WEB_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE}"""


def build_second_wall() -> None:
    """Make role, functions and policies anew; may be repeated. Only on PostgreSQL, as the owner."""
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def statements() -> Iterator[str]:
    """All of the second wall, as statements that may be repeated."""
    yield ROLE
    yield GRANTS
    yield from _functions()
    for model in apps.get_models():
        if hasattr(model, "FILE_PATHS"):
            yield from _policies(model)


# ── Functions: small sets, computed once for a query, by the owner ───────────────────────────


def _functions() -> Iterator[str]:
    grounds = conditions(SOMEBODY)
    mine = grounds[Ground.OWN_FILE] | grounds[Ground.ASSIGNMENT] | grounds[Ground.DROP_IN]
    files = "SETOF uuid"
    yield _function("open_files()", files, _sql(ClientFile.objects.filter(mine).values("pk")))
    for kept in Kept:
        part = Q()
        for ground in conditions(SOMEBODY, kept).values():
            part |= ground
        found = _sql(ClientFile.objects.filter(part).values("pk"))
        yield _function(f"open_{kept.value}()", files, found)
    yield _function("led_units()", files, _sql(led_units(SOMEBODY)))
    yield _function("working_units()", files, _sql(working_units(SOMEBODY)))
    yield _function("colleagues()", files, _sql(colleagues(SOMEBODY)))
    yield _function("administered_users()", "SETOF bigint", _sql(administered_users(SOMEBODY)))
    reach = _sql(files_within_reach_of_a_key(SOMEBODY).values("pk"))
    yield _function(
        "files_for_a_key(wanted text)",
        files,
        f"SELECT found.id FROM ({reach}) found(id) NATURAL JOIN people_clientfile"  # noqa: S608
        " WHERE number = wanted",
    )
    yield _function("key_opens(wanted uuid)", "boolean", f"SELECT wanted IN ({reach})")
    counted = " UNION ALL ".join(
        f"SELECT '{ground}', count(*)"  # noqa: S608
        f" FROM ({_sql(ClientFile.objects.filter(q).values('pk'), GIVEN)}) counted"
        for ground, q in grounds.items()
    )
    yield _function(f"counts({COUNTS_FOR})", "TABLE(ground text, number bigint)", counted)
    yield _function(
        "files_about(wanted uuid)",
        files,
        "SELECT id FROM people_clientfile WHERE person_id = wanted"
        " UNION SELECT file_id FROM people_familytie WHERE relative_id = wanted",
    )
    yield _function(
        "is_new(wanted uuid)",
        "boolean",
        "SELECT NOT EXISTS (SELECT FROM access_assignment WHERE file_id = wanted) AND EXISTS"
        " (SELECT FROM people_clientfile WHERE id = wanted AND unit_id IN"
        " (SELECT metgezel_working_units()))",
    )


def _function(signature: str, result: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION metgezel_{signature} RETURNS {result} LANGUAGE sql STABLE"
        f" SECURITY DEFINER SET search_path = public, pg_temp AS $metgezel${body}$metgezel$"
    )


def _sql(query: QuerySet[Any, Any], context: Mapping[object, str] = CONTEXT) -> str:
    """The text of a query, with the context in the place of its stand-ins."""
    text, values = query.query.get_compiler(connection=connection).as_sql()
    return str(text) % tuple(context.get(value) or _literal(value) for value in values)


def _literal(value: object) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"A ground compares with {value!r}; add its kind here.")


# ── Policies ─────────────────────────────────────────────────────────────────────────────────

SEE_FILE = (
    "(id IN (SELECT metgezel_open_files()) OR (unit_id IN (SELECT metgezel_led_units())"
    " AND person_id NOT IN (SELECT metgezel_colleagues()))"
    " OR id = ANY (string_to_array(nullif(current_setting('metgezel.also', true), ''), ',')"
    "::uuid[]))"
)
WORKS = "EXISTS (SELECT metgezel_working_units())"
HERS = f"user_id = {ME}"
ADMINISTERED = "user_id IN (SELECT metgezel_administered_users())"

#: What may be added although its file cannot be seen yet, because it opens the file.
MAY_ADD: dict[type[models.Model], str] = {
    Person: WORKS,
    Household: WORKS,
    ClientFile: "unit_id IN (SELECT metgezel_working_units())",
    Assignment: f"{HERS} AND metgezel_is_new(file_id)",
    DropIn: f"{HERS} AND metgezel_key_opens(file_id)",
}
#: What shows no more than who may open a file until when, and ends when a colleague leaves.
OPENS_A_FILE = (Assignment, DropIn)


def _policies(model: Any) -> Iterator[str]:
    table = model._meta.db_table
    see = " OR ".join(_see(model, table, path) for path in model.FILE_PATHS)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield from _policy(table, "door", "ALL", f"USING ({see})")
    if model in MAY_ADD:
        yield from _policy(table, "add", "INSERT", f"WITH CHECK ({MAY_ADD[model]})")
    if model in OPENS_A_FILE:
        yield from _policy(table, "look", "SELECT", f"USING ({HERS} OR {ADMINISTERED})")
        yield from _policy(table, "end", "UPDATE", f"USING ({ADMINISTERED})")
        yield from _policy(table, "drop", "DELETE", f"USING ({ADMINISTERED})")


def _policy(table: str, name: str, command: str, rule: str) -> Iterator[str]:
    yield f"DROP POLICY IF EXISTS metgezel_{name} ON {table}"
    yield f"CREATE POLICY metgezel_{name} ON {table} FOR {command} TO {WEB_ROLE} {rule}"


def _see(model: Any, table: str, path: str) -> str:
    """Whether a row's path leads to a file that can be seen; the file's own policy decides that."""
    return SEE_FILE if path == SELF else _exists(model, table, path.split("__"), _kept(model))


def _kept(model: Any) -> str:
    """What the file must meet besides being seen, where a model is kept back."""
    kept: Kept | None = getattr(model, "KEPT", None)
    return f"{{file}}.id IN (SELECT metgezel_open_{kept.value}())" if kept else "true"


def _exists(model: Any, table: str, path: list[str], kept: str, depth: int = 1) -> str:
    field = model._meta.get_field(path[0])
    target, alias = field.related_model, f"step{depth}"
    here, there = ("id", field.field.column) if field.auto_created else (field.column, "id")
    rest = (
        _exists(target, alias, path[1:], kept, depth + 1) if path[1:] else kept.format(file=alias)
    )
    where = f"{alias}.{there} = {table}.{here} AND {rest}"
    return f"EXISTS (SELECT FROM {target._meta.db_table} {alias} WHERE {where})"
