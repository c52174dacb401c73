"""Whoever opens a file, tries to, or sees people in a list, stands in the journal."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metgezel.foundation.access.models import DropIn
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit import writing
from metgezel.foundation.audit.models import JournalEntry
from metgezel.foundation.audit.verifying import found_faults
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.permissions import PAGES, Who
from tests.screens.test_permissions import ADDRESSES, OF_A_FILE, address
from tests.small_association import SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def as_user(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def page(file: ClientFile | uuid.UUID, name: str = "person") -> str:
    return reverse(name, kwargs={"file": getattr(file, "pk", file)})


def last() -> JournalEntry:
    return JournalEntry.objects.latest("id")


def test_opening_a_file_is_written_with_role_and_ground(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    assert as_user(user).get(page(house.in_assen)).status_code == 200
    entry = last()
    assert (entry.action, entry.file, entry.actor, entry.page, entry.unit) == (
        "read", house.in_assen.pk, user, "person", house.assen,
    )  # fmt: skip
    assert (entry.role, entry.ground) == ("companion", "assignment")


def test_a_drop_in_key_is_written_with_its_number(house, today):
    from datetime import timedelta

    from django.utils import timezone

    user = colleague(Role.DESK, house.assen)
    opened = timezone.now() - timedelta(minutes=5)
    key = DropIn.objects.create(
        file=house.in_assen, user=user, reason="desk", words="here",
        opened_at=opened, closes_at=opened + timedelta(minutes=60),
    )  # fmt: skip
    as_user(user).get(page(house.in_assen))
    assert (last().role, last().ground, last().drop_in) == ("desk", "drop_in", key.pk)


def test_the_ground_of_a_team_leader_and_of_the_client_herself(house):
    as_user(colleague(Role.TEAM_LEADER, house.assen)).get(page(house.in_assen))
    assert (last().role, last().ground) == ("team_leader", "team_leader")
    amal = User.objects.create_user("amal@example.org", "Amal", person=house.in_assen.person)
    as_user(amal).get(page(house.in_assen))
    assert (last().role, last().ground) == ("client", "own_file")


@pytest.mark.parametrize("name", OF_A_FILE)
def test_every_page_of_a_file_that_is_shown_is_written_down(house, name):
    browser = as_user(colleague(Role.COMPANION, house.assen, house.in_assen))
    before = JournalEntry.objects.count()
    if browser.get(address(name, house.in_assen)).status_code == 200:
        assert (last().action, last().page, last().file) == ("read", name, house.in_assen.pk)
    else:
        assert JournalEntry.objects.count() == before


def test_a_refused_try_is_written_the_same_whether_the_file_exists_or_not(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    browser = as_user(user)
    statements = []
    for tried in (house.in_breda.pk, uuid.uuid4()):
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(page(tried)).status_code == 404
        statements.append(len(caught))
        entry = last()
        assert (entry.action, entry.row, entry.file) == ("refused", str(tried), None)
        assert (entry.unit, entry.actor) == (house.assen, user)
    assert statements[0] == statements[1]


def test_a_change_and_its_page_are_one_story(house):
    browser = as_user(colleague(Role.COMPANION, house.assen, house.in_assen))
    before = last().pk
    content = {"version": "1", "words": "Work", "action": "save"}
    assert browser.post(page(house.in_assen, "goal"), content).status_code == 302
    since = JournalEntry.objects.filter(pk__gt=before, file=house.in_assen.pk).order_by("id")
    assert ("created", "journeys.goal", "goal", "assignment") in list(
        since.values_list("action", "model", "page", "ground")
    )
    assert not since.filter(action="read").exists()
    assert list(found_faults()) == []


def test_a_page_that_cannot_be_written_down_is_not_shown(house, monkeypatch):
    browser = as_user(colleague(Role.COMPANION, house.assen, house.in_assen))

    def full_disk(*_args: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(writing, "_locked_head", full_disk)
    answer = browser.get(page(house.in_assen))
    assert answer.status_code == 503
    assert "Amal" not in answer.content.decode()


def test_the_journal_costs_a_page_four_queries(house):
    browser = as_user(colleague(Role.COMPANION, house.assen, house.in_assen))
    browser.get(page(house.in_assen))
    with CaptureQueriesContext(connection) as caught:
        browser.get(page(house.in_assen))
    about = [q["sql"] for q in caught if "audit_journal" in q["sql"]]
    assert [sql.split()[0] for sql in about] == ["SELECT", "INSERT", "UPDATE"]


def test_a_list_of_people_is_written_with_how_many(house):
    browser = as_user(colleague(Role.COMPANION, house.assen, house.in_assen, house.in_groningen))
    browser.get(reverse("people"))
    entry = last()
    assert (entry.action, entry.page, entry.number, entry.file) == ("listed", "people", 2, None)


LISTS = sorted(
    name
    for name, parts in ADDRESSES.items()
    if not parts and name in PAGES and PAGES[name].who not in {Who.PUBLIC, Who.REFUSED}
)


@pytest.mark.parametrize("role", [Role.COMPANION, Role.TEAM_LEADER, Role.DESK,
                                  Role.PRIVACY_OFFICER, Role.ADMINISTRATOR])  # fmt: skip
def test_no_page_shows_people_in_a_list_without_saying_so(house, role):
    """A new page that lists people and forgets `listed` fails here."""
    files = [] if role in {Role.PRIVACY_OFFICER, Role.ADMINISTRATOR} else [house.in_assen]
    browser = as_user(colleague(role, house.assen, *files))
    told = (house.in_assen.person.given_name, house.in_assen.number, str(house.in_assen.pk))
    for name in LISTS:
        before = last().pk
        answer = browser.get(reverse(name))
        if answer.status_code == 200 and any(one in answer.content.decode() for one in told):
            entry = JournalEntry.objects.filter(pk__gt=before, action="listed").first()
            assert entry is not None, f"{name} lists people and does not call listed(…)"
            assert entry.number >= 1


def test_coming_in_is_written_down(house):
    user = colleague(Role.COMPANION, house.assen)
    as_user(user)
    assert (last().action, last().actor, last().unit) == ("signed_in", user, house.assen)
