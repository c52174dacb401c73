"""The second step of logging in: a code from the app, a recovery code, or a passkey."""

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import CODES, code_is_right, factors_of
from metgezel.foundation.association.tries import forget_tries, may_try
from metgezel.screens.visitor import address_of


class CodeForm(forms.Form):
    """A code, from the app or from the list of recovery codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


@require_http_methods(["GET", "POST"])
@login_stage_required(  # type: ignore[untyped-decorator]
    stage=AuthenticateStage.key, redirect_urlname="account_login"
)
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever gave the right password a moment ago."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user: User = stage.login.user
    if not user.is_active:
        return redirect("account_login")
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        if not may_try(CODES, user.pk, address_of(request)):
            return render(request, "account/too_many_codes.html", status=429)
        used = _used(request, user, form)
        if used:
            forget_tries(CODES, user.pk, address_of(request))
            post_authentication(request, used)
            answer: HttpResponse = stage.exit()
            return answer
    factors = factors_of(user)
    context = {"form": form, "has_app": bool(factors.app), "has_passkey": bool(factors.passkeys)}
    return render(request, "account/second_step.html", context)


def _used(request: HttpRequest, user: User, form: CodeForm) -> Authenticator | None:
    """The factor that was shown, when it is right; else the form says what to do."""
    if "credential" in request.POST:
        passkey = AuthenticateWebAuthnForm(data=request.POST, user=user)
        if passkey.is_valid():
            found: Authenticator = passkey.cleaned_data["credential"]
            return found
        form.full_clean()
        return None
    if not form.is_valid():
        return None
    used = code_is_right(user, form.cleaned_data["code"])
    if used is None:
        form.add_error("code", _("This code is not right. Wait for a new one and try again."))
    return used
