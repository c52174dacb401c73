"""Today: who needs me and what is due, sorted by what is lost if nobody acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from metgezel.foundation.access.door import has_own_file, reach_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.roles import WORKS_IN_FILES, Role
from metgezel.foundation.audit.acting import listed
from metgezel.foundation.people.models import ClientFile

from .today_steps import MOST_PAGES, steps_of_today


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Steps of my files: now, soon and later; or what I can do here without files."""
    user, day = request.user, current_day()
    roles = reach_of(user, day).roles
    if not roles & WORKS_IN_FILES and not has_own_file(user):
        context = {"today": day, "roles": _without_files(roles)}
        return render(request, "companion/today_without_files.html", context)
    page = _page(request.GET.get("page", ""))
    shown = steps_of_today(user, day, page)
    files = ClientFile.objects.visible_to(user).filter(closed__isnull=True)
    listed(len({card.href for _, cards in shown.groups for card in cards}))
    context = {
        "today": day,
        "groups": shown.groups,
        "page": page,
        "next": f"?page={page + 1}" if shown.more else "",
        "previous": f"?page={page - 1}" if page > 1 else "",
        "has_files": bool(shown.groups) or files.exists(),
        "may_open_files": bool(roles & WORKS_IN_FILES),
    }
    return render(request, "companion/today.html", context)


def _page(asked: str) -> int:
    return min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdecimal() else 1


def _without_files(roles: frozenset[Role]) -> list[tuple[str, str]]:
    """Each role with what it can do here: (sentence, name of the page or "")."""
    special = {
        Role.ADMINISTRATOR: (
            gettext("You look after the organisation: its places, its colleagues and their roles."),
            "office",
        ),
        Role.CLIENT: (
            gettext(
                "Your own plan will stand here as soon as your companion links it to you; "
                "ask for it the next time you meet."
            ),
            "",
        ),
    }
    return [special.get(role, (_no_files(role), "")) for role in Role if role in roles]


def _no_files(role: Role) -> str:
    return gettext(
        "As %(role)s you open nobody's file, so that nobody has to fear it; what you can do here "
        "is choose your language and change your password, at the top of every page."
    ) % {"role": role.label}
