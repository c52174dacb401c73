"""The second factor: who must have one, setting it up, logging in with it, and losing it."""

import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.colleagues import invitation_for
from metgezel.foundation.association.models import KeptSecret, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.second_factor import (
    NEEDS_SECOND_FACTOR,
    code_is_right,
    factors_of,
    new_recovery_codes,
    recovery_codes_left,
)
from metgezel.foundation.keys.rotation import sealed_columns
from tests.conftest import NOW
from tests.second_factor import SECRET, code_now, log_in_with_second_factor, with_app
from tests.small_association import SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db
GOOD = "drie appels op tafel"
SET_UP = "/account/second-factor/"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


@pytest.fixture
def noor(house: SmallAssociation) -> User:
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    user.email = "noor@example.org"
    user.set_password(GOOD)
    user.save()
    return user


def first_step(client: Client, password: str = GOOD) -> Any:
    where = reverse("account_login")
    return client.post(where, {"login": "noor@example.org", "password": password})


def second_step(client: Client, code: str) -> int:
    return client.post(reverse("mfa_authenticate"), {"code": code}).status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# ── Who must have one ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_who_comes_near_files_or_gives_access_reaches_only_the_set_up_without_one(
    client, house, role
):
    user = colleague(role, house.assen)
    client.force_login(user)
    for name in ("today", "people", "person_new", "office", "account_change_password"):
        answer = client.get(reverse(name))
        assert answer.status_code == 404 or answer.url == SET_UP, name
    sent = client.post(reverse("person_new"), {"given_name": "Amal"})
    assert sent.status_code in {403, 404}
    assert client.get(SET_UP).status_code == 200


def test_a_post_without_a_second_factor_saves_nothing_and_says_so(client, house, noor):
    client.force_login(noor)
    answer = client.post(reverse("person", kwargs={"file": house.in_assen.pk}))
    assert answer.status_code == 403
    assert "account/second_factor_first.html" in [t.name for t in answer.templates]


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADVOCATE, Role.PARTNER, Role.CLIENT])
def test_who_sees_no_files_may_do_without(client, house, role):
    client.force_login(colleague(role, house.assen))
    assert client.get("/").status_code == 200


def test_in_the_demo_it_is_offered_and_not_asked(client, noor, settings):
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = False
    client.force_login(noor)
    assert client.get("/").status_code == 200
    assert client.get(SET_UP).status_code == 200


def test_a_role_given_in_mid_session_asks_for_one_on_the_next_click(client, house):
    from metgezel.foundation.association.memberships import give_role

    user = colleague(Role.BOARD, house.top)
    client.force_login(user)
    assert client.get("/").status_code == 200
    give_role(user, house.top, Role.ADMINISTRATOR, NOW.date())
    assert client.get("/").url == SET_UP


# ── Setting it up ────────────────────────────────────────────────────────────────────────────


def test_an_app_is_linked_with_its_first_code_and_recovery_codes_are_shown_once(client, noor):
    first_step(client)
    page = reverse("second_factor_app")
    assert client.get(page).status_code == 200
    client.post(page)
    shown = client.get(page).content.decode()
    secret = re.search(r'mg-code">([A-Z2-7 ]+)<', shown)
    assert secret
    assert "<svg" in shown
    plain = secret[1].replace(" ", "")
    assert "code" in client.post(page, {"code": "000000"}).context["form"].errors
    answer = client.post(page, {"code": code_now(plain)})
    assert answer.url == reverse("recovery_codes")
    assert client.get("/").status_code == 200, "this session now has a second factor"
    codes = recovery_codes_left(noor)
    assert len(codes) == 10
    listed = client.get(answer.url).content.decode()
    assert all(f"{code[:4]} {code[4:]}" in listed for code in codes)
    as_text = client.get(reverse("recovery_codes_file"))
    assert f"{codes[0][:4]} {codes[0][4:]}" in as_text.content.decode()
    with time_machine.travel(NOW.replace(hour=10, minute=16)):
        log_in_with_second_factor(client, noor)
        assert codes[0][:4] not in client.get(answer.url).content.decode()
        assert client.get(reverse("recovery_codes_file")).status_code == 302


def test_new_recovery_codes_make_the_old_ones_worthless(client, noor):
    with_app(noor)
    old = new_recovery_codes(noor)
    log_in_with_second_factor(client, noor)
    client.post(reverse("recovery_codes"))
    assert not set(old) & set(recovery_codes_left(noor))


def test_the_only_factor_cannot_be_removed_where_one_is_needed(client, noor, settings):
    linked = with_app(noor)
    log_in_with_second_factor(client, noor)
    where = reverse("second_factor_remove", kwargs={"number": linked.pk})
    client.post(where)
    assert factors_of(noor).app
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = False
    new_recovery_codes(noor)
    client.post(where)
    assert not Authenticator.objects.exists(), "the recovery codes go with the last factor"
    assert not KeptSecret.objects.exists()


def test_nobody_removes_the_factor_of_another(client, house, noor, settings):
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = False
    linked = with_app(noor)
    log_in_with_second_factor(client, colleague(Role.DESK, house.assen))
    client.post(reverse("second_factor_remove", kwargs={"number": linked.pk}))
    assert factors_of(noor).app


def test_a_session_without_the_factor_cannot_change_what_is_set_up(client, noor, settings):
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = False
    linked = with_app(noor)
    client.force_login(noor)
    where = reverse("second_factor_remove", kwargs={"number": linked.pk})
    assert client.post(where).url == SET_UP
    assert factors_of(noor).app
    assert client.get(reverse("second_factor_passkey")).url == SET_UP


