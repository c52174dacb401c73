"""The privacy officer at work: requests, breaches, files to be erased, the register."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy.keeping import run_retention
from metgezel.foundation.privacy.models import Breach, RetentionNotice, SubjectRequest
from tests.small_association import SmallAssociation, colleague, small_association

TODAY = dt.date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


@pytest.fixture
def web(client: Client, house: SmallAssociation) -> Client:
    client.force_login(colleague(Role.PRIVACY_OFFICER, house.top))
    return client


def text(web: Client, name: str, *parts: object) -> str:
    return web.get(reverse(name, args=parts)).content.decode()


def asked(house: SmallAssociation, **more: str) -> dict[str, str]:
    return {
        "number": house.in_assen.number.lower().replace("-", " "),
        "kind": "rectification", "asked_on": "2026-11-20", "asked_by": "self",
        "identity": "known", "words": "the birth date is wrong", **more,
    }  # fmt: skip


def test_a_request_is_written_down_and_its_last_day_stands_in_words(web, house):
    answer = web.post(reverse("privacy_request_new"), asked(house), follow=True)
    page = answer.content.decode()
    assert house.in_assen.number in page
    assert "zondag 20 december 2026" in page
    assert "Amal" not in page
    assert SubjectRequest.objects.get().contested
    assert "zondag 20 december 2026" in text(web, "privacy_duties")


def test_a_number_that_does_not_exist_keeps_what_was_typed(web, house):
    answer = web.post(reverse("privacy_request_new"), asked(house, number="ZZZ-999"))
    assert answer.status_code == 422
    assert "the birth date is wrong" in answer.content.decode()
    assert "niets opgeslagen" in answer.content.decode()
    assert not SubjectRequest.objects.exists()


def test_a_request_is_extended_and_answered_once(web, house):
    web.post(reverse("privacy_request_new"), asked(house))
    one = SubjectRequest.objects.get()
    here = reverse("privacy_request", args=[one.pk])
    assert web.post(here, {"action": "extend", "reason": ""}).status_code == 422
    assert web.post(here, {"action": "extend", "reason": "three archives"}).status_code == 302
    assert "zaterdag 20 februari 2027" in text(web, "privacy_request", one.pk)
    done = {"action": "answer", "outcome": "done", "words": "mended"}
    assert web.post(here, done).status_code == 302
    assert web.post(here, done).status_code == 422
    one.refresh_from_db()
    assert (one.outcome, one.contested) == ("done", False)
    assert "mended" in text(web, "privacy_request", one.pk)


def test_an_answer_that_is_late_says_so(web, house):
    web.post(reverse("privacy_request_new"), asked(house, asked_on="2026-10-01"))
    page = text(web, "privacy_requests")
    assert "Te laat" in page
    assert "zondag 1 november 2026" in page


def moment(name: str, when: dt.datetime) -> dict[str, str]:
    local = timezone.localtime(when)
    return {f"{name}_0": local.date().isoformat(), f"{name}_1": f"{local:%H:%M}"}


def test_a_breach_shows_its_clock_and_the_overdue_one_stands_first(web, house):
    for hours in (2, 100):
        when = timezone.now() - dt.timedelta(hours=hours)
        data = {"facts": f"lost {hours} hours ago", **moment("discovered_at", when)}
        assert web.post(reverse("breach_new"), data).status_code == 302
    page = text(web, "breaches")
    assert page.index("lost 100 hours ago") < page.index("lost 2 hours ago")
    assert "28 uur geleden" in page
    assert "Nog 70 uur" in page or "Nog 69 uur" in page
    assert "28 uur geleden" in text(web, "privacy_duties")


def test_a_breach_is_filled_in_bit_by_bit(web, house):
    when = timezone.now() - dt.timedelta(hours=5)
    start = {"facts": "a letter to the wrong house", **moment("discovered_at", when)}
    web.post(reverse("breach_new"), start)
    one = Breach.objects.get()
    here = reverse("breach", args=[one.pk])
    page = text(web, "breach", one.pk)
    assert f"{timezone.localtime(when):%H:%M}" in page
    wrong = {**start, "reported_at_0": "2026-11-24"}
    assert web.post(here, wrong).status_code == 422
    told = {**start, **moment("reported_at", when + dt.timedelta(hours=1)), "people": "1"}
    assert web.post(here, told).status_code == 302
    one.refresh_from_db()
    assert one.people == 1
    assert one.reported_at is not None


def noticed(house: SmallAssociation) -> RetentionNotice:
    ClientFile.objects.filter(pk=house.in_assen.pk).update(
        opened=dt.date(2019, 1, 1), closed=dt.date(2020, 1, 1)
    )
    list(run_retention(TODAY, timezone.now(), look=False))
    return RetentionNotice.objects.get()


def test_the_officer_sees_a_number_and_the_team_leader_a_name(web, house):
    noticed(house)
    page = text(web, "keeping")
    assert house.in_assen.number in page
    assert "Amal" not in page
    web.force_login(colleague(Role.TEAM_LEADER, house.assen))
    page = text(web, "keeping")
    assert "Amal" in page
    assert "zaterdag 23 januari 2027" in page


def test_a_team_leader_keeps_a_file_longer(web, house):
    notice = noticed(house)
    leader: User = colleague(Role.TEAM_LEADER, house.assen)
    web.force_login(leader)
    here = reverse("keeping_longer", args=[notice.pk])
    assert "Amal" in web.get(here).content.decode()
    assert web.post(here, {"until": "2027-06-01", "reason": ""}).status_code == 422
    assert web.post(here, {"until": "2027-06-01", "reason": "appeal"}).status_code == 302
    notice.refresh_from_db()
    assert (notice.erase_from, notice.decided_by) == (dt.date(2027, 6, 1), leader)
    web.force_login(colleague(Role.TEAM_LEADER, house.breda))
    assert web.get(here).status_code == 404


def test_the_register_is_made_from_the_models(web, house):
    page = text(web, "processing_register")
    assert "Register van verwerkingen" in page
    assert "versleuteld per veld" in page
