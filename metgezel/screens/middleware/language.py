"""Shows every page in the language its reader chose."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from metgezel.foundation.association.models import User


class ChosenLanguage:
    """The language kept with the account; before logging in the one in the cookie, else Dutch."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for the length of this request."""
        chosen = chosen_language(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the code of the reader's language, always one that we have."""
    offered = dict(settings.LANGUAGES)
    if isinstance(request.user, User) and request.user.language in offered:
        return request.user.language
    in_cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return in_cookie if in_cookie in offered else settings.LANGUAGE_CODE
