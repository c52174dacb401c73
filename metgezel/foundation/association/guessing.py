"""Which account somebody tries to log in to, for counting wrong guesses."""

from collections.abc import Mapping

from django.http import HttpRequest


def tried_account(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Return the e-mail address being tried, in small letters.

    The log-in form calls it ``login``; a failed check calls it ``email``.
    """
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return given.strip().lower()
