"""Logging in and out, guessing, languages and passwords, as a visitor meets them."""

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.colleagues import invitation_for
from metgezel.foundation.association.first_run import first_run_code
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.screens.permissions import PAGES, file
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db
GOOD = "drie appels op tafel"


@pytest.fixture
def noor() -> User:
    user = colleague(Role.COMPANION, small_association().assen)
    user.email = "noor@example.org"
    user.set_password(GOOD)
    user.save()
    return user


def log_in(client: Client, email: str = "noor@example.org", password: str = GOOD) -> int:
    address = reverse("account_login")
    return client.post(address, {"login": email, "password": password}).status_code


def test_a_colleague_logs_in_with_her_address_however_typed(client, noor):
    assert log_in(client, "Noor@Example.org") == 302
    assert "_auth_user_id" in client.session


def test_reading_pages_makes_no_session(client, noor):
    for name in ("account_login", "account_reset_password"):
        assert client.get(reverse(name)).status_code == 200
    assert not Session.objects.exists()


def test_a_wrong_password_lets_nobody_in_and_guessing_is_stopped(client, noor):
    answers = [log_in(client, password=f"guess {n}") for n in range(9)]
    assert answers[0] == 200
    assert answers[-1] in {403, 429}
    assert log_in(client) in {403, 429}, "the right password does not help any more"
    assert log_in(Client(REMOTE_ADDR="10.0.0.9")) == 302, "she herself is not locked out"


def test_logging_out_needs_a_button_not_a_link(client, noor):
    log_in(client)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_out_on_the_next_click(client, noor):
    client.force_login(noor)
    assert client.get(reverse("account_change_password")).status_code == 200
    User.objects.filter(pk=noor.pk).update(is_active=False)
    assert client.get(reverse("account_change_password")).status_code == 302


def test_the_language_is_kept_with_the_account(client, noor):
    client.force_login(noor)
    answer = client.post(
        reverse("set_language"), {"language": "en", "next": reverse("account_change_password")}
    )
    assert answer.url == reverse("account_change_password")
    noor.refresh_from_db()
    assert noor.language == "en"
    assert client.get(answer.url).headers["Content-Language"] == "en"


def test_before_logging_in_the_language_is_kept_in_a_cookie(client):
    small_association()
    User.objects.create_user("a@example.org", "A")
    page = reverse("account_login")
    assert client.get(page).headers["Content-Language"] == "nl"
    client.post(reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert client.get(page).headers["Content-Language"] == "en"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_choosing_a_language_never_leads_elsewhere(client, elsewhere):
    answer = client.post(reverse("set_language"), {"language": "nl", "next": elsewhere})
    assert answer.url == "/"
    assert client.post(reverse("set_language"), {"language": "xx"}).status_code == 404


def test_a_one_time_link_lets_a_colleague_choose_a_password_once(client, noor):
    invitation = invitation_for(noor)
    link = reverse("choose_password", kwargs={"user": invitation.number, "token": invitation.token})
    assert client.get(link).status_code == 200
    weak = client.post(link, {"new_password1": "kort", "new_password2": "kort"})
    assert weak.status_code == 200
    new = "vier peren in de mand"
    assert client.post(link, {"new_password1": new, "new_password2": new}).status_code == 302
    assert log_in(client, password=new) == 302
    assert client.get(link).status_code == 404


def test_a_forgotten_password_is_mailed_a_link_to_our_own_page(client, noor):
    client.post(reverse("account_reset_password"), {"email": "noor@example.org"})
    assert "/account/choose-password/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["noor@example.org"]


def test_an_unknown_address_gets_the_same_answer(client, noor):
    page = reverse("account_reset_password")
    answers = [client.post(page, {"email": f"{who}@example.org"}) for who in ("noor", "other")]
    assert answers[0].url == answers[1].url


def test_an_unknown_address_is_mailed_too_so_that_it_takes_as_long(client, noor):
    client.post(reverse("account_reset_password"), {"email": "other@example.org"})
    assert len(mail.outbox) == 1
    assert "choose-password" not in mail.outbox[0].body


def test_a_wrong_password_and_an_unknown_account_get_the_same_words(client, noor):
    page = reverse("account_login")
    wrong = client.post(page, {"login": "noor@example.org", "password": "guess"})
    unknown = client.post(page, {"login": "other@example.org", "password": "guess"})
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_a_mailbox_is_not_flooded_and_the_answer_stays_the_same(client, noor):
    page = reverse("account_reset_password")
    answers = {client.post(page, {"email": "noor@example.org"}).url for _ in range(12)}
    assert len(mail.outbox) == 4
    assert len(answers) == 1
    Client(REMOTE_ADDR="10.0.0.9").post(page, {"email": "noor@example.org"})
    assert len(mail.outbox) == 5, "a stranger who asks does not keep her from asking"
    statuses = [client.post(page, {"email": f"{n}@example.org"}).status_code for n in range(12)]
    assert statuses[-1] == 429


def test_who_has_no_role_today_is_told_so(client, monkeypatch):
    monkeypatch.setitem(PAGES, "account_change_password", file)
    small_association()
    client.force_login(User.objects.create_user("a@example.org", "A", GOOD))
    answer = client.get(reverse("account_change_password"))
    assert answer.status_code == 403
    assert "account/no_access_yet.html" in [template.name for template in answer.templates]


def test_pages_may_load_nothing_from_elsewhere(client, noor):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_an_empty_installation_asks_its_first_administrator_for_the_code(
    client, settings, tmp_path
):
    settings.METGEZEL_FIRST_RUN_CODE_FILE = tmp_path / "first-run-code"
    page = reverse("first_run")
    assert client.get(reverse("account_login")).url == page
    given = {
        "code": "wrong", "association": "Vereniging", "name": "Ada", "email": "ada@example.org",
        "password": GOOD,
    }  # fmt: skip
    assert client.post(page, given).status_code == 200
    assert not User.objects.exists()
    assert client.post(page, {**given, "code": first_run_code()}).status_code == 302
    assert client.session["_auth_user_id"]
    assert client.get(page).status_code == 404
    assert Client().get(page).status_code == 404
