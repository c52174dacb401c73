"""The privacy of one person: her yes and its end, who acts for her, and all that is kept."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import Action, JournalEntry
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy.consent_texts import MANDATE, text_to_show
from metgezel.foundation.privacy.models import Consent, Mandate, SubjectRequest
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path, settings) -> SmallAssociation:
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    return small_association()


@pytest.fixture
def file(house: SmallAssociation) -> ClientFile:
    return house.in_assen


@pytest.fixture
def web(client: Client, house: SmallAssociation) -> Client:
    client.force_login(colleague(Role.COMPANION, house.assen, house.in_assen))
    return client


def at(name: str, file: ClientFile, query: str = "") -> str:
    return reverse(name, args=[file.pk]) + query


def test_a_yes_is_stored_as_it_was_shown_and_taken_back(web, file):
    here = at("file_consent", file, "?purpose=partners")
    shown = text_to_show("partners", "nl")
    assert shown.text in web.get(here).content.decode()
    assert web.post(here, {"shown": shown.sha256}).status_code == 422
    assert web.post(here, {"shown": shown.sha256, "agreed": "on"}).status_code == 302
    given = Consent.objects.get()
    assert given.text == shown.text
    assert "dinsdag 24 november 2026" in web.get(at("file_privacy", file)).content.decode()
    web.post(at("file_privacy", file), {"take_back": f"consent-{given.pk}"})
    given.refresh_from_db()
    assert given.withdrawn_at is not None


def test_a_yes_to_another_text_is_refused(web, file):
    here = at("file_consent", file, "?purpose=partners")
    answer = web.post(here, {"shown": "0" * 64, "agreed": "on"})
    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_an_unknown_purpose_leads_back(web, file):
    assert web.get(at("file_consent", file, "?purpose=x")).status_code == 302


def test_a_mandate_names_who_and_until_when(web, file):
    data = {
        "shown": text_to_show(MANDATE, "nl").sha256, "holder": "Zus Selam", "agreed": "on",
        "starts": "2026-11-24", "ends": "2027-01-31",
    }  # fmt: skip
    assert web.post(at("file_mandate", file), {**data, "ends": "2026-01-01"}).status_code == 422
    assert web.post(at("file_mandate", file), data).status_code == 302
    page = web.get(at("file_privacy", file)).content.decode()
    assert "zondag 31 januari 2027" in page
    web.post(at("file_privacy", file), {"take_back": f"mandate-{Mandate.objects.get().pk}"})
    assert Mandate.objects.get().withdrawn_on is not None


@pytest.mark.parametrize("number", ["consent-999999999999999999999", "consent-x", "", "mandate-7"])
def test_what_is_not_there_cannot_be_taken_back(web, file, number):
    assert web.post(at("file_privacy", file), {"take_back": number}).status_code == 404


def request_of(file: ClientFile, kind: str) -> SubjectRequest:
    return SubjectRequest.objects.create(
        file=file.pk, unit=file.unit, number=file.number, kind=kind, asked_on=BEGIN,
        asked_by="self", identity="known", contested=kind != "access",
    )  # fmt: skip


def test_a_companion_takes_the_overview_only_when_it_was_asked_for(web, file):
    answer = web.get(at("file_overview", file))
    assert answer.status_code == 302
    request_of(file, "access")
    answer = web.get(at("file_overview", file))
    assert answer["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert names == ["overview.html", "overview.json"]
    assert JournalEntry.objects.filter(action=Action.EXPORTED, file=file.pk).exists()


def test_the_person_herself_may_always_take_it(client, file):
    client.force_login(User.objects.create_user("amal@example.org", "Amal", person=file.person))
    assert client.get(at("file_overview", file))["Content-Type"] == "application/zip"


def test_what_is_contested_is_told_to_whoever_works_in_the_file(web, file):
    request_of(file, "objection")
    page = web.get(at("file_privacy", file)).content.decode()
    assert "Betwist sinds donderdag 1 januari 2026" in page
    assert "betwist iets" in web.get(at("person", file)).content.decode()
