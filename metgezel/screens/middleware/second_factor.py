"""Who comes near files or hands out access gets no further without a second factor."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from metgezel.foundation.access.door import hold_reach
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import needs_second_factor
from metgezel.screens.permissions import PAGES, Who

from .reading import READING

SET_UP = "second_factor"
#: The pages one needs to set it up, or to leave.
STILL_OPEN = frozenset(
    {
        SET_UP,
        "second_factor_app",
        "second_factor_passkey",
        "passkey_new_options",
        "recovery_codes",
        "recovery_codes_file",
        "account_logout",
    }
)


def opened_with_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session began with a second factor, or got one since. Reads no database."""
    return any(one.get("method") == "mfa" for one in get_authentication_records(request, user))


class SecondFactorFirst:
    """Sends who needs a second factor and did not use one to the page to set it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the work is done when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Return None to let the request through to its view."""
        user, match = request.user, request.resolver_match
        if not settings.METGEZEL_SECOND_FACTOR_REQUIRED or not isinstance(user, User):
            return None
        if match is None or match.view_name in STILL_OPEN or _shows_nothing(match.view_name):
            return None
        if not needs_second_factor(hold_reach(user, current_day()).roles):
            return None
        if opened_with_second_factor(request, user):
            return None
        if request.method in READING:
            return redirect(SET_UP)
        return render(request, "account/second_factor_first.html", status=403)


def _shows_nothing(page: str) -> bool:
    """Whether anybody may see this page, so that it can show nothing of anybody."""
    return page in PAGES and PAGES[page].who is Who.PUBLIC
