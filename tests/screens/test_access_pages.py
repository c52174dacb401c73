"""The key, its review, and who can see what: as the people at those screens use them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from metgezel.foundation.access.drop_in import open_with_key
from metgezel.foundation.access.models import DropIn
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from tests.small_association import SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(number: str, **more: str) -> dict[str, str]:
    return {"number": number, "reason": "desk", "words": "letter of the tax office", **more}


def test_somebody_at_the_desk_opens_one_file_and_closes_it_again(house):
    web = browser(colleague(Role.DESK, house.assen))
    person = reverse("person", args=[house.in_assen.pk])
    assert web.get(person).status_code == 404
    answer = web.post(reverse("drop_in"), asked(house.in_assen.number))
    assert answer.status_code == 302
    assert answer["Location"] == person
    assert "spreekuursleutel" in web.get(person).content.decode()
    assert "Amal" in web.get(reverse("drop_in")).content.decode()
    assert web.post(reverse("drop_in_close", args=[house.in_assen.pk])).status_code == 302
    assert web.get(person).status_code == 404
    assert web.post(reverse("drop_in_close", args=[house.in_assen.pk])).status_code == 404


def test_a_refused_key_keeps_what_was_typed_and_says_that_nothing_opened(house):
    web = browser(colleague(Role.DESK, house.assen))
    answer = web.post(reverse("drop_in"), asked(house.in_breda.number))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "letter of the tax office" in text
    assert "Er is niets geopend" in text
    assert not DropIn.objects.exists()


def test_the_team_leader_reviews_and_a_second_click_changes_nothing(house):
    desk, leader = colleague(Role.DESK, house.assen), colleague(Role.TEAM_LEADER, house.assen)
    key = open_with_key(desk, house.in_assen.number, DropIn.Reason.DANGER, "fire", timezone.now())
    web = browser(leader)
    page = web.get(reverse("keys_to_review")).content.decode()
    assert desk.name in page
    assert "fire" in page
    wrong = web.post(reverse("keys_to_review"), {"key": key.pk, "verdict": "breach"})
    assert wrong.status_code == 422
    for _ in range(2):
        done = web.post(reverse("keys_to_review"), {"key": key.pk, "verdict": "fine"})
        assert done.status_code == 302
    key.refresh_from_db()
    assert (key.verdict, key.reviewed_by) == ("fine", leader)


def test_the_reason_why_a_file_is_open_is_told_in_sentences(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    web, address = browser(user), reverse("why", args=[house.in_assen.pk])
    person = web.get(reverse("person", args=[house.in_assen.pk])).content.decode()
    assert address in person
    assert "spreekuursleutel" not in person
    page = web.get(address).content.decode()
    assert "U loopt mee met deze persoon als begeleider sinds 1 januari 2026." in page


@pytest.mark.parametrize("role", [Role.TEAM_LEADER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_what_a_colleague_can_see_is_told_with_true_numbers_and_without_names(house, role):
    user = colleague(Role.COMPANION, house.assen, house.in_assen, house.in_groningen)
    elsewhere = colleague(Role.COMPANION, house.breda, house.in_breda)
    web = browser(colleague(role, house.north))
    page = web.get(reverse("access_of", args=[user.pk])).content.decode()
    assert "Dossiers van mensen met wie zij meeloopt: 2." in page
    assert "Amal" not in page
    assert web.get(reverse("access_of", args=[elsewhere.pk])).status_code == 404
    address = reverse("colleagues_access")
    names = web.get(address).content.decode()
    assert "page=2" not in names
    assert user.name in names
    assert elsewhere.name not in names


def test_a_long_list_of_colleagues_goes_on_on_the_next_page(house):
    for _ in range(55):
        colleague(Role.COMPANION, house.assen)
    web, address = browser(colleague(Role.TEAM_LEADER, house.assen)), reverse("colleagues_access")
    first = web.get(address, {"q": "b"}).content.decode()
    assert "?q=b&amp;page=2" in first
    assert "?q=b&amp;page=1" in web.get(address, {"q": "b", "page": "2"}).content.decode()
