"""How allauth behaves here: accounts by invitation only, one page to choose a password."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from metgezel.foundation.access.own_access import NOWHERE
from metgezel.foundation.association.colleagues import invitation_for
from metgezel.foundation.association.kept_secrets import keep_secret, kept_secret
from metgezel.foundation.association.models import User
from metgezel.screens.visitor import address_of


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """No public sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that guesses are counted under."""
        return address_of(request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A closed account is answered as a wrong one."""
        return redirect("account_login")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """A client's address leads nowhere; nothing is mailed to it."""
        if not email.lower().endswith(f"@{NOWHERE}"):
            super().send_mail(template_prefix, email, context)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, object]) -> None:
        """Send a forgotten password to our own page: allauth's writes on a GET."""
        invitation = invitation_for(user)
        link = reverse(
            "choose_password", kwargs={"user": invitation.number, "token": invitation.token}
        )
        address = self.request.build_absolute_uri(link)
        super().send_password_reset_mail(user, email, {**context, "password_reset_url": address})


class KeptSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are sealed, and passkeys belong to Metgezel by name."""

    def encrypt(self, text: str) -> str:
        """Keep a secret; what is stored in its place is a reference."""
        return keep_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret behind a reference."""
        return kept_secret(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """What a phone shows when it asks whether to make a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Metgezel"}
