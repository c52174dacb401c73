"""Choosing a language and, from a one-time link, a password."""

from allauth.account.views import password_reset as mail_a_link
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from metgezel.foundation.association.colleagues import invited_user
from metgezel.foundation.association.log_ins import end_log_ins
from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import has_second_factor
from metgezel.foundation.association.tries import Limit, may_try
from metgezel.screens.visitor import address_of

from .first_run import BACKEND

RESETS_FROM_HERE = Limit("new passwords from an address", most=20)
RESETS = Limit("new passwords", most=4)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language with the account, and in a cookie for the log-in page."""
    language = request.POST.get("language", "")
    if language not in dict(settings.CLIENT_LANGUAGES):
        raise Http404
    if isinstance(request.user, User):
        request.user.language = language
        request.user.save(update_fields=["language"])
    response = HttpResponseRedirect(_back_to(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _back_to(request: HttpRequest) -> str:
    """Where the reader came from, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


@require_http_methods(["GET", "POST"])
def reset_password(request: HttpRequest) -> HttpResponse:
    """Mail a link for a new password; the answer is the same whether the address is known or not.

    An address that has been mailed often enough this hour gets that same answer and no mail.
    """
    if request.method == "POST":
        here = address_of(request)
        if not may_try(RESETS_FROM_HERE, here):
            return render(request, "account/too_many_codes.html", status=429)
        if not may_try(RESETS, request.POST.get("email", "").strip().lower(), here):
            return redirect("account_reset_password_done")
    answer: HttpResponse = mail_a_link(request)
    return answer


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, user: str, token: str) -> HttpResponse:
    """Let somebody with a one-time link (invitation or forgotten password) choose a password.

    The link works once: choosing a password makes every older link worthless. Who forgot a
    password logs in with the new one, and with the second factor; somebody new is logged in.
    """
    account = invited_user(user, token)
    if account is None:
        return render(request, "account/choose_password.html", {"form": None}, status=404)
    form = SetPasswordForm(account, request.POST or None)
    is_new = not account.has_usable_password()
    if request.method == "POST" and form.is_valid():
        form.save()
        end_log_ins(account)
        if is_new and not has_second_factor(account):  # nothing to pass by: straight on to set-up
            login(request, account, backend=BACKEND)
            return redirect("today")
        return redirect("account_login")
    return render(request, "account/choose_password.html", {"form": form})
