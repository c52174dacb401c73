"""The links at the top of every page. A link shows only when its page exists and may be opened."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import reach_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.screens.permissions import PAGES, may_open


@dataclass(frozen=True)
class Place:
    """A page that deserves a link everywhere."""

    url_name: str
    label: str | Promise
    icon: str


PLACES = (
    Place("today", _("Today"), "clock"),
    Place("people", _("People"), "people"),
    Place("drop_in", _("Open one file"), "key"),
    Place("keys_to_review", _("Review"), "check"),
    Place("colleagues_access", _("Who sees what"), "people"),
    Place("keeping", _("Keeping"), "calendar"),
    Place("own_journal", _("Who looked in my file"), "history"),
    Place("privacy", _("Privacy"), "shield"),
    Place("office", _("Organisation"), "house"),
)


@dataclass(frozen=True)
class Link:
    """A place with its address, and whether the visitor is there."""

    label: str
    icon: str
    href: str
    current: bool


def links(request: HttpRequest) -> Iterator[Link]:
    """Yield the links for whoever is logged in; nobody else gets any."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return
    reach = reach_of(user, current_day())
    here = request.resolver_match.url_name if request.resolver_match else ""
    for place in PLACES:
        rule = PAGES.get(place.url_name)
        if rule and may_open(rule, user, reach):
            current = place.url_name == here
            yield Link(str(place.label), place.icon, reverse(place.url_name), current)
