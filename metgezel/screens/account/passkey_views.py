"""Passkeys: what the browser needs to make or use one, adding one, and logging in with one."""

from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import factors_of
from metgezel.foundation.association.tries import Limit, may_try
from metgezel.screens.middleware.second_factor import SET_UP
from metgezel.screens.visitor import address_of, device_of

from .second_factor_views import account_of, factor_added, may_change_keys

#: A passkey cannot be guessed; this only keeps one address from keeping us busy.
PASSKEYS = Limit("passkeys", most=60)
MOST = 10


@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What a browser needs to use a passkey: of whoever is (half) logged in, or of anybody."""
    if not may_try(PASSKEYS, address_of(request)):
        return JsonResponse({}, status=429)
    user = request.user if isinstance(request.user, User) else None
    if user is None:
        halfway = unstash_login(request, peek=True)
        user = halfway.user if halfway else None
    if request.POST.get("for") == "log-in":
        user = None
    return JsonResponse(auth.begin_authentication(user))


@require_POST
@may_change_keys
def passkey_new_options(request: HttpRequest) -> HttpResponse:
    """What a browser needs to make a passkey that also works without a password."""
    return JsonResponse(auth.begin_registration(account_of(request), True))


@require_http_methods(["GET", "POST"])
@may_change_keys
def passkey_new(request: HttpRequest) -> HttpResponse:
    """Explain what happens; posted, keep the passkey the browser made."""
    user = account_of(request)
    if len(factors_of(user).passkeys) >= MOST:
        return redirect(SET_UP)
    form = AddWebAuthnForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        return factor_added(request, user, add_passkey(request, user, form))
    failed = request.method == "POST"
    return render(
        request,
        "account/second_factor_passkey.html",
        {"failed": failed},
        status=422 if failed else 200,
    )


@transaction.atomic
def add_passkey(request: HttpRequest, user: User, form: AddWebAuthnForm) -> Authenticator:
    """Keep a passkey that was checked, named after the device it was made on."""
    name = device_of(request) or _("passkey")
    found: Authenticator = auth.WebAuthn.add(user, name, form.cleaned_data["credential"]).instance
    return found


@require_POST
def passkey_log_in(request: HttpRequest) -> HttpResponse:
    """Log in with a passkey alone: one has it, and opens it with what one is or knows."""
    form = LoginWebAuthnForm(data=request.POST)
    if may_try(PASSKEYS, address_of(request)) and form.is_valid():
        found = form.cleaned_data["credential"]
        if found.user.is_active:
            answer: HttpResponse = perform_passwordless_login(
                request, found, Login(user=found.user, redirect_url=None)
            )
            return answer
    messages.error(request, _("This passkey is not known here. Log in with your password."))
    return redirect("account_login")
