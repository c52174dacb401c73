"""Where am I logged in, and ending that."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from metgezel.foundation.association.log_ins import LogIn, end_log_in, end_log_ins, log_ins_of

from .moments import moment_in_words
from .second_factor_views import account_of


@dataclass(frozen=True, slots=True)
class Device:
    """A session in words."""

    number: int
    name: str
    since: str


@never_cache
@require_http_methods(["GET", "POST"])
def log_ins(request: HttpRequest) -> HttpResponse:
    """The devices; posted, end one (``end``: its number) or all others (``end``: "others")."""
    user, here = account_of(request), str(request.session.session_key)
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        if wanted == "others":
            end_log_ins(user, besides=here)
            messages.success(request, _("You are logged out everywhere else."))
        elif wanted.isdecimal() and len(wanted) < 19 and end_log_in(user, int(wanted)):
            messages.success(request, _("That device is logged out."))
        if not any(one.session_key == here for one in log_ins_of(user)):
            logout(request)
            return redirect("account_login")
        return redirect("log_ins")
    found = log_ins_of(user)
    context = {
        "here": next((_device(one) for one in found if one.session_key == here), None),
        "others": [_device(one) for one in found if one.session_key != here],
    }
    return render(request, "account/log_ins.html", context)


def _device(one: LogIn) -> Device:
    return Device(one.pk, one.device or _("Unknown device"), moment_in_words(one.since))
