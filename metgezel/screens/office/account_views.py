"""A colleague's account: beginning anew after everything was lost, and closing it at once."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.foundation.association.administration import may_close
from metgezel.foundation.association.log_ins import end_log_ins
from metgezel.foundation.association.memberships import close_account, reopen_account
from metgezel.foundation.association.models import User
from metgezel.foundation.association.second_factor import has_second_factor, remove_all_factors
from metgezel.foundation.audit.models import Action
from metgezel.foundation.audit.writing import Line, record
from metgezel.screens.confirming import recently_confirmed

from .reach import colleague_of, my_units


@require_http_methods(["GET", "POST"])
@recently_confirmed
def account(request: HttpRequest, colleague: int) -> HttpResponse:
    """What an administrator can do with an account; posted, do it (``do``) and write it down."""
    found = colleague_of(request, colleague)
    me = request.user
    if not isinstance(me, User) or not may_close(me, found, my_units(request)):
        if request.method == "POST":
            raise Http404
        return redirect("office_colleague", colleague=found.pk)
    change = CHANGES.get(request.POST.get("do", ""))
    if request.method == "POST" and change is None:
        raise Http404
    if change:
        with transaction.atomic():
            done = change(found)
            record(Line(Action.CHANGED, row=f"user {found.pk}", changed=(request.POST["do"],)))
        messages.success(request, done)
        return redirect("office_colleague", colleague=found.pk)
    context = {"colleague": found, "has_key": has_second_factor(found)}
    return render(request, "office/account.html", context)


def _begin_anew(user: User) -> str:
    remove_all_factors(user)
    end_log_ins(user)
    return _("%(name)s makes a new extra key when she logs in with her password.") % {
        "name": user.name
    }


def _close(user: User) -> str:
    close_account(user)
    return _("The account of %(name)s is closed. She is logged out everywhere.") % {
        "name": user.name
    }


def _reopen(user: User) -> str:
    reopen_account(user)
    return _("%(name)s can log in again.") % {"name": user.name}


#: What can be done, by the name that the button sends; it is also what the journal says.
CHANGES = {"second_factor": _begin_anew, "account_closed": _close, "account_reopened": _reopen}
