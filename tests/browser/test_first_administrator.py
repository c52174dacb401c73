"""From an empty database to a companion with her first person, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from metgezel.foundation.association.first_run import first_run_code
from metgezel.foundation.people.models import ClientFile

pytestmark = pytest.mark.django_db(transaction=True)
SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
PASSWORD = "drie appels op tafel"


@pytest.fixture
def code(settings, tmp_path) -> str:
    settings.METGEZEL_FIRST_RUN_CODE_FILE = tmp_path / "first-run-code"
    return first_run_code()


def begin(page: Page, address: str, code: str) -> None:
    page.goto(f"{address}/account/first-run/")
    page.get_by_label("Code").fill(code)
    page.locator("input[name=association]").fill("Vereniging Samen")
    page.locator("input[name=name]").fill("Ans Beheer")
    page.locator("input[name=email]").fill("ans@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Beginnen").click()
    expect(page.get_by_role("heading", name="Doe dit eerst")).to_be_visible()


def build_up(page: Page) -> str:
    """Follow what the page says to do first; the link for the companion."""
    page.get_by_role("link", name="Stichting toevoegen").click()
    page.get_by_label("Naam").fill("Noord")
    page.get_by_role("button", name="Stichting toevoegen").click()
    page.get_by_role("link", name="Locatie toevoegen").click()
    page.get_by_label("Naam").fill("Assen")
    page.get_by_label("Gemeente").select_option("GM0106")
    page.get_by_role("button", name="Locatie toevoegen").click()
    page.get_by_role("link", name="Collega uitnodigen").click()
    page.locator("input[name=name]").fill("Noor de Vries")
    page.locator("input[name=email]").fill("noor@example.org")
    page.locator("select[name=unit]").select_option(label="Noord › Assen")
    page.locator("input[name=role][value=companion]").check()
    page.get_by_role("button", name="Uitnodigen").click()
    link = page.get_by_label("De link").input_value()
    page.get_by_role("link", name="Klaar, terug naar de organisatie").click()
    expect(page.get_by_text("1 collega", exact=False).first).to_be_visible()
    expect(page.get_by_role("heading", name="Doe dit eerst")).to_have_count(0)
    return link


def test_from_an_empty_database_to_a_companion_with_her_first_person(
    browser: Browser, page: Page, live_server, code
):
    begin(page, live_server.url, code)
    link = build_up(page)
    context = browser.new_context(locale="nl-NL")
    context.set_default_timeout(10_000)
    noor = context.new_page()
    noor.goto(link)
    noor.locator("input[name=new_password1]").fill(PASSWORD)
    noor.locator("input[name=new_password2]").fill(PASSWORD)
    noor.keyboard.press("Enter")
    expect(noor.get_by_role("heading", level=1)).to_have_text("Vandaag")
    noor.get_by_role("link", name="Mensen").first.click()
    noor.get_by_role("link", name="Iemand nieuw").first.click()
    noor.locator("input[name=given_name]").fill("Amal")
    noor.locator("input[name=birth_date_year]").fill("1991")
    noor.get_by_role("button", name="Dossier openen").click()
    expect(noor.get_by_role("heading", level=1)).to_contain_text("Amal")
    context.close()
    file = ClientFile.objects.select_related("person", "unit").get()
    assert (file.unit.name, file.person.birth_date_precision) == ("Assen", "year")
    page.goto(f"{live_server.url}/people/")
    expect(page.get_by_text("Amal")).to_have_count(0)


def test_axe_finds_nothing_on_the_pages_of_the_office(page: Page, live_server, code):
    begin(page, live_server.url, code)
    found = check_pages(page, live_server.url, ["/office/"])
    page.locator("button[name=language][value=nl]").first.click()
    build_up(page)
    page.goto(f"{live_server.url}/office/colleagues/?q=noor")
    noor = page.get_by_role("link", name="Noor de Vries").get_attribute("href")
    page.goto(f"{live_server.url}/office/")
    unit = page.get_by_role("link", name="Noord").get_attribute("href")
    assert noor
    assert unit
    page.goto(live_server.url + noor)
    end = page.get_by_role("link", name="Beëindigen").first.get_attribute("href")
    assert end
    pages = ["/office/", unit, "/office/units/new/", "/office/colleagues/", noor,
             f"/office/units/new/?under={unit.split('/')[-2]}", "/office/colleagues/?left=1",
             "/office/colleagues/invite/", f"{noor}role/", f"{noor}leave/", end]  # fmt: skip
    found += check_pages(page, live_server.url, pages)
    assert not found, "\n".join(found)


def check_pages(page: Page, address: str, pages: list[str]) -> list[str]:
    """What axe finds on pages in both languages and sizes."""
    found = []
    for language in ("nl", "en"):
        page.goto(address + pages[0])
        page.locator(f"button[name=language][value={language}]").first.click()
        for size in SIZES:
            page.set_viewport_size(size)
            for where in pages:
                page.goto(address + where)
                results = Axe().run(page)
                if results.violations_count:
                    report = results.generate_report()
                    found.append(f"{language} {size['width']} {where}\n{report}")
    return found
