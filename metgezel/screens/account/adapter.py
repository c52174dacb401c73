"""How allauth behaves here: accounts by invitation only, one page to choose a password."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """No public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Send a forgotten password to our own page: allauth's writes on a GET."""
        number, _, token = key.partition("-")
        path = reverse("choose_password", kwargs={"user": number, "token": token})
        return str(self.request.build_absolute_uri(path))
