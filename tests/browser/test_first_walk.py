"""A companion's first walk through the program, in a real browser."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})


@pytest.fixture
def file(settings) -> ClientFile:
    settings.METGEZEL_TODAY = date(2026, 11, 24)
    association = small_association()
    wife = Person.objects.create(
        given_name="Sara", birth_date=date(1992, 1, 1), birth_date_precision="day"
    )
    FamilyTie.objects.create(
        file=association.in_assen, key="spouse", relative=wife, relation="spouse",
        whereabouts="abroad", family_at_entry=True,
    )  # fmt: skip
    user = colleague(Role.COMPANION, association.assen, association.in_assen)
    user.email = "companion@example.org"
    user.save()
    return association.in_assen


def log_in(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("input[name=login]").fill("companion@example.org")
    page.locator("input[name=password]").fill("pw")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")


def test_from_log_in_to_the_family_term_of_christmas(page, live_server, file):
    log_in(page, live_server.url)
    page.get_by_role("link", name="Mensen").first.click()
    page.get_by_role("link", name="Amal").click()
    page.get_by_role("link", name="Er is iets gebeurd").first.click()
    page.get_by_role("link", name="Besluit op de asielaanvraag").first.click()
    for part, value in (("day", "25"), ("month", "9"), ("year", "2026")):
        page.locator(f"input[name=on_{part}]").fill(value)
    page.get_by_label("Vergunning als vluchteling").check()
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("Dit verandert er in het plan")).to_be_visible()
    page.get_by_role("button", name="Opslaan").click()
    expect(page).to_have_url(f"{live_server.url}/people/{file.pk}/")
    step = page.locator(".mg-step").filter(has_text="Nareis aanvragen binnen drie maanden")
    expect(step).to_contain_text("donderdag 24 december 2026")
    expect(step).to_contain_text("maandag 28 december 2026")
    page.goto(live_server.url)
    page.get_by_role("link", name="Mensen").first.click()
    expect(page.get_by_text("Amal")).to_be_visible()


def test_axe_finds_nothing_on_any_page_in_dutch_and_english(page, live_server, file):
    log_in(page, live_server.url)
    person = f"/people/{file.pk}/"
    pages = ("/", "/people/", "/people/new/", person, f"{person}happened/",
             f"{person}happened/?kind=asylum.decision", f"{person}mistake/",
             f"{person}family/")  # fmt: skip
    found = []
    for language in ("nl", "en"):
        page.goto(live_server.url)
        page.locator(f"button[name=language][value={language}]").first.click()
        for size in SIZES:
            page.set_viewport_size(size)
            for address in pages:
                page.goto(live_server.url + address)
                results = Axe().run(page)
                if results.violations_count:
                    found.append(
                        f"{language} {size['width']} {address}\n{results.generate_report()}"
                    )
    assert not found, "\n".join(found)
