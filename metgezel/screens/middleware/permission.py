"""Lets through what the table of pages allows, and nothing else."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from metgezel.foundation.access.door import NO_REACH, has_own_file, hold_reach
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.first_run import is_first_run
from metgezel.screens.permissions import PAGES, Rule, Who, may_open

LOGIN = "account_login"
FIRST_RUN = "first_run"


class OnlyWhatIsListed:
    """Refuses with 404, so that nobody learns what exists; unknown visitors log in first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the work is done when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Return None to let the request through to its view."""
        match = request.resolver_match
        rule = PAGES.get(match.view_name) if match else None
        if rule is None or rule.who is Who.REFUSED:
            raise Http404
        user = request.user
        if isinstance(user, AnonymousUser):
            return _for_a_stranger(request, rule)
        reach = hold_reach(user, current_day())
        if may_open(rule, user, reach):
            return None
        if not reach.roles and not has_own_file(user):
            return no_access_yet(request)
        raise Http404


def _for_a_stranger(request: HttpRequest, rule: Rule) -> HttpResponse | None:
    """Let in, send to the log-in page, or on a first run to the page for the administrator."""
    if may_open(rule, request.user, NO_REACH):
        at_login = request.resolver_match and request.resolver_match.view_name == LOGIN
        return redirect(FIRST_RUN) if at_login and is_first_run() else None
    if rule.who is Who.FIRST_RUN:
        raise Http404
    return redirect_to_login(request.get_full_path())


def no_access_yet(request: HttpRequest) -> HttpResponse:
    """Tell somebody without any role, or whose roles ended, what to do now."""
    return render(request, "account/no_access_yet.html", status=403)
