"""The client's own way in: her companion makes a card, or takes the way in back."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from metgezel.foundation.access.own_access import (
    make_card,
    may_give_own_access,
    number_of,
    own_account,
    take_back,
    waiting_until,
)
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.models import Action
from metgezel.foundation.audit.writing import Line, record
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.confirming import recently_confirmed


@never_cache
@require_http_methods(["GET", "POST"])
@recently_confirmed
def client_access(request: HttpRequest, file: UUID) -> HttpResponse:
    """How she gets in; posted, a new card (``do``: card) or the end of it (``do``: end)."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person", "unit"), pk=file
    )
    me = request.user
    may_give = isinstance(me, User) and may_give_own_access(me, found)
    if request.method == "POST":
        if not may_give or not isinstance(me, User):
            raise Http404
        return _changed(request, found, me)
    return _page(request, found, may_give)


def _changed(request: HttpRequest, file: ClientFile, maker: User) -> HttpResponse:
    with transaction.atomic():
        record(Line(Action.CHANGED, file.pk, changed=("own_access",)))
        if request.POST.get("do") == "end":
            take_back(file)
            return redirect("client_access", file=file.pk)
        try:
            card = make_card(file, maker)
        except ValidationError as problem:
            return _page(request, file, True, problem.messages[0])
    context = {
        "file": file,
        "card": card,
        "code": " ".join([card.code[:5], card.code[5:]]),
        "until": timezone.localtime(card.until).date(),
        "address": request.build_absolute_uri(reverse("welcome")),
    }
    return render(request, "companion/client_card.html", context)


def _page(
    request: HttpRequest, file: ClientFile, may_give: bool, problem: str = ""
) -> HttpResponse:
    user = own_account(file)
    until = waiting_until(user) if user else None
    context = {
        "file": file,
        "may_give": may_give,
        "own": user is not None and user == request.user,
        "problem": problem,
        "number": number_of(user) if user else "",
        "waiting": timezone.localtime(until).date() if until else None,
        "gets_in": bool(user and user.is_active and user.last_login),
        "is_closed": bool(user and not user.is_active),
    }
    return render(request, "companion/client_access.html", context, status=422 if problem else 200)
