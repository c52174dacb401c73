"""A goal, an own step and a step of the law, in a real browser."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from metgezel.companion.journeys.goals import StepWords, add_goal, add_own_step
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
TODAY = date(2026, 11, 24)


@pytest.fixture
def file(settings) -> ClientFile:
    settings.METGEZEL_TODAY = TODAY
    association = small_association()
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


def test_a_goal_gets_a_step_which_is_done_and_open_again(page, live_server, file):
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/people/{file.pk}/")
    page.get_by_role("link", name="Een doel opschrijven").click()
    page.get_by_label("Wat wil deze persoon?").fill("Ik wil weer verpleegkundige zijn")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Stap bij dit doel").click()
    page.get_by_label("Wat moet er gebeuren?").fill("De school bellen")
    for part, value in (("day", "27"), ("month", "11"), ("year", "2026")):
        page.locator(f"input[name=due_{part}]").fill(value)
    page.get_by_label("de cliënt zelf").check()
    page.get_by_role("button", name="Opslaan").click()
    step = page.locator("article.mg-step").filter(has_text="De school bellen")
    expect(step).to_contain_text("vrijdag 27 november 2026")
    expect(step).to_contain_text("Voor het doel: Ik wil weer verpleegkundige zijn")
    step.get_by_role("button", name="Vandaag gedaan").dblclick()
    expect(page.get_by_text("1 van 1 stappen gedaan.")).to_be_visible()
    step.get_by_role("button", name="Toch nog openzetten").click()
    expect(page.get_by_text("0 van 1 stappen gedaan.")).to_be_visible()
    page.goto(live_server.url)
    expect(page.get_by_role("link", name="De school bellen")).to_be_visible()


def test_axe_finds_nothing_on_goals_steps_and_what_happened(page, live_server, file):
    event = record_event(
        file, None, 1, NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"}), TODAY
    )
    goal = add_goal(file, None, 2, "weer werken", TODAY)
    step = add_own_step(file, None, 3, StepWords("bellen", goal, TODAY), TODAY)
    log_in(page, live_server.url)
    person = f"/people/{file.pk}/"
    pages = ("/", person, f"{person}goal/", f"{person}goal/?goal={goal.pk}", f"{person}own-step/",
             f"{person}own-step/?step={step.pk}",
             f"{person}step/?rule=asy-appeal-2w&event={event.root}&member=")  # fmt: skip
    found = []
    for language in ("nl", "en"):
        page.goto(live_server.url)
        page.locator(f"button[name=language][value={language}]").first.click()
        for size in SIZES:
            page.set_viewport_size(size)
            for address in pages:
                page.goto(live_server.url + address)
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                results = Axe().run(page)
                if results.violations_count:
                    report = results.generate_report()
                    found.append(f"{language} {size['width']} {address}\n{report}")
                wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
                assert not wide, f"{language} {size['width']} {address} scrolls sideways"
    assert not found, "\n".join(found)
