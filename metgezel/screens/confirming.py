"""Asking once more who you are, before something that must not be done by somebody passing by."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import CODES, code_is_right, factors_of
from metgezel.foundation.association.tries import Limit, forget_tries, may_try
from metgezel.screens.visitor import address_of

CONFIRMED_AT = "confirmed_at"
STAYS_CONFIRMED = 5 * 60  # seconds
PASSWORDS = Limit("confirming", most=8, within=timedelta(hours=1))
_FIELDS = ("confirming", "confirm_password", "confirm_code", "confirm_credential")

View = Callable[..., HttpResponse]


def note_confirmed(request: HttpRequest) -> None:
    """Remember in this session that its user has just shown who she is."""
    request.session[CONFIRMED_AT] = time.time()


def is_recent(request: HttpRequest) -> bool:
    """Whether this session's user showed who she is in the last five minutes."""
    at = request.session.get(CONFIRMED_AT)
    return isinstance(at, float) and 0 <= time.time() - at <= STAYS_CONFIRMED


def recently_confirmed(view: View) -> View:
    """Let a view be reached only shortly after logging in or confirming.

    Otherwise the question comes first. What was posted waits in the page with the question, so
    that after the right answer the view gets it as it was sent and nothing is typed twice.
    """

    @sensitive_post_parameters("confirm_password", "confirm_code")
    @wraps(view)
    def asked_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_recent(request) and "confirming" not in request.POST:
            return view(request, *args, **kwargs)
        if not isinstance(request.user, User):
            raise Http404
        question = ConfirmForm(request)
        if "confirming" not in request.POST or not question.is_right():
            return _ask(request, question)
        note_confirmed(request)
        if request.POST["confirming"] == "look":
            return redirect(request.get_full_path())
        request.POST = _as_it_was_sent(request)
        return view(request, *args, **kwargs)

    return asked_first


def confirmed_to_take_along(view: View) -> View:
    """Ask the same of a page that gives its rows as a file when its address says ``csv=1``.

    Stands outside `require_safe`: the answer to the question is posted to the same address.
    """
    guarded = recently_confirmed(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        taken = request.GET.get("csv") == "1"
        return (guarded if taken else view)(request, *args, **kwargs)

    return shown


class ConfirmForm(forms.Form):
    """The password; a code for who has none; or a passkey."""

    confirm_password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        required=False,
        strip=False,
    )
    confirm_code = forms.CharField(
        label=_("A code from your app"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        required=False,
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if "confirming" in request.POST else None)
        assert isinstance(request.user, User)  # noqa: S101 (for the type checker)
        self.request, self.user = request, request.user
        self.factors = factors_of(self.user)
        unused = "confirm_code" if self.user.has_usable_password() else "confirm_password"
        del self.fields[unused]

    def is_right(self) -> bool:
        """Whether the answer is right; a wrong one is counted."""
        about = (self.user.pk, address_of(self.request))
        if not self.is_valid():
            return False
        if not may_try(PASSWORDS, *about):
            self.add_error(
                None, _("Too many wrong answers. Wait an hour; what you typed is not saved.")
            )
            return False
        if self._matches():
            forget_tries(PASSWORDS, *about)
            return True
        self.add_error(None, _("That is not right. Try once more; what you typed is still here."))
        return False

    def _matches(self) -> bool:
        if self.request.POST.get("confirm_credential"):
            return _passkey_is_right(self.user, self.request.POST["confirm_credential"])
        if "confirm_password" in self.fields:
            return self.user.check_password(self.cleaned_data["confirm_password"])
        about = (self.user.pk, address_of(self.request))
        return may_try(CODES, *about) and bool(
            code_is_right(self.user, self.cleaned_data["confirm_code"])
        )


def _passkey_is_right(user: User, credential: str) -> bool:
    return bool(ReauthenticateWebAuthnForm(data={"credential": credential}, user=user).is_valid())


def _ask(request: HttpRequest, question: ConfirmForm) -> HttpResponse:
    context = {
        "form": question,
        "has_passkey": bool(question.factors.passkeys),
        "confirming": request.POST.get("confirming")
        or ("send" if request.method == "POST" else "look"),
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _FIELDS and name != "csrfmiddlewaretoken"
            for value in values
        ],
    }
    return render(request, "account/confirm.html", context, status=403)


def _as_it_was_sent(request: HttpRequest) -> Any:
    sent = request.POST.copy()
    for name in _FIELDS:
        sent.pop(name, None)
    return sent
