"""Many write at once; every chain stays one unbroken line."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from metgezel.foundation.audit.models import Action, JournalEntry
from metgezel.foundation.audit.verifying import found_faults
from metgezel.foundation.audit.writing import Line, record
from metgezel.site.environment import sqlite
from tests.small_association import small_association

TIMES, THREADS = 200, 8


@pytest.fixture
def a_database_for_threads(
    tmp_path: Path, django_db_blocker: Any, transactional_db: None
) -> Iterator[None]:
    """PostgreSQL as it is; for SQLite a file, because one in memory knows only one connection."""
    if connection.vendor != "sqlite":
        yield
        return
    real = connections["default"]
    settings = {**real.settings_dict, **sqlite(tmp_path / "journal.sqlite3")}
    target = tmp_path / "journal.sqlite3"
    real.ensure_connection()
    real.cursor().execute("VACUUM INTO %s", [str(target)])
    kept, real.settings_dict = real.settings_dict, settings
    in_memory, real.connection = real.connection, None
    connections.settings["default"] = settings
    try:
        yield
    finally:
        real.close()
        real.settings_dict, real.connection = kept, in_memory
        connections.settings["default"] = kept


def at_once(what: Callable[[int], object]) -> None:
    def one(number: int) -> None:
        try:
            what(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(one, range(TIMES)))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_writes_at_once_make_one_unbroken_chain_for_each_unit(a_database_for_threads):
    house = small_association()
    files = (house.in_assen.pk, house.in_groningen.pk, house.in_breda.pk)
    at_once(lambda number: record(Line(Action.READ, files[number % 3])))
    reads = JournalEntry.objects.filter(action="read")
    assert reads.count() == TIMES
    for file in files:
        places = list(reads.filter(file=file).order_by("place").values_list("place", flat=True))
        assert places == list(range(places[0], places[0] + len(places)))
    assert list(found_faults()) == []
