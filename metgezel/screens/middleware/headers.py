"""What every answer tells the browser: keep nothing of it, and let no other site use it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

#: A shared computer in a walk-in office: the next visitor must not find this page again.
NOT_KEPT = "no-store, private"


class NotForOtherSites:
    """Outermost: holds for style sheets, fonts and pictures as well."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a page that chose a policy itself keeps it."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response


class NotKept:
    """Inside the static files, which may be kept: no page, download or refusal is."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; whoever logs out leaves nothing in the browser's stores."""
        response = self.get_response(request)
        response.headers["Cache-Control"] = NOT_KEPT
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None and not session.value:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response
