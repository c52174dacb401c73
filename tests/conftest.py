"""A hostile harness: it makes a test fail for what would only go wrong later, at a user.

- an undefined variable in one of our templates;
- a GET that writes to the database;
- a connection to another machine;
- reliance on today's date (tests run at one fixed moment) or on an order nobody asked for.

Warnings are errors through pyproject.toml.
"""

import datetime as dt
import ipaddress
import random
import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet
from django.template import Engine
from django.template.base import Node
from django.test import Client
from django.utils import translation

from metgezel.foundation.audit import triggers

OURS = Path(__file__).resolve().parents[1] / "metgezel"
NOW = dt.datetime.fromisoformat("2026-11-24T10:00:00+01:00")
REAL_CLOCK = {"browser", "start"}  # where another process has its own clock
READING = {"GET", "HEAD", "OPTIONS"}
#: What a page may write while it is only read: that it was read.
JOURNAL = re.compile(r'INSERT INTO "audit_journal(entry|head)" |UPDATE "audit_journalhead" ')
WRITES = re.compile(r"\s*(WITH\b.*\b)?(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.I | re.S)


@pytest.fixture
def today() -> dt.date:
    """The day on which every test happens, a Tuesday."""
    return NOW.date()


@pytest.fixture(autouse=True)
def fixed_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let every test happen at the same moment; time goes on from there."""
    room = request.path.relative_to(Path(__file__).parent).parts[0]
    if room in REAL_CLOCK:
        yield
        return
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def nothing_left_by_the_test_before() -> None:
    """Begin in Dutch, and with nothing counted or remembered."""
    translation.deactivate()
    cache.clear()


@pytest.fixture(autouse=True)
def no_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            self.close()
            pytest.fail(f"a test tried to reach {address[0]} over the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def get_never_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse writing statements while the test client does a GET."""
    request = Client.request

    def guarded(self: Client, **environ: Any) -> Any:
        with ExitStack() as stack:
            if environ.get("REQUEST_METHOD", "GET") in READING:
                for connection in connections.all():
                    stack.enter_context(connection.execute_wrapper(_refuse_writes))
            return request(self, **environ)

    monkeypatch.setattr(Client, "request", guarded)


@pytest.fixture(autouse=True, scope="session")
def journal_can_be_emptied_between_tests() -> Iterator[None]:
    """Take the journal's triggers away while Django empties all tables after a test."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: BaseDatabaseOperations, sql_list: Any) -> None:
        triggers.remove(self.connection)
        empty(self, sql_list)
        triggers.install(self.connection)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield


def _refuse_writes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if WRITES.match(sql) and not JOURNAL.match(sql):
        pytest.fail(f"a GET wrote to the database: {sql[:200]}")
    return execute(sql, *rest)


@pytest.fixture(autouse=True)
def order_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shuffle the results of every query that asks for no order, the same way each run."""
    fetch_all = QuerySet._fetch_all
    shuffle = random.Random(20261124).shuffle

    def shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and self._result_cache and not self.ordered:
            shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", shuffled)


class UndefinedVariable(str):
    """Stands in for what an undefined template variable prints; fails in our own templates."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        """Make Django call `%` with the variable's name."""
        return part == "%s"

    def __mod__(self, name: object) -> str:
        template = _template_being_rendered()
        if template and template.is_relative_to(OURS):
            pytest.fail(f"undefined variable '{name}' in {template.relative_to(OURS)}")
        return ""


def _template_being_rendered() -> Path | None:
    """The file of the innermost template node on the stack."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return Path(node.origin.name)
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True)
def undefined_variables_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the stand-in where Django looks for what to print instead."""
    undefined = UndefinedVariable("undefined")
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", undefined)
