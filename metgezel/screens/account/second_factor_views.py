"""Setting up a second factor, and looking after it."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.access.door import reach_of
from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import (
    CODES,
    add_app,
    factors_of,
    needs_second_factor,
    new_recovery_codes,
    recovery_codes_left,
    remove_factor,
)
from metgezel.foundation.association.tries import forget_tries, may_try
from metgezel.screens.confirming import recently_confirmed
from metgezel.screens.middleware.second_factor import SET_UP, opened_with_second_factor
from metgezel.screens.visitor import address_of

from .moments import moment_in_words
from .qr import qr_path

SECRET = "app_secret"  # noqa: S105 (its name in the session)
CODES_SHOWN_UNTIL = "recovery_codes_shown_until"
SHOWN_FOR = 15 * 60  # seconds


def account_of(request: HttpRequest) -> User:
    """Who is logged in; the table of pages lets nobody else in here."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def is_needed(user: User) -> bool:
    """Whether this user may not do without."""
    return settings.METGEZEL_SECOND_FACTOR_REQUIRED and needs_second_factor(reach_of(user).roles)


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """What is set up, and what can be."""
    user = account_of(request)
    factors = factors_of(user)
    context = {
        "factors": factors,
        "app": _in_words(factors.app) if factors.app else None,
        "passkeys": [_in_words(one) for one in factors.passkeys],
        "needed": is_needed(user),
        "log_in_again": factors.any and not opened_with_second_factor(request, user),
        "enough_passkeys": len(factors.passkeys) >= 10,
    }
    return render(request, "account/second_factor.html", context)


@dataclass(frozen=True, slots=True)
class Key:
    """A factor in words; `used` is blank when it was never used."""

    number: int
    name: str
    since: str
    used: str


def _in_words(one: Authenticator) -> Key:
    is_app = one.type == Authenticator.Type.TOTP
    name = _t("App with codes") if is_app else _t("Passkey: %(device)s") % {"device": one}
    used = moment_in_words(one.last_used_at) if one.last_used_at else ""
    return Key(one.pk, name, moment_in_words(one.created_at), used)


def may_change_keys(view: Any) -> Any:
    """Only shortly after confirming, and only in a session that itself used what is set up."""

    @recently_confirmed
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = account_of(request)
        if factors_of(user).any and not opened_with_second_factor(request, user):
            return redirect(SET_UP)
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return never_cache(guarded)


class AppCodeForm(forms.Form):
    """The code an app shows."""

    code = forms.CharField(
        label=_("The six digits that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@require_http_methods(["GET", "POST"])
@may_change_keys
def app(request: HttpRequest) -> HttpResponse:
    """Link an app with codes: begin, look at the picture, fill in the first code."""
    user = account_of(request)
    if factors_of(user).app:
        return redirect(SET_UP)
    if request.method == "POST" and "code" not in request.POST:
        request.session[SECRET] = generate_totp_secret()
        return redirect("second_factor_app")
    secret = request.session.get(SECRET)
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if secret and form.is_valid():
        linked = _linked(request, user, secret, form)
        if linked:
            return factor_added(request, user, linked)
    return _app_page(request, user, secret, form)


def _linked(
    request: HttpRequest, user: User, secret: str, form: AppCodeForm
) -> Authenticator | None:
    about = (user.pk, address_of(request))
    if not may_try(CODES, *about):
        form.add_error(None, _("Too many wrong codes. Nothing is changed; try again in an hour."))
        return None
    linked = add_app(user, secret, form.cleaned_data["code"])
    if linked is None:
        form.add_error(
            "code", _("This is not the code the app shows now. Wait for a new one and try again.")
        )
        return None
    forget_tries(CODES, *about)
    request.session.pop(SECRET, None)
    return linked


def _app_page(
    request: HttpRequest, user: User, secret: str | None, form: AppCodeForm
) -> HttpResponse:
    context: dict[str, object] = {"form": form, "begun": bool(secret)}
    if secret:
        size, path = qr_path(user, secret)
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        context |= {"qr_size": size, "qr_path": path, "secret": " ".join(groups)}
    return render(request, "account/second_factor_app.html", context)


def factor_added(request: HttpRequest, user: User, added: Authenticator) -> HttpResponse:
    """This session now has a second factor; show recovery codes, made when there were none."""
    record_authentication(request, user, "mfa", id=added.pk, type=added.type)
    if factors_of(user).codes_left is None:
        new_recovery_codes(user)
        request.session[CODES_SHOWN_UNTIL] = time.time() + SHOWN_FOR
        messages.success(request, _t("Your extra key works. Now keep these codes."))
        return redirect("recovery_codes")
    messages.success(request, _t("Your extra key works."))
    return redirect(SET_UP)


@require_http_methods(["POST"])
@may_change_keys
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take away an app or a passkey; not the last one where one is needed."""
    user = account_of(request)
    if is_needed(user) and factors_of(user).only_one:
        messages.error(
            request, _t("This is your only extra key. Add another first; nothing is removed.")
        )
    elif remove_factor(user, number):
        messages.success(request, _t("The extra key is removed. It opens nothing any more."))
    return redirect(SET_UP)


@require_http_methods(["GET", "POST"])
@may_change_keys
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show new codes for a quarter of an hour; posted, make new ones."""
    user = account_of(request)
    if not factors_of(user).any:
        return redirect(SET_UP)
    if request.method == "POST":
        new_recovery_codes(user)
        request.session[CODES_SHOWN_UNTIL] = time.time() + SHOWN_FOR
        return redirect("recovery_codes")
    context = {"codes": _codes_to_show(request, user), "left": factors_of(user).codes_left}
    return render(request, "account/recovery_codes.html", context)


@may_change_keys
@require_safe
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same codes as a text file, as long as they are shown."""
    user = account_of(request)
    codes = _codes_to_show(request, user)
    if not codes:
        return redirect("recovery_codes")
    lines = [
        _t("Recovery codes of Metgezel for %(name)s") % {"name": user.name},
        _t("Each code works once. Keep them where nobody else looks."),
        "",
        *codes,
        "",
    ]
    answer = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="metgezel-codes.txt"'
    return answer


def _codes_to_show(request: HttpRequest, user: User) -> list[str]:
    until = request.session.get(CODES_SHOWN_UNTIL, 0)
    if time.time() > until:
        return []
    return [f"{code[:4]} {code[4:]}" for code in recovery_codes_left(user)]
