"""What is not looked at: ways of asking that no page knows, and signs that no text has."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

#: Signs of what follows the question mark; Python itself refuses a number of more than 4,300.
LONGEST = 4_000
KNOWN = ("GET", "HEAD", "POST", "OPTIONS")


class OrdinaryRequests:
    """Answers 405 or 400 before any page is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request when it is one that a browser sends for a person."""
        # Django takes TRACE for harmless, and a view without limits takes PUT for a GET.
        if request.method not in KNOWN:
            return HttpResponseNotAllowed(KNOWN)
        # PostgreSQL has no text with a nought in it; forms refuse it themselves.
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("a nought in the address")
        if len(request.META.get("QUERY_STRING", "")) > LONGEST:
            raise SuspiciousOperation("an address longer than any of ours")
        return self.get_response(request)
