"""The power fails in the middle of a save: all of it or nothing, and the plan fits the events.

Real processes on a database on disk, killed with SIGKILL at a moment they name themselves; on
PostgreSQL too when the tests run there.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]
MOMENTS = (
    "the event is stored",
    "the old plan is gone",
    "all but the commit is done",
    "everything is done",
)
NOTHING = {"events": 1, "version": 2, "changes": 1, "plan agrees": True}
ALL = {"events": 2, "version": 3, "changes": 2, "plan agrees": True}


def saver(database: str, *words: str) -> subprocess.Popen[str]:
    """Start the process that saves; a warning of a library about its own end is not ours."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.companion.journeys.saver", database, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(database: str, *words: str) -> Any:
    """What a process that is left alone prints."""
    said, complaint = saver(database, *words).communicate(timeout=120)
    assert said or words[0] == "remove", complaint
    return json.loads(said) if said else None


def kill_at(database: str, file: str, moment: str) -> None:
    """Start a save, wait until it stands at the moment, and kill it."""
    with saver(database, "save", file, moment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if process.stdout.readline() != "now\n":
            process.kill()
            pytest.fail(process.stderr.read())
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.fixture
def database(tmp_path: Path) -> Any:
    """A database of our own, gone afterwards."""
    name = f"killed_{os.getpid()}"
    place = name if connection.vendor == "postgresql" else str(tmp_path / f"{name}.sqlite3")
    yield place
    answer(place, "remove")


def test_a_save_that_is_killed_leaves_all_or_nothing_and_a_plan_that_fits(database: str) -> None:
    files = answer(database, "prepare", *MOMENTS)
    for moment, file in files.items():
        kill_at(database, file, moment)
    found = answer(database, "look", *files.values())
    stored = {moment: found[file] for moment, file in files.items()}
    assert stored == {**dict.fromkeys(MOMENTS[:3], NOTHING), MOMENTS[3]: ALL}
