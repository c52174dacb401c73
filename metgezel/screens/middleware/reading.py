"""Looking changes nothing: a GET that tries to write is stopped at the database."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

READING = frozenset({"GET", "HEAD", "OPTIONS"})
_WRITES = re.compile(r"\s*(WITH\b.*\)\s*)?(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.I | re.S)


class WroteWhileReadingError(RuntimeError):
    """A page that only shows something tried to change the database."""


class GetNeverWrites:
    """Innermost middleware: covers the view, not the session that is kept around it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with writing refused when it is a reading one."""
        if request.method not in READING:
            return self.get_response(request)
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(_refuse_writes))
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if _WRITES.match(sql):
        raise WroteWhileReadingError(sql[:120])
    return execute(sql, *rest)
