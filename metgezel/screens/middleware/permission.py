"""Lets through what the table of pages allows, and nothing else."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from metgezel.foundation.access.door import has_own_file, hold_reach
from metgezel.foundation.association.clock import current_day
from metgezel.screens.permissions import PAGES, Who, may_open


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
        if rule.who is Who.PUBLIC:
            return None
        user = request.user
        if isinstance(user, AnonymousUser):
            return redirect_to_login(request.get_full_path())
        reach = hold_reach(user, current_day())
        if may_open(rule, user, reach):
            return None
        if not reach.roles and not has_own_file(user):
            return no_access_yet(request)
        raise Http404


def no_access_yet(request: HttpRequest) -> HttpResponse:
    """Tell somebody without any role, or whose roles ended, what to do now."""
    return render(request, "account/no_access_yet.html", status=403)
