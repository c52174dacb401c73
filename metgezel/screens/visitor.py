"""What a request tells about where it comes from: an address for counting guesses, and a device."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|Chromium|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 the network, for a visitor has a whole network of those.

    Behind a web server of our own the last address in ``X-Forwarded-For`` is the one that server
    saw; the ones before it can be made up.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.METGEZEL_BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "0.0.0.0"  # noqa: S104 (no place to listen on: an unknown address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{found}/64", strict=False).network_address)
    return str(found)


def device_of(request: HttpRequest) -> str:
    """The kind of browser and device, like "Firefox · Android"; "" when it does not say."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    named = (_first(BROWSERS, agent), _first(SYSTEMS, agent))
    return " · ".join(part for part in named if part)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, agent)), "")
