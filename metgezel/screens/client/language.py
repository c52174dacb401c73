"""Client pages speak more languages than the rest, where much is not translated yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from metgezel.foundation.association.models import User

#: Made by a computer; no native speaker has read it yet.
NOT_REVIEWED = frozenset({"ar"})

View = Callable[..., HttpResponse]


def in_her_language(view: View) -> View:
    """Show a page in the client's own language; what is not translated stays Dutch."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = her_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        return response

    return shown


def her_language(request: HttpRequest) -> str:
    """The language kept with her account; else the one the rest of the page has."""
    user, offered = request.user, dict(settings.CLIENT_LANGUAGES)
    if isinstance(user, User) and user.language in offered:
        return user.language
    return translation.get_language() or settings.LANGUAGE_CODE
