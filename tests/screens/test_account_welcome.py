"""A client gets in with a card from her companion, without an e-mail address."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from metgezel.foundation.access.own_access import OF_A_CODE, code_on_a_card, make_card, own_account
from metgezel.foundation.association.models import User, WelcomeCode
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.foundation.people.models import ClientFile
from tests.conftest import NOW
from tests.small_association import SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db
PHRASE = "vier peren in de mand"
BORN = {"born_day": "3", "born_month": "4", "born_year": "1991"}


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


@pytest.fixture
def file(house: SmallAssociation) -> ClientFile:
    person = house.in_assen.person
    person.birth_date, person.birth_date_precision = date(1991, 4, 3), "day"
    person.save()
    return house.in_assen


@pytest.fixture
def noor(house: SmallAssociation, file: ClientFile) -> User:
    return colleague(Role.COMPANION, house.assen, file)


def fill_in(client: Client, code: str, born: dict[str, str] = BORN) -> Any:
    return client.post(reverse("welcome"), {"code": code, **born})


def choose(client: Client) -> Any:
    return client.post(reverse("welcome_choose"), {"password": PHRASE, "again": PHRASE})


def log_in(client: Client, number: str, password: str = PHRASE) -> bool:
    client.post(reverse("welcome_back"), {"number": number, "password": password})
    return "_auth_user_id" in client.session


def test_from_the_card_to_her_own_plan_and_back_another_day(client, noor, file):
    companion = Client()
    companion.force_login(noor)
    made = companion.post(reverse("client_access", kwargs={"file": file.pk}), {"do": "card"})
    card = made.context["card"]
    assert len(card.code) == 10
    assert card.number == file.number
    assert JournalEntry.objects.filter(file=file.pk, changed="own_access", actor=noor).exists()
    assert fill_in(client, f"{card.code[:5]} {card.code[5:]}".lower()).url == reverse(
        "welcome_choose"
    )
    assert choose(client).url == "/"
    assert client.get(reverse("person", kwargs={"file": file.pk})).status_code == 200
    assert client.get(reverse("people")).status_code == 404
    assert log_in(Client(), file.number.lower())
    assert not log_in(Client(), file.number, "something else")
    assert fill_in(Client(), card.code).status_code == 422, "a card works once"


def test_who_only_leads_or_has_a_key_or_is_not_linked(client, house, file, noor):
    where = reverse("client_access", kwargs={"file": file.pk})
    for user, status in (
        (colleague(Role.TEAM_LEADER, house.assen), 200),
        (colleague(Role.COMPANION, house.assen), 404),
        (User.objects.create_user("amal@example.org", "Amal", person=house.in_breda.person), 404),
    ):
        client.force_login(user)
        assert client.post(where, {"do": "card"}).status_code == status


def test_the_card_alone_is_not_enough_when_the_birth_date_is_known(client, file, noor):
    card = make_card(file, noor)
    assert fill_in(client, card.code, {}).status_code == 422
    assert fill_in(client, card.code, {**BORN, "born_day": "4"}).status_code == 422
    assert fill_in(client, card.code).status_code == 302


def test_without_a_known_day_the_code_has_one_sign_more(client, house):
    noor = colleague(Role.COMPANION, house.groningen, house.in_groningen)
    card = make_card(house.in_groningen, noor)
    assert len(card.code) == 11
    assert not card.asks_birth_date
    assert fill_in(client, card.code, {}).status_code == 302


def test_a_card_is_worthless_after_two_weeks_and_after_a_newer_one(client, file, noor):
    old = make_card(file, noor)
    new = make_card(file, noor)
    assert fill_in(client, old.code).status_code == 422
    with time_machine.travel(NOW + timedelta(days=14, seconds=5)):
        assert fill_in(client, new.code).status_code == 422


def test_access_is_taken_back_at_once_and_a_new_card_gives_it_again(client, file, noor):
    fill_in(client, make_card(file, noor).code)
    choose(client)
    companion = Client()
    companion.force_login(noor)
    companion.post(reverse("client_access", kwargs={"file": file.pk}), {"do": "end"})
    assert client.get("/").status_code == 302
    assert not log_in(Client(), file.number)
    again = Client()
    fill_in(again, make_card(file, noor).code)
    assert choose(again).url == "/"


def test_a_card_taken_back_between_code_and_choice_opens_nothing(client, file, noor):
    fill_in(client, make_card(file, noor).code)
    WelcomeCode.objects.update(ended_at=NOW)
    assert choose(client).url == reverse("welcome")
    assert "_auth_user_id" not in client.session


def test_a_short_or_mistyped_password_is_refused(client, file, noor):
    fill_in(client, make_card(file, noor).code)
    page = reverse("welcome_choose")
    for password, again in (("kort", "kort"), (PHRASE, "another phrase here")):
        answer = client.post(page, {"password": password, "again": again})
        assert answer.status_code == 422
    assert choose(client).url == "/"


def test_of_ten_thousand_guesses_from_one_address_ten_are_looked_at(
    client, file, noor, django_assert_max_num_queries
):
    card = make_card(file, noor)
    with time_machine.travel(NOW, tick=False):
        for number in range(10):
            assert code_on_a_card(f"BBBBB{number:05}", "1991-04-03", "192.0.2.1") is None
        with django_assert_max_num_queries(9 * 990):
            for number in range(990):
                assert code_on_a_card(f"CCCCC{number:05}", "1991-04-03", "192.0.2.1") is None
        assert code_on_a_card(card.code, "1991-04-03", "192.0.2.1") is None
        assert code_on_a_card(card.code, "1991-04-03", "192.0.2.2"), "she herself gets in"


def test_guessing_a_birth_date_with_a_found_card_ends_after_ten_from_wherever(file, noor):
    card = make_card(file, noor)
    with time_machine.travel(NOW, tick=False):
        for day in range(1, OF_A_CODE.most + 1):
            assert code_on_a_card(card.code, f"1985-01-{day:02}", f"192.0.2.{day}") is None
        assert code_on_a_card(card.code, "1991-04-03", "192.0.2.99") is None


def test_a_wrong_card_and_an_unknown_one_get_the_same_answer(client, file, noor):
    card = make_card(file, noor)
    wrong_date = fill_in(client, card.code, {**BORN, "born_day": "4"})
    unknown = fill_in(client, "BCDFGHJKMN")
    assert wrong_date.context["form"].errors == unknown.context["form"].errors


def test_guessing_her_password_locks_out_the_guesser_only(client, file, noor):
    first = Client()
    fill_in(first, make_card(file, noor).code)
    choose(first)
    answers = [
        client.post(reverse("welcome_back"), {"number": file.number, "password": f"guess {n}"})
        for n in range(9)
    ]
    assert answers[-1].status_code in {403, 429}
    assert not log_in(client, file.number)
    assert log_in(Client(REMOTE_ADDR="10.0.0.9"), file.number)


def test_nothing_is_ever_mailed_to_a_client_address(client, file, noor):
    make_card(file, noor)
    account = own_account(file)
    assert account
    assert account.email == f"{file.number.lower()}@client.invalid"
    client.post(reverse("account_reset_password"), {"email": account.email})
    assert mail.outbox == []


def test_a_colleague_with_a_file_of_her_own_needs_no_card(client, house, file, noor):
    both = colleague(Role.VOLUNTEER, house.assen)
    both.person = file.person
    both.save()
    client.force_login(noor)
    answer = client.post(reverse("client_access", kwargs={"file": file.pk}), {"do": "card"})
    assert answer.status_code == 422
    assert not WelcomeCode.objects.exists()


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_the_pages_speak_dutch_english_and_arabic(client, file, noor, language, direction):
    client.post(reverse("set_language"), {"language": language, "next": "/welcome/"})
    page = client.get(reverse("welcome"))
    assert page.headers["Content-Language"] == language
    assert f'dir="{direction}"' in page.content.decode()
    fill_in(client, make_card(file, noor).code)
    choose(client)
    account = own_account(file)
    assert account
    assert account.language == language
