"""How allauth behaves here: accounts by invitation only, one page to choose a password."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from metgezel.foundation.association.colleagues import invitation_for
from metgezel.foundation.association.models import User


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """No public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, object]) -> None:
        """Send a forgotten password to our own page: allauth's writes on a GET."""
        invitation = invitation_for(user)
        link = reverse(
            "choose_password", kwargs={"user": invitation.number, "token": invitation.token}
        )
        address = self.request.build_absolute_uri(link)
        super().send_password_reset_mail(user, email, {**context, "password_reset_url": address})
