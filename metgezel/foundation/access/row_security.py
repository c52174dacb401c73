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
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, models, transaction
from django.db.models import QuerySet

from metgezel.foundation.people.models import ClientFile, Household, Person

from .database_roles import KEEPER, WEB
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

#: Stands for the context while a condition is compiled; nobody has this number, day or moment.
SOMEBODY = Looker(-8_140_127, date(1, 2, 3), datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC))
ME = "nullif(current_setting('metgezel.user', true), '')::bigint"
CONTEXT: Mapping[object, str] = {
    SOMEBODY.user: ME,
    SOMEBODY.day: "nullif(current_setting('metgezel.day', true), '')::date",
    SOMEBODY.moment: "nullif(current_setting('metgezel.moment', true), '')::timestamptz",
}
#: Judged by unit, not file by file: a leader's files are too many to gather.
LED = frozenset({Ground.TEAM_LEADER})
#: The same, given to a function that only counts.
COUNTS_FOR = "who bigint, on_day date, at_moment timestamptz"
GIVEN: Mapping[object, str] = {
    SOMEBODY.user: "who",
    SOMEBODY.day: "on_day",
    SOMEBODY.moment: "at_moment",
}

#: Files that a change of a person reaches, see ``with_other_files_about``.
ALSO = "id = ANY (string_to_array(nullif(current_setting('metgezel.also', true), ''), ',')::uuid[])"

_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{0}') THEN
        CREATE ROLE {0} NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    -- Also where we are a member: from PostgreSQL 16 on, who makes a role may not yet take it.
    GRANT {0} TO CURRENT_USER;
EXCEPTION WHEN insufficient_privilege THEN
    IF NOT pg_has_role(current_user, '{0}', 'MEMBER') THEN
        RAISE EXCEPTION 'metgezel: the roles of the web are missing';
    END IF;
END $$"""
#: What an administrator of the database does when the owner of the tables may not make roles.
MAKE_ROLES = (
    "The owner of the database may not make the two roles that the web works as. Let an"
    f" administrator of PostgreSQL do it once: CREATE ROLE {WEB}; CREATE ROLE {KEEPER};"
    f" GRANT {WEB}, {KEEPER} TO the owner. Then start again; no row was changed."
)
_GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {WEB}, {KEEPER};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB}, {KEEPER};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB};
GRANT SELECT ON ALL TABLES IN SCHEMA public TO {KEEPER}"""

CLEAR = """
DO $$ DECLARE one record; BEGIN
    FOR one IN
        SELECT tablename, policyname FROM pg_policies WHERE policyname LIKE 'metgezel\\_%'
    LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
    END LOOP;
END $$"""


def build_second_wall() -> None:
    """Make roles, functions and policies anew, all of them or none. As the owner.

    Raises:
        ImproperlyConfigured: the roles are missing and the owner may not make them.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements():
                cursor.execute(statement)
    except DatabaseError as refused:
        if "roles of the web are missing" in str(refused):
            raise ImproperlyConfigured(MAKE_ROLES) from refused
        raise


def clear_second_wall() -> None:
    """Take away what hangs on columns, so that these can change. Until it is built again the
    web's role sees no row at all."""
    with connection.cursor() as cursor:
        cursor.execute(CLEAR)


def statements() -> Iterator[str]:
    """All of the second wall, as statements that may be repeated."""
    yield from map(_ROLE.format, (WEB, KEEPER))
    yield _GRANTS
    for model in apps.get_app_config("audit").get_models():
        yield f"GRANT INSERT, UPDATE ON {model._meta.db_table} TO {KEEPER}"
    yield from _functions()
    for model in apps.get_models():
        if hasattr(model, "FILE_PATHS"):
            yield from _policies(model)


# ── Functions: small sets, computed once for a query, by the owner ───────────────────────────


def _functions() -> Iterator[str]:
    files = "SETOF uuid"
    for kept in (None, *Kept):
        grounds = [q for ground, q in conditions(SOMEBODY, kept).items() if ground not in LED]
        parts = [_sql(ClientFile.objects.filter(q).values("id")) for q in grounds]
        yield _function(_open(kept), f"{files} ROWS 50", " UNION ALL ".join(parts))
    yield _function("led_units()", f"{files} ROWS 20", _sql(led_units(SOMEBODY)))
    yield _function("colleagues()", f"{files} ROWS 100", _sql(colleagues(SOMEBODY)))
    yield _function("working_units()", files, _sql(working_units(SOMEBODY)))
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
        for ground, q in conditions(SOMEBODY).items()
    )
    yield _function(f"counts({COUNTS_FOR})", "TABLE(ground text, number bigint)", counted)
    yield _function(
        "files_about(wanted uuid)",
        files,
        "SELECT id FROM people_clientfile WHERE person_id = wanted"
        " UNION SELECT file_id FROM people_familytie WHERE relative_id = wanted",
    )
    yield _function(
        "has_a_file(wanted uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM people_clientfile WHERE person_id = wanted)",
    )
    yield _function(
        "is_new(wanted uuid)",
        "boolean",
        "SELECT NOT EXISTS (SELECT FROM access_assignment WHERE file_id = wanted) AND EXISTS"
        " (SELECT FROM people_clientfile WHERE id = wanted AND unit_id IN"
        " (SELECT metgezel_working_units()))",
    )


def _open(kept: Kept | None) -> str:
    return f"open_{kept.value if kept else 'files'}()"


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
    f"(id IN (SELECT metgezel_{_open(None)}) OR (unit_id IN (SELECT metgezel_led_units())"
    f" AND person_id NOT IN (SELECT metgezel_colleagues())) OR {ALSO})"
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
    yield from _policy(table, "keep", "ALL", "USING (true)", KEEPER)
    if model in MAY_ADD:
        yield from _policy(table, "add", "INSERT", f"WITH CHECK ({MAY_ADD[model]})")
    if model in OPENS_A_FILE:
        yield from _policy(table, "look", "SELECT", f"USING ({HERS} OR {ADMINISTERED})")
        yield from _policy(table, "end", "UPDATE", f"USING ({ADMINISTERED})")
        yield from _policy(table, "drop", "DELETE", f"USING ({ADMINISTERED})")


def _policy(table: str, name: str, command: str, rule: str, role: str = WEB) -> Iterator[str]:
    yield f"DROP POLICY IF EXISTS metgezel_{name} ON {table}"
    yield f"CREATE POLICY metgezel_{name} ON {table} FOR {command} TO {role} {rule}"


def _see(model: Any, table: str, path: str) -> str:
    """Whether a row's path leads to a file that can be seen; the file's own policy decides that."""
    if path == SELF:
        return SEE_FILE
    kept: Kept | None = getattr(model, "KEPT", None)
    also = f" AND {{file}}.id IN (SELECT metgezel_{_open(kept)})" if kept else ""
    return _leads_to_a_file(model, table, path.split("__"), also)


def _leads_to_a_file(model: Any, table: str, path: list[str], also: str, depth: int = 1) -> str:
    """A value, not EXISTS: it is looked up for each row, never gathered from all files first."""
    field = model._meta.get_field(path[0])
    target, alias = field.related_model, f"step{depth}"
    here, there = ("id", field.field.column) if field.auto_created else (field.column, "id")
    where = f"{alias}.{there} = {table}.{here}"
    if path[1:]:
        where += f" AND {_leads_to_a_file(target, alias, path[1:], also, depth + 1)}"
    else:
        where += also.format(file=alias)
    found = f"SELECT true FROM {target._meta.db_table} {alias} WHERE {where} LIMIT 1"  # noqa: S608
    return f"coalesce(({found}), false)"
