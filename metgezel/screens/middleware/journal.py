"""Writes in the journal who looked at which file; a page that cannot be written down is not shown.

Stands outside the two walls (reading only, and PostgreSQL's own): the page itself still cannot
write, and afterwards the journal can.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import Error as DatabaseFailure
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from metgezel.foundation.access.door import hold_reach
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import Acting, acting, now
from metgezel.foundation.audit.models import Action
from metgezel.foundation.audit.standing import standing
from metgezel.foundation.audit.writing import Line, record

from .reading import READING

log = logging.getLogger(__name__)

SHOWN = frozenset({200, 422})
#: Not found or not to be had, but on a page that may name the person to who may open her file.
HALF_SHOWN = frozenset({404, 409, 503})
SENT_ON = frozenset({302, 303})
GONE = 404


class Journal:
    """One line for each file that was opened, each refused try, and each list of people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and give the answer only when it has been written down."""
        user = request.user if isinstance(request.user, User) else None
        with acting(Acting(page="", user=user)) as who:
            response = self.get_response(request)
            if user is None or not who.page:
                return response
            try:
                for line in _lines(who, str(request.method), response.status_code):
                    record(line)
            except DatabaseFailure:
                log.exception("The journal could not be written; %s was not shown.", who.page)
                return render(request, "503.html", status=503)
        return response

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Remember before the page does anything who opens it, and on which ground."""
        who, user, match = now(), request.user, request.resolver_match
        if not isinstance(user, User) or match is None:
            return
        today = current_day()
        hold_reach(user, today)
        who.page, who.file = match.view_name, kwargs.get("file")
        found = standing(user, who.file, today)
        who.role, who.ground, who.drop_in = found.role, found.ground, found.drop_in


def _lines(who: Acting, method: str, status: int) -> list[Line]:
    """What is written about this answer; changes were written with the change itself."""
    if who.file is not None and status == GONE and not who.ground:
        # Whether there is such a file is not looked up: not even in time may the answer differ.
        return [Line(Action.REFUSED, row=str(who.file))]
    sent = method not in READING and status in SENT_ON and who.file not in who.recorded
    lines = []
    if who.file is not None and (status in SHOWN or sent or (who.ground and status in HALF_SHOWN)):
        lines.append(Line(Action.READ, who.file))
    if who.listed and status in SHOWN:
        lines.append(Line(Action.LISTED, number=who.listed))
    if who.exported and status in SHOWN:
        lines.append(Line(Action.EXPORTED, who.file, number=who.exported))
    return lines
