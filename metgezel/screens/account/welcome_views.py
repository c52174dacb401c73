"""A client's first visit with a card, and her log-in later: in her language, without e-mail."""

import time
from datetime import date
from typing import Any

from allauth.account.internal.flows.login import perform_password_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib.auth import authenticate, login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from metgezel.foundation.access.own_access import (
    address_for,
    code_on_a_card,
    number_of,
    use_card,
)
from metgezel.foundation.association.models import User, WelcomeCode
from metgezel.foundation.association.welcome_codes import valid_codes
from metgezel.screens.components.inputs import DayField
from metgezel.screens.visitor import address_of

from .first_run import BACKEND
from .passkey_views import add_passkey
from .welcome_language import in_the_visitors_language, language_choice

CARD = "welcome_card"
TIME_TO_CHOOSE = 30 * 60  # seconds


class CardForm(forms.Form):
    """What stands on the card, and what only she knows."""

    code = forms.CharField(
        label=_("The code on your card"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    born = DayField(
        label=_("Your date of birth"),
        help_text=_("Leave it empty when your card says so."),
        required=False,
    )


class PhraseForm(forms.Form):
    """A password that one can remember, twice."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters; a short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    again = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        """Not too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        data = super().clean() or self.cleaned_data
        if {"password", "again"} <= set(data) and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return data


class NumberForm(forms.Form):
    """With what a client logs in later."""

    number = forms.CharField(
        label=_("Your file number"),
        help_text=_("It stands on your card, for example K7P-3QX."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@in_the_visitors_language
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask for the code and the date of birth."""
    form = CardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        born: date | None = form.cleaned_data["born"]
        card = code_on_a_card(
            form.cleaned_data["code"], born.isoformat() if born else "", address_of(request)
        )
        if card:
            request.session[CARD] = {"card": card.pk, "at": time.time()}
            return redirect("welcome_choose")
        form.add_error(
            None,
            _(
                "We cannot let you in with this. Look at your card once more. After ten tries you "
                "have to wait an hour. Is the card older than two weeks? Ask for a new one."
            ),
        )
    return _page(request, "account/welcome.html", {"form": form}, wrong=bool(form.errors))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@in_the_visitors_language
def welcome_choose(request: HttpRequest) -> HttpResponse:
    """Choose a passkey or a password, and be logged in."""
    card = _card_of(request)
    if card is None:
        return redirect("welcome")
    user, posted = card.user, request.method == "POST"
    by_passkey = posted and "credential" in request.POST
    phrase = PhraseForm(request.POST if posted and not by_passkey else None, user)
    passkey = AddWebAuthnForm(request.POST if by_passkey else None, user=user)
    chosen = passkey if by_passkey else phrase
    if chosen.is_valid() and _begin(request, card, chosen):
        return redirect("today")
    context = {
        "form": phrase,
        "failed": by_passkey,
        "number": number_of(user),
        "name": user.name,
    }
    return _page(request, "account/welcome_choose.html", context, wrong=posted)


@never_cache
@require_POST
def welcome_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a passkey for who holds the card."""
    card = _card_of(request)
    if card is None:
        return JsonResponse({}, status=403)
    return JsonResponse(auth.begin_registration(card.user, True))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@in_the_visitors_language
def welcome_back(request: HttpRequest) -> HttpResponse:
    """Log in with file number and password; wrong guesses are counted as at the other log-in."""
    if isinstance(request.user, User):
        return redirect("today")
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = {
            "email": address_for(form.cleaned_data["number"]),
            "password": form.cleaned_data["password"],
        }
        user = authenticate(request, **given)
        if isinstance(user, User):
            answer: HttpResponse = perform_password_login(request, given, Login(user=user))
            return answer
        form.add_error(None, _("The number or the password is not right. Try once more."))
    return _page(request, "account/welcome_back.html", {"form": form}, wrong=bool(form.errors))


def _card_of(request: HttpRequest) -> WelcomeCode | None:
    """The card whose code was right a moment ago in this session."""
    kept = request.session.get(CARD)
    if not isinstance(kept, dict) or time.time() - kept["at"] > TIME_TO_CHOOSE:
        return None
    return valid_codes().filter(pk=kept["card"]).select_related("user").first()


@transaction.atomic
def _begin(request: HttpRequest, card: WelcomeCode, chosen: forms.Form) -> bool:
    """Keep what she chose and log her in; False when the card was used meanwhile."""
    user = use_card(card)
    if user is None:
        return False
    user.language = get_language() or user.language
    passkey = None
    if isinstance(chosen, PhraseForm):
        user.set_password(chosen.cleaned_data["password"])
    else:
        passkey = add_passkey(request, user, chosen)
    user.save(update_fields=["language", "password"])
    del request.session[CARD]
    login(request, user, backend=BACKEND)
    if passkey:
        record_authentication(request, user, "mfa", id=passkey.pk, type=passkey.type)
    return True


def _page(
    request: HttpRequest, template: str, context: dict[str, object], *, wrong: bool
) -> HttpResponse:
    shown = {**context, **language_choice()}
    return render(request, template, shown, status=422 if wrong else 200)
