"""Side doors into a file: pages that show it without a line, keys, cards and new files."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from metgezel.companion.journeys.models import FileChange, What
from metgezel.companion.journeys.people_changes import EnteredPerson, change_person
from metgezel.companion.papers.keeping import add_paper
from metgezel.companion.papers.models import Paper
from metgezel.foundation.access.drop_in import keys_to_review, open_with_key
from metgezel.foundation.access.models import DropIn
from metgezel.foundation.access.own_access import may_give_own_access
from metgezel.foundation.association.memberships import give_role
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.models import ClientFile, FamilyTie
from metgezel.foundation.privacy.models import SubjectRequest
from metgezel.screens.confirming import CONFIRMED_AT
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db
DESK = DropIn.Reason.AT_THE_DESK


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def as_user(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def page(name: str, file: ClientFile) -> str:
    return reverse(name, kwargs={"file": file.pk})


def test_a_page_that_says_not_found_and_shows_the_person_all_the_same_is_written_down(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    shown = as_user(user).get(f"{page('event_new', house.in_assen)}?kind=no.such.kind")
    assert shown.status_code == 404
    last = JournalEntry.objects.of_file(house.in_assen.pk).latest("id")
    assert (last.action, last.actor, last.ground) == ("read", user, "assignment")


def test_a_key_takes_no_paper_away_that_somebody_else_added(house, settings, tmp_path):
    settings.METGEZEL_PAPERS = tmp_path
    settings.METGEZEL_CLAMAV = ""
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    open_with_key(user, house.in_assen.number, DESK, "a letter", now)
    theirs = add_paper(house.in_assen, None, "Beschikking", b"Beste Amal")
    hers = add_paper(house.in_assen, user, "Kaart", b"Tot dan")
    where, browser = page("paper_remove", house.in_assen), as_user(user)
    assert str(theirs.pk) in browser.get(page("papers", house.in_assen)).content.decode()
    assert browser.post(f"{where}?paper={theirs.pk}").status_code == 404
    assert browser.post(f"{where}?paper={hers.pk}").status_code == 302
    assert set(Paper.objects.values_list("pk", flat=True)) == {theirs.pk}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.COMPANION, True),
        (Role.LEGAL_COMPANION, True),
        (Role.VOLUNTEER, False),
        (Role.COORDINATOR, False),
        (Role.DESK, False),
    ],
)
def test_who_may_not_read_her_numbers_gets_no_card_with_which_to_come_in_as_her(role, may, house):
    user = colleague(role, house.assen, house.in_assen)
    assert may_give_own_access(user, house.in_assen) is may
    answer = as_user(user).post(page("client_access", house.in_assen), {"do": "card"})
    assert (answer.status_code == 200) is may


def test_the_file_of_who_became_a_colleague_is_not_named_in_the_review_of_keys(house):
    leader, now = colleague(Role.TEAM_LEADER, house.assen), timezone.now()
    open_with_key(colleague(Role.DESK, house.assen), house.in_assen.number, DESK, "here", now)
    assert len(keys_to_review(leader, now)) == 1
    amal = User.objects.create_user("amal@example.org", "Amal", person=house.in_assen.person)
    give_role(amal, house.groningen, Role.VOLUNTEER, BEGIN)
    assert not keys_to_review(leader, now)
    assert "Amal" not in as_user(leader).get(reverse("keys_to_review")).content.decode()


def test_people_named_in_the_review_of_keys_are_counted_in_the_journal(house):
    leader, now = colleague(Role.TEAM_LEADER, house.assen), timezone.now()
    open_with_key(colleague(Role.DESK, house.assen), house.in_assen.number, DESK, "here", now)
    as_user(leader).get(reverse("keys_to_review"))
    last = JournalEntry.objects.latest("id")
    assert (last.action, last.actor, last.number) == ("listed", leader, 1)


def test_a_key_that_was_given_is_the_one_a_second_click_gets_also_at_the_last_try(house):
    user, now = colleague(Role.COMPANION, house.assen), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    for second in range(4):
        with pytest.raises(ValidationError):
            open_with_key(user, "AAA-AAA", DESK, "guess", now + timedelta(seconds=second))
    first = open_with_key(user, house.in_assen.number, DESK, "here", now)
    assert open_with_key(user, house.in_assen.number, DESK, "here", now) == first


def test_a_new_file_is_opened_where_one_works_and_nowhere_else(house):
    browser = as_user(colleague(Role.COMPANION, house.assen))
    form = browser.get(reverse("person_new")).context["form"]
    assert set(form.fields["unit"].queryset) == {house.assen}
    sent = {"given_name": "Nieuw", "unit": str(house.breda.pk)}
    assert browser.post(reverse("person_new"), sent).status_code == 200
    assert not ClientFile.objects.filter(person__given_name="Nieuw").exists()


@pytest.mark.parametrize("name", ["today", "people", "office_colleagues"])
def test_a_number_longer_than_any_is_refused_in_words_and_not_a_failure(name, house):
    role = Role.ADMINISTRATOR if name == "office_colleagues" else Role.COMPANION
    asked = f"{reverse(name)}?page={'9' * 5000}"
    assert as_user(colleague(role, house.assen)).get(asked).status_code == 400


@pytest.mark.parametrize("role", [Role.DESK, Role.VOLUNTEER, Role.COORDINATOR, Role.TEAM_LEADER])
def test_an_overview_that_was_asked_for_goes_to_who_may_read_all_of_it(role, house):
    files = () if role is Role.TEAM_LEADER else (house.in_assen,)
    user = colleague(role, house.assen, *files)
    SubjectRequest.objects.create(
        file=house.in_assen.pk, unit=house.assen, number=house.in_assen.number, kind="access",
        asked_on=BEGIN, asked_by="self", identity="known",
    )  # fmt: skip
    assert as_user(user).get(page("person", house.in_assen)).status_code == 200
    assert as_user(user).get(page("file_overview", house.in_assen)).status_code == 302
    companion = colleague(Role.COMPANION, house.assen, house.in_assen)
    taken = as_user(companion).get(page("file_overview", house.in_assen))
    assert taken["Content-Type"] == "application/zip"


def test_who_takes_an_overview_along_shows_again_who_she_is(house):
    browser = as_user(
        User.objects.create_user("amal@example.org", "Amal", "pw", person=house.in_assen.person)
    )
    session = browser.session
    del session[CONFIRMED_AT]
    session.save()
    where = page("file_overview", house.in_assen)
    asked = browser.get(where)
    assert (asked.status_code, asked["Content-Type"][:9]) == (403, "text/html")
    right = {"confirming": "look", "confirm_password": "pw"}
    assert browser.post(where, right).status_code == 302
    assert browser.get(where)["Content-Type"] == "application/zip"


def test_a_device_with_a_number_longer_than_any_is_no_failure(house):
    browser = as_user(colleague(Role.COMPANION, house.assen))
    assert browser.post(reverse("log_ins"), {"end": "9" * 5000}).status_code == 302


def test_a_change_of_somebody_in_two_files_does_not_name_a_colleague_in_the_other(house, today):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    person = house.in_assen.person
    FamilyTie.objects.create(file=house.in_breda, key="child-1", relative=person, relation="child")
    entered = EnteredPerson("A", "", "", BirthDate.of(person), "", "", "", None, (), None)
    change_person(house.in_assen, user, house.in_assen.version, entered, today)
    here, there = (FileChange.objects.get(file=file) for file in (house.in_assen, house.in_breda))
    assert (here.by, here.what) == (user, What.PERSON)
    assert (there.by, there.what, there.subject) == (None, What.OTHER, "")


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_that_a_colleague_is_a_client_too_is_not_told_at_work(role, house):
    amal = User.objects.create_user("amal@example.org", "Amal", person=house.in_groningen.person)
    noor = colleague(Role.VOLUNTEER, house.assen)
    for somebody in (amal, noor):
        give_role(somebody, house.assen, Role.DESK, BEGIN)
    give_role(amal, house.assen, Role.VOLUNTEER, BEGIN)
    give_role(amal, house.groningen, Role.CLIENT, BEGIN)
    browser = as_user(colleague(role, house.top))
    hers, of_noor = (
        browser.get(reverse("access_of", kwargs={"user": one.pk})).context["access"]
        for one in (amal, noor)
    )
    assert sorted(hers.roles) == sorted(of_noor.roles)
    assert (hers.opens, hers.shut) == (of_noor.opens, of_noor.shut)
