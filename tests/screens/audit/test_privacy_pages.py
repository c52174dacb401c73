"""The privacy officer sees who looked where, and never what is in a file."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.units import add_unit, create_association
from metgezel.foundation.audit.models import JournalEntry, JournalFinding
from metgezel.foundation.audit.verifying import found_faults
from metgezel.screens.spreadsheet import safe
from tests.screens.audit.test_journal_of_pages import as_user, page
from tests.small_association import SmallAssociation, client, colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def officer(house: SmallAssociation) -> tuple[User, Client]:
    user = colleague(Role.PRIVACY_OFFICER, house.top)
    return user, as_user(user)


def journal_of(user: User, more: str = "") -> str:
    return reverse("privacy_colleague", kwargs={"colleague": user.pk}) + more


def test_per_colleague_and_per_file_without_a_name_of_a_client(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    as_user(user).get(page(house.in_assen))
    amal = User.objects.create_user("a@example.org", "Amal", person=house.in_assen.person)
    as_user(amal).get(page(house.in_assen))
    _, browser = officer(house)
    html = browser.get(journal_of(user)).content.decode()
    assert house.in_assen.number in html
    assert "Amal" not in html
    html = browser.get(reverse("privacy_file"), {"number": house.in_assen.number}).content.decode()
    assert user.name in html
    assert "de cliënt zelf" in html
    assert "Amal" not in html


def test_looking_in_the_journal_is_written_in_the_journal(house):
    user, browser = officer(house)
    browser.get(reverse("privacy_file"), {"number": house.in_assen.number})
    entry = JournalEntry.objects.latest("id")
    assert (entry.actor, entry.action, entry.page) == (user, "listed", "privacy_file")


def test_another_association_is_not_hers(house):
    elsewhere = add_unit(add_unit(create_association("Elders"), "Oost"), "Zwolle")
    theirs = client("Zahra", elsewhere)
    user = colleague(Role.COMPANION, elsewhere, theirs)
    _, browser = officer(house)
    assert browser.get(journal_of(user)).status_code == 404
    answer = browser.get(reverse("privacy_file"), {"number": theirs.number})
    assert not answer.context["known"]


@pytest.mark.parametrize("number", ["", "x", "A" * 500, "' OR 1=1", "K7P-3QX"])
def test_a_number_that_is_none_gets_a_sentence(house, number):
    _, browser = officer(house)
    assert browser.get(reverse("privacy_file"), {"number": number}).status_code == 200


def test_lines_to_take_along_are_safe_in_a_spreadsheet_and_are_written_down(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    user.name = "=HYPERLINK(1)"
    user.save()
    as_user(user).get(page(house.in_assen))
    _, browser = officer(house)
    answer = browser.get(journal_of(user, "?csv=1"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["actor"] == "'=HYPERLINK(1)"
    assert rows[0]["file"] == house.in_assen.number
    assert JournalEntry.objects.latest("id").action == "exported"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_formula_becomes_text(text):
    assert safe(text).startswith("'")


def test_a_striking_day_is_found_once_reviewed_with_words_and_stays(house):
    user = colleague(Role.COMPANION, house.assen)
    browser = as_user(user)
    for file in (house.in_assen, house.in_groningen, house.in_breda):
        browser.get(page(file))
    me, desk = officer(house)
    for _ in range(2):
        assert desk.post(reverse("privacy_look_back")).status_code == 302
    finding = JournalFinding.objects.get()
    assert (finding.kind, finding.actor, finding.number) == ("refused", user, 3)
    where = reverse("privacy_finding", kwargs={"finding": finding.pk})
    assert user.name in desk.get(where).content.decode()
    assert desk.post(where, {"state": "explained", "words": ""}).status_code == 422
    assert desk.post(where, {"state": "open", "words": "x"}).status_code == 422
    answer = desk.post(where, {"state": "explained", "words": "Een oude link."})
    assert answer.status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.reviewed_by, finding.words) == (
        "explained", me, "Een oude link.",
    )  # fmt: skip
    entry = JournalEntry.objects.latest("id")
    assert (entry.model, entry.changed) == ("audit.journalfinding", "state words")
    assert list(found_faults()) == []


def test_nobody_reviews_herself(house):
    me, desk = officer(house)
    finding = JournalFinding.objects.create(
        kind="night", unit=house.top, day="2026-11-23", actor=me, number=1
    )
    where = reverse("privacy_finding", kwargs={"finding": finding.pk})
    assert desk.post(where, {"state": "explained", "words": "Ik."}).status_code == 422
