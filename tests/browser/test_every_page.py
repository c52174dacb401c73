"""Every page that somebody of every role can reach by following links, in a real browser.

The browser itself tells when a page breaks the policy that the site sent along, and shows every
address it asked for: there may be none but our own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Error, Page, ViewportSize

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from tests.site.demo_filling import filled
from tests.small_association import small_association

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 24)
SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
LEAVES = {"account_logout"}


@dataclass
class Walk:
    """One person's walk through the site, and what the browser said on the way."""

    page: Page
    site: str
    seen: set[tuple[str, ...]] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)
    complaints: set[str] = field(default_factory=set)
    look: Callable[[Page], None] = lambda page: None

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("pageerror", lambda error: self._said("error", str(error)))

    def _asked(self, address: str) -> None:
        if not address.startswith(self.site):
            self.elsewhere.add(address)

    def _said(self, kind: str, text: str) -> None:
        # A page that answers 403 or 404 on purpose is told as an error as well.
        if kind in {"error", "warning"} and "status of 40" not in text:
            self.complaints.add(f"{self.page.url.removeprefix(self.site)}: {text}")

    def follow(self, start: str) -> None:
        """Open every kind of page once: its name, with the parts of its query."""
        waiting = [start]
        while waiting:
            address = waiting.pop(0)
            kind = kind_of(address)
            if kind is None or kind in self.seen:
                continue
            self.seen.add(kind)
            try:
                self.page.goto(self.site + address, wait_until="load")
            except Error as told:
                if "Download is starting" not in str(told):
                    raise
                continue
            self.look(self.page)
            waiting += list(self._links())

    def _links(self) -> Iterator[str]:
        found = self.page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        for address in sorted(set(found)):
            if address.startswith(self.site):
                yield urldefrag(address)[0].removeprefix(self.site)


def kind_of(address: str) -> tuple[str, ...] | None:
    """The page's name and the names in its query; None for what is no page."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return None if name in LEAVES else (name, *sorted(parse_qs(parts.query)))


def logged_in(context: BrowserContext, site: str, user: User) -> None:
    """Give the browser a session, as the log-in would."""
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": site}])


@pytest.fixture
def demo(settings) -> None:
    settings.METGEZEL_DEMO = True
    settings.METGEZEL_TODAY = TODAY
    filled(30, seed=1, today=TODAY)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_of_any_role_breaks_the_policy_asks_another_site_or_troubles_axe(
    browser, live_server, demo, language
):
    User.objects.update(language=language)
    looked_at: set[tuple[str, ...] | None] = set()
    wrong: list[str] = []

    def look(page: Page) -> None:
        if (kind := kind_of(page.url)) not in looked_at:
            looked_at.add(kind)
            wrong.extend(troubles(page))

    for role in [None, *Role]:
        context = browser.new_context(locale="nl-NL")
        if role:
            logged_in(context, live_server.url, User.objects.get(email=f"{role}@demo.example"))
        walk = Walk(context.new_page(), live_server.url, look=look)
        for start in ("/", "/account/login/", "/account/password/reset/", "/components/"):
            walk.follow(start)
        wrong += [f"{role}: {said}" for said in sorted(walk.complaints | walk.elsewhere)]
        context.close()
    assert not wrong, "\n".join(wrong)
    names = {kind[0] for kind in looked_at if kind}
    assert names >= {"today", "people", "person", "event_new", "papers", "office", "household"}
    assert names >= {"why", "drop_in", "keys_to_review", "access_of", "own_journal", "file_privacy"}


def troubles(page: Page) -> list[str]:
    """What axe finds on a page, as narrow as a phone and wide."""
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        where = f"{size['width']} {urlsplit(page.url).path}"
        for one in Axe().run(page).response["violations"]:
            found.append(f"{where} {one['id']}: {one['nodes'][0]['html']}")
    return found


def test_the_browser_tells_when_a_page_breaks_the_policy(browser, live_server):
    small_association()
    context = browser.new_context()
    walk = Walk(context.new_page(), live_server.url)
    walk.follow("/account/login/")
    assert not walk.complaints
    walk.page.evaluate("document.body.setAttribute('style', 'color: red')")
    walk.page.evaluate("document.body.append(new Image())")
    walk.page.evaluate("document.images[0].src = 'https://elsewhere.example/x.png'")
    walk.page.wait_for_timeout(200)
    assert {"style", "elsewhere"} <= {
        word for said in walk.complaints for word in ("style", "elsewhere") if word in said
    }
    with pytest.raises(Exception, match="TrustedHTML"):
        walk.page.evaluate("document.body.innerHTML = '<b>x</b>'")
    context.close()
