"""A client's first visit in a real browser: with a password, and with a passkey."""

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from metgezel.foundation.access.own_access import make_card
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.browser.test_second_factor import device
from tests.small_association import colleague, small_association

__all__ = ["device"]

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ((360, 740), (1280, 900))
PHRASE = "vier peren in de mand"


@pytest.fixture
def file() -> ClientFile:
    found = small_association().in_assen
    found.person.birth_date, found.person.birth_date_precision = date(1991, 4, 3), "day"
    found.person.save()
    return found


@pytest.fixture
def noor(file: ClientFile) -> User:
    user = colleague(Role.COMPANION, file.unit, file)
    user.email = "noor@example.org"
    user.set_password(PHRASE)
    user.save()
    return user


def fill_in(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/welcome/")
    page.locator("input[name=code]").fill(code)
    for part, value in (("day", "3"), ("month", "4"), ("year", "1991")):
        page.locator(f"input[name=born_{part}]").fill(value)
    page.locator("main .mg-form-actions button").click()
    expect(page.locator("input[name=password]")).to_be_visible()


def test_a_companion_makes_a_card_and_the_client_gets_in_with_a_password(
    browser: Browser, page: Page, live_server, file, noor
):
    page.goto(f"{live_server.url}/account/login/")
    page.locator("input[name=login]").fill("noor@example.org")
    page.locator("input[name=password]").fill(PHRASE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Mensen").first.click()
    page.get_by_role("link", name="Amal").click()
    page.get_by_role("link", name="Eigen toegang").click()
    page.get_by_role("button", name="Kaart maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kaart voor Amal")
    code = page.locator("code.mg-code").nth(1).inner_text()
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(10_000)
    hers = context.new_page()
    fill_in(hers, live_server.url, code)
    hers.locator("input[name=password]").fill(PHRASE)
    hers.locator("input[name=again]").fill(PHRASE)
    hers.get_by_role("button", name="Mijn wachtwoord bewaren").click()
    expect(hers.get_by_role("heading", level=1)).to_have_text("Vandaag")
    hers.goto(f"{live_server.url}/people/{file.pk}/")
    expect(hers.get_by_role("heading", level=1)).to_contain_text("Amal")
    context.close()


def test_a_client_makes_a_passkey_and_comes_back_with_it(
    page: Page, live_server, file, noor, device: Any
):
    fill_in(page, live_server.url, make_card(file, noor).code)
    page.get_by_role("button", name="Inloggen met mijn telefoon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    page.locator("summary.mg-menu__open").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
    page.goto(f"{live_server.url}/welcome/back/")
    page.get_by_role("button", name="Inloggen met mijn telefoon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")


def test_axe_finds_nothing_on_the_pages_of_the_welcome(page: Page, live_server, file, noor):
    found = []
    for language in ("nl", "en", "ar"):
        page.goto(f"{live_server.url}/welcome/")
        page.locator(f"main button[name=language][value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        fill_in(page, live_server.url, make_card(file, noor).code)
        for where in ("/welcome/choose/", "/welcome/", "/welcome/back/"):
            page.goto(live_server.url + where)
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                results = Axe().run(page)
                if results.violations_count:
                    found.append(f"{language} {width} {where}\n{results.generate_report()}")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_the_pages_of_the_card(page: Page, live_server, file, noor):
    found = []
    page.goto(f"{live_server.url}/account/login/")
    page.locator("input[name=login]").fill("noor@example.org")
    page.locator("input[name=password]").fill(PHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")
    for language in ("nl", "en"):
        page.goto(f"{live_server.url}/people/{file.pk}/access/")
        page.locator(f"button[name=language][value={language}]").first.click()
        for step in ("access", "card"):
            if step == "card":
                page.locator("main button[name=do][value=card]").click()
                expect(page.locator("code.mg-code").first).to_be_visible()
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                results = Axe().run(page)
                if results.violations_count:
                    found.append(f"{language} {width} {step}\n{results.generate_report()}")
    assert not found, "\n".join(found)
