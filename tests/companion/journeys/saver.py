"""A process of its own that saves to a database on disk, so that a test can kill it.

`python -m tests.companion.journeys.saver DATABASE prepare|save|look|remove [FILE] [MOMENT]`
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import django
from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "metgezel.site.settings_test"
DATABASE, COMMAND, *REST = sys.argv[1:]
SERVER = dict(settings.DATABASES["default"])
settings.DATABASES["default"]["NAME"] = DATABASE
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from metgezel.companion.journeys.models import Event, FileChange, PlanStep  # noqa: E402
from metgezel.companion.journeys.plan_index import plan_of  # noqa: E402
from metgezel.companion.journeys.recording import NewEvent, record_event  # noqa: E402
from metgezel.foundation.people.models import ClientFile  # noqa: E402
from tests.small_association import client, small_association  # noqa: E402

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
GRANTED = NewEvent("asylum.decision", "2026-11-20", {"outcome": "refugee"})

#: Before which statement of the transaction the process stands still.
BEFORE = {
    "the event is stored": f'UPDATE "{ClientFile._meta.db_table}"',
    "the old plan is gone": f'INSERT INTO "{PlanStep._meta.db_table}"',
}


def on_server(statement: str) -> None:
    """Do something to the database as a whole; SQLite needs nothing, its file is the database."""
    if connection.vendor == "postgresql":
        connection.settings_dict["NAME"] = SERVER["NAME"]
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()
        connection.settings_dict["NAME"] = DATABASE


def prepare(moments: list[str]) -> dict[str, str]:
    """A database with a file for each moment, each with one event and its plan."""
    on_server(f'CREATE DATABASE "{DATABASE}"')
    call_command("migrate", verbosity=0)
    place = small_association().assen
    files = {moment: client("Amal", place) for moment in moments}
    for file in files.values():
        record_event(file, None, 1, REFUSED, TODAY)
    return {moment: str(file.pk) for moment, file in files.items()}


def stand_still(*_: object) -> None:
    """Say that the moment is there, and wait to be killed."""
    print("now", flush=True)
    sys.stdin.read()


def at(moment: str) -> Callable[..., Any]:
    """Let every statement through but the one of this moment."""

    def run(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(BEFORE[moment]):
            stand_still()
        return execute(sql, *rest)

    return run


def save(file: str, moment: str) -> None:
    """Record a second event, and stand still at a moment of it."""
    found = ClientFile.objects.get(pk=file)
    if moment == "all but the commit is done":
        connection.commit = stand_still  # type: ignore[method-assign]
    if moment in BEFORE:
        with connection.execute_wrapper(at(moment)):
            record_event(found, None, 2, GRANTED, TODAY)
    else:
        record_event(found, None, 2, GRANTED, TODAY)
    stand_still()


def look(file: str) -> dict[str, Any]:
    """What is stored of a file, and whether the index says what the engine says."""
    found = ClientFile.objects.get(pk=file)
    index = {(s.rule, str(s.event_root), s.due) for s in PlanStep.objects.filter(file=found)}
    engine = {(s.rule.id, s.event.key, s.due) for s in plan_of(found, TODAY).steps}
    return {
        "events": Event.objects.filter(file=found).count(),
        "version": found.version,
        "changes": FileChange.objects.filter(file=found).count(),
        "plan agrees": index == engine and bool(index),
    }


if __name__ == "__main__":
    match COMMAND:
        case "prepare":
            print(json.dumps(prepare(REST)))
        case "save":
            save(*REST)
        case "look":
            print(json.dumps({file: look(file) for file in REST}))
        case "remove":
            connection.close()
            on_server(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
