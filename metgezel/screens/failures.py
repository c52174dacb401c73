"""The page for what went wrong on our side: the database that is away, and everything else.

Both pages are whole without the database, a log-in or a language: who reads them has none of these.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

SECONDS_TO_WAIT = 10


def failed(_request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database does not answer, is full or is locked; else 500.

    Django calls this while it handles the exception, wherever in the chain that was raised.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        wait = {"Retry-After": str(SECONDS_TO_WAIT)}
        return HttpResponse(render_to_string("database_away.html"), status=503, headers=wait)
    return HttpResponse(render_to_string("500.html"), status=500)
