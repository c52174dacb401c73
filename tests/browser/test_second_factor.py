"""The second factor in a real browser: an app with codes, and a passkey of a virtual device."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, expect

from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.association.roles import Role
from tests.second_factor import code_now
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ((360, 740), (1280, 900))
PASSWORD = "drie appels op tafel"


@pytest.fixture
def noor(settings: Any) -> User:
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = True
    house = small_association()
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    user.email = "noor@example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def device(page: Page) -> CDPSession:
    """A phone that makes and uses passkeys, and whose owner is always there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def first_step(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/")
    page.locator("input[name=login]").fill("noor@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Inloggen")


def log_out(page: Page) -> None:
    page.locator("summary.mg-menu__open").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def link_an_app(page: Page) -> str:
    page.get_by_role("link", name="App met codes").click()
    page.get_by_role("button", name="Ik heb een app").click()
    expect(page.get_by_role("img", name="Het vierkante plaatje")).to_be_visible()
    page.get_by_text("Geen camera").click()
    secret = page.locator("code.mg-code").inner_text().replace(" ", "")
    page.locator("input[name=code]").fill(code_now(secret))
    page.get_by_role("button", name="App koppelen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    return secret


def test_an_app_with_codes_from_set_up_to_logging_in(page: Page, live_server, noor):
    first_step(page, live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw extra sleutel")
    page.goto(f"{live_server.url}/people/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw extra sleutel")
    secret = link_an_app(page)
    recovery = page.locator("code.mg-code").first.inner_text()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    log_out(page)
    first_step(page, live_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nu uw extra sleutel")
    page.locator("input[name=code]").fill(code_now(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    log_out(page)
    first_step(page, live_server.url)
    page.locator("input[name=code]").fill(recovery)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")


def test_a_passkey_from_set_up_to_logging_in_without_a_password(
    page: Page, live_server, noor, device
):
    first_step(page, live_server.url)
    page.get_by_role("link", name="Passkey").click()
    page.get_by_role("button", name="Passkey maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    log_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    log_out(page)
    first_step(page, live_server.url)
    page.get_by_role("button", name="Mijn passkey gebruiken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")


def test_a_stopped_passkey_says_so_and_the_app_stays_possible(page: Page, live_server, noor):
    first_step(page, live_server.url)
    page.get_by_role("link", name="Passkey").click()
    page.route("**/passkey/new/", lambda route: route.fulfill(status=500))
    page.get_by_role("button", name="Passkey maken").click()
    expect(page.get_by_text("Dat lukte niet")).to_be_visible()
    page.get_by_role("link", name="Een andere manier kiezen").click()
    link_an_app(page)


def test_axe_finds_nothing_on_the_pages_of_logging_in(page: Page, live_server, noor, device):
    found = []
    first_step(page, live_server.url)
    found += look(page, live_server.url, "/account/second-factor/")
    found += look(page, live_server.url, "/account/second-factor/app/")
    found += look(page, live_server.url, "/account/second-factor/passkey/")
    in_dutch(page)
    page.goto(f"{live_server.url}/account/second-factor/")
    link_an_app(page)
    for where in ("/account/second-factor/codes/", "/account/second-factor/", "/account/log-ins/"):
        found += look(page, live_server.url, where)
    in_dutch(page)
    log_out(page)
    found += look(page, live_server.url, "/account/login/")
    in_dutch(page)
    first_step(page, live_server.url)
    found += look(page, live_server.url, "/account/second-step/")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_an_administrator_is_asked_who_she_is(
    page: Page, live_server, noor, settings, monkeypatch
):
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = False
    ans = colleague(Role.ADMINISTRATOR, Unit.objects.get(parent=None))
    ans.email = "ans@example.org"
    ans.set_password(PASSWORD)
    ans.save()
    page.goto(f"{live_server.url}/account/login/")
    page.locator("input[name=login]").fill("ans@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Inloggen")
    where = f"/office/colleagues/{noor.pk}/account/"
    found = look(page, live_server.url, where)
    monkeypatch.setattr("metgezel.screens.confirming.STAYS_CONFIRMED", -1)
    found += look(page, live_server.url, where)
    in_dutch(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bent u het zelf?")
    monkeypatch.undo()
    page.locator("input[name=confirm_password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Account nu sluiten").click()
    expect(page.get_by_text("is gesloten").first).to_be_visible()
    assert not found, "\n".join(found)


def in_dutch(page: Page) -> None:
    page.locator("button[name=language][value=nl]").first.click()


def look(page: Page, address: str, where: str) -> list[str]:
    """What axe finds on a page in both languages and sizes."""
    found = []
    page.goto(address + where)
    for language in ("nl", "en"):
        page.locator(f"button[name=language][value={language}]").first.click()
        assert re.search(where + "$", page.url), page.url
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            results = Axe().run(page)
            if results.violations_count:
                found.append(f"{language} {width} {where}\n{results.generate_report()}")
    return found
