"""What can this colleague see? For who leads, administers, or watches over privacy."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from metgezel.foundation.access.explain import what_opens
from metgezel.foundation.access.reach import Visitor
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.screens.permissions import MAY_ASK_WHO_SEES_WHAT

AT_ONCE = 50


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """The colleagues this user may ask about, by name."""
    found = _asked_about(request.user).order_by("name", "pk")
    words = request.GET.get("q", "").strip()[:100]
    if words:
        found = found.filter(name__icontains=words)
    page = Paginator(found, AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "next": _address(words, page.number + 1) if page.has_next() else "",
        "previous": _address(words, page.number - 1) if page.has_previous() else "",
    }
    return render(request, "team/colleagues.html", context)


def _address(words: str, page: int) -> str:
    return "?" + urlencode({"q": words, "page": page})


@require_safe
def access(request: HttpRequest, user: int) -> HttpResponse:
    """Roles of a colleague, what they open, and what stays shut."""
    colleague = get_object_or_404(_asked_about(request.user), pk=user)
    context = {"colleague": colleague, "access": what_opens(colleague, current_day())}
    return render(request, "team/access.html", context)


def _asked_about(asker: Visitor) -> QuerySet[User]:
    mine = Membership.objects.filter(user=asker.pk, role__in=MAY_ASK_WHO_SEES_WHAT).running(
        current_day()
    )
    units = Unit.objects.at_or_below(*(m.unit.path for m in mine.select_related("unit")))
    members = Membership.objects.filter(unit__in=units).exclude(role=Role.CLIENT)
    return User.objects.filter(pk__in=members.values("user"))
