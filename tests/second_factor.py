"""Somebody with a second factor, for tests."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import add_app

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET, later: int = 0) -> str:
    """The six digits an app shows; `later` counts half minutes."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def with_app(user: User) -> Authenticator:
    """Link an app with codes."""
    linked = add_app(user, SECRET, code_now())
    assert linked
    return linked


def log_in_with_second_factor(client: Client, user: User) -> None:
    """Log in as if both steps had been done."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
