"""Two companions at one file and a mistake mended, in a real browser; axe looks at every page."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 24)


@pytest.fixture
def file(settings) -> ClientFile:
    settings.METGEZEL_TODAY = TODAY
    association = small_association()
    user = colleague(Role.COMPANION, association.assen, association.in_assen)
    user.email = "companion@example.org"
    user.save()
    return association.in_assen


def looked_at(page: Page) -> None:
    """Let axe look at the page as it stands, on a phone and on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        results = Axe().run(page)
        assert not results.violations_count, f"{page.url} {width}\n{results.generate_report()}"


def fill_day(page: Page, day: int) -> None:
    for part, value in (("day", day), ("month", 11), ("year", 2026)):
        page.locator(f"input[name=on_{part}]").fill(str(value))


def test_nothing_is_lost_when_a_colleague_is_quicker(page, live_server, file):
    page.goto(live_server.url)
    page.locator("input[name=login]").fill("companion@example.org")
    page.locator("input[name=password]").fill("pw")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vandaag")

    page.goto(f"{live_server.url}/people/{file.pk}/happened/?kind=asylum.decision")
    fill_day(page, 16)
    page.get_by_label("Afgewezen als ongegrond", exact=True).check()
    page.locator("input[name=on_day]").press("Enter")
    expect(page.get_by_text("Dit verandert er in het plan")).to_be_visible()
    assert not Event.objects.exists()  # Enter looks first, it never saves
    looked_at(page)

    quicker = colleague(Role.TEAM_LEADER, file.unit, file)
    decision = NewEvent("asylum.decision", "2026-11-13", {"outcome": "refugee"})
    record_event(file, quicker, 1, decision, TODAY)
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text(quicker.name).first).to_be_visible()
    expect(page.get_by_role("cell", name="vrijdag 13 november 2026")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Mijn invoer opslaan").click()
    expect(page).to_have_url(f"{live_server.url}/people/{file.pk}/")
    assert Event.objects.current().count() == 2

    page.goto(f"{live_server.url}/people/{file.pk}/mistake/")
    looked_at(page)
    page.get_by_role("link", name="Besluit op de asielaanvraag").first.click()
    page.get_by_text("Is dit helemaal niet gebeurd?").click()
    page.get_by_role("link", name="Dit is niet gebeurd").click()
    expect(page.get_by_role("heading", name="Deze stappen verdwijnen")).to_be_visible()
    looked_at(page)
    page.get_by_label("Waarom neemt u dit terug?").fill("De brief was van iemand anders.")
    page.get_by_role("button", name="Ja, dit is niet gebeurd").click()
    expect(page).to_have_url(f"{live_server.url}/people/{file.pk}/")
    assert Event.objects.current().get().attributes == {"outcome": "refugee"}
