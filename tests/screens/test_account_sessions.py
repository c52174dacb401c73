"""Where somebody is logged in, ending it at once, and asking once more who she is."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.log_ins import log_ins_of
from metgezel.foundation.association.memberships import leave
from metgezel.foundation.association.models import LogIn, Membership, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.second_factor import has_second_factor
from metgezel.foundation.audit.models import JournalEntry
from tests.conftest import NOW
from tests.second_factor import with_app
from tests.small_association import SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db
GOOD = "drie appels op tafel"
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
LATER = NOW + timedelta(minutes=6)


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


@pytest.fixture
def ans(house: SmallAssociation) -> User:
    user = colleague(Role.ADMINISTRATOR, house.top)
    user.set_password(GOOD)
    user.save()
    return user


def log_in(password: str = GOOD, **headers: Any) -> Client:
    client = Client(**headers)
    client.post(reverse("account_login"), {"login": "noor@example.org", "password": password})
    return client


def is_out(client: Client) -> bool:
    answer = client.get("/")
    leads_to = str(answer.headers.get("Location", ""))
    return answer.status_code == 302 and leads_to.startswith(reverse("account_login"))


def test_devices_are_listed_in_words_without_the_place(noor):
    phone = log_in(HTTP_USER_AGENT=PHONE)
    laptop = log_in()
    shown = laptop.get(reverse("log_ins")).content.decode()
    assert "Firefox · Android" in shown
    assert "dinsdag 24 november 2026, 10:00" in shown
    assert "127.0.0.1" not in shown
    assert "ip" not in {field.name for field in LogIn._meta.get_fields()}
    assert not is_out(phone)


def test_one_device_is_ended_and_then_all_others(noor):
    phone, tablet, laptop = log_in(HTTP_USER_AGENT=PHONE), log_in(), log_in()
    number = next(one.pk for one in log_ins_of(noor) if one.device)
    laptop.post(reverse("log_ins"), {"end": number})
    assert is_out(phone)
    assert not is_out(tablet)
    laptop.post(reverse("log_ins"), {"end": "others"})
    assert is_out(tablet)
    assert not is_out(laptop)


def test_nobody_ends_the_session_of_another(noor, house):
    hers = log_in()
    other = Client()
    other.force_login(colleague(Role.DESK, house.assen))
    other.post(reverse("log_ins"), {"end": log_ins_of(noor)[0].pk})
    assert not is_out(hers)


def test_a_colleague_removed_in_mid_session_is_out_on_the_next_click(noor, house, today):
    hers = log_in()
    page = reverse("person", kwargs={"file": house.in_assen.pk})
    assert hers.get(page).status_code == 200
    leave(noor, today)
    assert is_out(hers)
    assert hers.post(page).status_code == 302
    assert log_ins_of(noor) == []


def test_who_leaves_next_week_works_on(noor, today):
    hers = log_in()
    leave(noor, today + timedelta(days=7))
    assert not is_out(hers)


def test_a_new_password_ends_the_other_sessions_and_not_this_one(noor):
    other, hers = log_in(), log_in()
    new = "vier peren in de mand"
    given = {"oldpassword": GOOD, "password1": new, "password2": new}
    assert hers.post(reverse("account_change_password"), given).status_code == 302
    assert is_out(other)
    assert not is_out(hers)
    assert len(log_ins_of(noor)) == 1


# ── The office ───────────────────────────────────────────────────────────────────────────────


def test_an_administrator_closes_an_account_at_once_and_opens_it_again(client, noor, ans):
    hers = log_in()
    client.force_login(ans)
    where = reverse("office_account", kwargs={"colleague": noor.pk})
    assert client.get(where).status_code == 200
    client.post(where, {"do": "account_closed"})
    assert is_out(hers)
    assert is_out(log_in())
    assert JournalEntry.objects.filter(actor=ans, changed="account_closed").exists()
    client.post(where, {"do": "account_reopened"})
    assert not is_out(log_in())


def test_an_administrator_lets_somebody_begin_anew_who_lost_everything(client, noor, ans):
    with_app(noor)
    client.force_login(ans)
    client.post(reverse("office_account", kwargs={"colleague": noor.pk}), {"do": "second_factor"})
    assert not has_second_factor(noor)


def test_an_administrator_does_not_close_her_own_account_nor_one_used_elsewhere(
    client, noor, house
):
    local = colleague(Role.ADMINISTRATOR, house.assen)
    client.force_login(local)
    own = reverse("office_account", kwargs={"colleague": local.pk})
    assert client.post(own, {"do": "account_closed"}).status_code == 404
    Membership.objects.create(user=noor, unit=house.breda, role=Role.DESK, starts="2026-01-01")
    hers = reverse("office_account", kwargs={"colleague": noor.pk})
    assert client.post(hers, {"do": "account_closed"}).status_code == 404


# ── Confirming ───────────────────────────────────────────────────────────────────────────────


def test_a_right_is_given_only_shortly_after_confirming_and_nothing_is_typed_twice(
    client, noor, ans, house
):
    client.force_login(ans)
    where = reverse("office_role_new", kwargs={"colleague": noor.pk})
    given = {
        "unit": str(house.assen.pk), "role": "desk", "starts_day": "24", "starts_month": "11",
        "starts_year": "2026", "ends_day": "", "ends_month": "", "ends_year": "",
    }  # fmt: skip
    with time_machine.travel(LATER, tick=True):
        asked = client.post(where, given)
        assert asked.status_code == 403
        assert not noor.memberships.filter(role=Role.DESK).exists()
        kept = dict(asked.context["kept"])
        assert kept == given
        wrong = client.post(where, {**kept, "confirming": "send", "confirm_password": "guess"})
        assert wrong.status_code == 403
        assert dict(wrong.context["kept"]) == given
        right = client.post(where, {**kept, "confirming": "send", "confirm_password": GOOD})
        assert right.url == reverse("office_colleague", kwargs={"colleague": noor.pk})
        assert noor.memberships.filter(role=Role.DESK).exists()
        assert client.get(where).status_code == 200, "confirmed for five minutes"


def test_looking_at_such_a_page_asks_and_then_goes_on(client, ans):
    client.force_login(ans)
    where = reverse("office_invite")
    with time_machine.travel(LATER, tick=True):
        assert client.get(where).status_code == 403
        answer = client.post(where, {"confirming": "look", "confirm_password": GOOD})
        assert answer.url == where
        assert client.get(where).status_code == 200


@pytest.mark.parametrize(
    "name", ["office_invite", "office_role_new", "office_role_end", "office_leave", "office_link",
             "office_account"],
)  # fmt: skip
def test_every_page_that_changes_rights_asks(client, noor, ans, name):
    client.force_login(ans)
    parts = {} if name == "office_invite" else {"colleague": noor.pk}
    with time_machine.travel(LATER, tick=True):
        for answer in (
            client.get(reverse(name, kwargs=parts)),
            client.post(reverse(name, kwargs=parts)),
        ):
            assert "account/confirm.html" in [t.name for t in answer.templates]


def test_guessing_there_is_stopped_too(client, ans):
    client.force_login(ans)
    where = reverse("office_invite")
    with time_machine.travel(LATER, tick=False):
        for _ in range(8):
            client.post(where, {"confirming": "look", "confirm_password": "guess"})
        answer = client.post(where, {"confirming": "look", "confirm_password": GOOD})
    assert answer.status_code == 403


def test_a_code_confirms_for_who_has_no_password(client, ans):
    from tests.second_factor import code_now, log_in_with_second_factor

    ans.set_unusable_password()
    ans.save()
    with_app(ans)
    log_in_with_second_factor(client, ans)
    with time_machine.travel(LATER, tick=True):
        answer = client.post(
            reverse("office_invite"), {"confirming": "look", "confirm_code": code_now()}
        )
    assert answer.status_code == 302


def test_a_journal_is_taken_along_only_shortly_after_confirming(client, house, noor):
    officer = colleague(Role.PRIVACY_OFFICER, house.top)
    officer.set_password(GOOD)
    officer.save()
    client.force_login(officer)
    where = reverse("privacy_colleague", kwargs={"colleague": noor.pk})
    with time_machine.travel(LATER, tick=True):
        assert client.get(where).status_code == 200
        assert client.get(f"{where}?csv=1").status_code == 403
        answer = client.post(f"{where}?csv=1", {"confirming": "look", "confirm_password": GOOD})
        assert answer.url == f"{where}?csv=1"
        assert "attachment" in client.get(answer.url).headers["Content-Disposition"]
