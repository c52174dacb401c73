"""The links at the top of every page. A link shows only when its page exists and may be opened."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A page that deserves a link everywhere."""

    url_name: str
    label: str | Promise
    icon: str


PLACES = (
    Place("today", _("Today"), "clock"),
    Place("people", _("People"), "people"),
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
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return
    match = request.resolver_match
    here = match.url_name if match else ""
    for place in PLACES:
        try:
            href = reverse(place.url_name)
        except NoReverseMatch:
            continue
        yield Link(str(place.label), place.icon, href, place.url_name == here)
