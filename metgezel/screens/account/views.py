"""Choosing a language and, from a one-time link, a password."""

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

from .first_run import BACKEND


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