@pytest.mark.parametrize(
    "name", ["second_factor_app", "second_factor_passkey", "recovery_codes", "recovery_codes_file"]
)
def test_extra_keys_are_changed_only_shortly_after_confirming(client, noor, name):
    linked = with_app(noor)
    log_in_with_second_factor(client, noor)
    with time_machine.travel(NOW.replace(minute=6), tick=True):
        asked = client.get(reverse(name))
        assert "account/confirm.html" in [template.name for template in asked.templates]
        sent = client.post(reverse(name), {"confirming": "look", "confirm_password": GOOD})
        assert sent.status_code == 302
        assert client.get(reverse("second_factor")).status_code == 200
    with time_machine.travel(NOW.replace(minute=20), tick=True):
        client.post(reverse("second_factor_remove", kwargs={"number": linked.pk}))
    assert factors_of(noor).app


def test_secrets_are_sealed_in_a_column_that_a_new_key_finds(noor):
    with_app(noor)
    new_recovery_codes(noor)
    assert KeptSecret.objects.count() == 2
    assert SECRET not in str(list(Authenticator.objects.order_by("pk").values_list("data")))
    assert "association.KeptSecret.value" in {column.name for column in sealed_columns()}


# ── Logging in with it ───────────────────────────────────────────────────────────────────────


def test_the_password_alone_does_not_log_in(client, noor):
    with_app(noor)
    assert first_step(client).url == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get("/").status_code == 302
    assert second_step(client, "000000") == 200
    assert not is_in(client)
    assert second_step(client, code_now()) == 302
    assert client.get("/").status_code == 200


def test_the_second_step_without_a_first_leads_to_the_log_in(client, noor):
    with_app(noor)
    assert client.get(reverse("mfa_authenticate")).url == reverse("account_login")
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer.url == reverse("account_login")
    assert not is_in(client)


def test_a_code_is_taken_once(client, noor):
    with_app(noor)
    first_step(client)
    assert second_step(client, code_now()) == 302
    other = Client()
    first_step(other)
    assert second_step(other, code_now()) == 200
    assert second_step(other, code_now(later=1)) == 302


def test_a_recovery_code_lets_in_once(client, noor):
    with_app(noor)
    codes = new_recovery_codes(noor)
    first_step(client)
    assert second_step(client, f"{codes[3][:4]} {codes[3][4:]}") == 302
    assert is_in(client)
    other = Client()
    first_step(other)
    assert second_step(other, codes[3]) == 200
    assert not is_in(other)


def test_a_closed_account_is_stopped_between_the_two_steps(client, noor):
    with_app(noor)
    first_step(client)
    User.objects.filter(pk=noor.pk).update(is_active=False)
    second_step(client, code_now())
    assert not is_in(client)


def test_of_many_wrong_codes_eight_are_looked_at_and_the_owner_still_gets_in(
    client, noor, monkeypatch
):
    with_app(noor)
    new_recovery_codes(noor)
    looked: list[str] = []

    def watched(user: User, code: str) -> Authenticator | None:
        looked.append(code)
        return code_is_right(user, code)

    monkeypatch.setattr("metgezel.screens.account.code_views.code_is_right", watched)
    with time_machine.travel(NOW, tick=False):
        first_step(client)
        for number in range(60):
            answer = second_step(client, f"{number:06}" if number % 2 else f"{number:08}")
        assert answer == 429
        assert len(looked) == 8
        assert second_step(client, code_now()) == 429, "the right code does not help any more"
        owner = Client(REMOTE_ADDR="10.0.0.9")
        first_step(owner)
        assert second_step(owner, code_now()) == 302
        assert is_in(owner)


def test_after_an_hour_codes_are_looked_at_again(client, noor):
    with_app(noor)
    with time_machine.travel(NOW, tick=False) as clock:
        first_step(client)
        for _ in range(9):
            last = second_step(client, "000000")
        assert last == 429
        clock.shift(3601)
        first_step(client)
        assert second_step(client, code_now()) == 302


# ── Forgotten password and invitation ────────────────────────────────────────────────────────


def test_a_new_password_does_not_pass_by_the_second_factor(client, noor):
    with_app(noor)
    client.post(reverse("account_reset_password"), {"email": "noor@example.org"})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    new = "vier peren in de mand"
    client.post(link[1], {"new_password1": new, "new_password2": new})
    assert not is_in(client)
    assert first_step(client, new).url == reverse("mfa_authenticate")
    assert not is_in(client)


def test_an_invitation_ends_at_the_set_up_of_an_extra_key(client, noor):
    noor.set_unusable_password()
    noor.save()
    invitation = invitation_for(noor)
    link = reverse("choose_password", kwargs={"user": invitation.number, "token": invitation.token})
    answer = client.post(link, {"new_password1": GOOD, "new_password2": GOOD}, follow=True)
    assert answer.request["PATH_INFO"] == SET_UP
    assert Client().get(link).status_code == 404


def test_the_first_administrator_is_led_to_the_set_up(client, settings, tmp_path):
    from metgezel.foundation.association.first_run import first_run_code

    settings.METGEZEL_FIRST_RUN_CODE_FILE = tmp_path / "first-run-code"
    given = {
        "code": first_run_code(), "association": "Vereniging", "name": "Ada",
        "email": "ada@example.org", "password": GOOD,
    }  # fmt: skip
    answer = client.post(reverse("first_run"), given, follow=True)
    assert answer.request["PATH_INFO"] == SET_UP
