"""The pages for a client who is not logged in yet speak every language we have for clients."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

#: Made by a computer; no native speaker has read it yet.
NOT_REVIEWED = frozenset({"ar"})

View = Callable[..., HttpResponse]


def in_the_visitors_language(view: View) -> View:
    """Show a page in the language in the cookie, also when only client pages have it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        offered = dict(settings.CLIENT_LANGUAGES)
        language = asked if asked in offered else translation.get_language() or "nl"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            answer = view(request, *args, **kwargs)
        answer.headers["Content-Language"] = language
        return answer

    return shown


def language_choice() -> dict[str, object]:
    """For the template: the languages, each in its own words, and whether this one was read."""
    return {
        "offered_languages": settings.CLIENT_LANGUAGES,
        "not_reviewed": (translation.get_language() or "") in NOT_REVIEWED,
    }
