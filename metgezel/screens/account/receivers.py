"""What happens beside every log-in and every change of a password."""

from typing import Any

from allauth.account.signals import password_changed, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from metgezel.foundation.association.log_ins import end_log_ins, remember_log_in
from metgezel.foundation.association.models import User
from metgezel.screens.confirming import note_confirmed
from metgezel.screens.visitor import device_of


@receiver(user_logged_in)
def log_in_began(request: HttpRequest, user: User, **_rest: Any) -> None:
    """Note the session, so that it can be listed and ended, and that she showed who she is."""
    note_confirmed(request)
    _remember(request, user)


@receiver([password_changed, password_set])
def password_is_new(request: HttpRequest, user: User, **_rest: Any) -> None:
    """End the other sessions: whoever else knew the old password is out."""
    _remember(request, user)
    end_log_ins(user, besides=request.session.session_key)


def _remember(request: HttpRequest, user: User) -> None:
    if not request.session.session_key:
        request.session.save()
    remember_log_in(user, str(request.session.session_key), device_of(request))
