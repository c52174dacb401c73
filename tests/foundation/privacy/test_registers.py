"""Requests, breaches, consents and the register: each clock and each refusal."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.privacy import requests
from metgezel.foundation.privacy.breaches import (
    Clock,
    breaches_for,
    in_words,
    keep_breach,
    standing_of,
)
from metgezel.foundation.privacy.consent_texts import MANDATE, PURPOSES, text_to_show
from metgezel.foundation.privacy.consents import (
    give_consent,
    give_mandate,
    running_mandates,
    withdraw_consent,
    withdraw_mandate,
)
from metgezel.foundation.privacy.models import Breach, Consent, Mandate, SubjectRequest
from metgezel.foundation.privacy.processing import PURPOSES as WHY
from metgezel.foundation.privacy.processing import personal_models, register
from tests.small_association import SmallAssociation, colleague, small_association

TODAY = dt.date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


@pytest.fixture
def officer(house) -> User:
    return colleague(Role.PRIVACY_OFFICER, house.top)


def asked(officer: User, number: str, kind: str = "access", on: dt.date = TODAY) -> SubjectRequest:
    values = {"kind": kind, "asked_on": on, "asked_by": "self", "identity": "known", "words": ""}
    return requests.record_request(officer, number, TODAY, values)


# ── Requests ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("on", "due"),
    [("2026-11-24", "2026-12-24"), ("2026-01-31", "2026-02-28"), ("2026-12-15", "2027-01-15")],
)
def test_an_answer_is_due_in_a_month_and_never_later(house, officer, on, due):
    request = SubjectRequest(asked_on=dt.date.fromisoformat(on))
    assert requests.due_on(request).isoformat() == due


def test_two_months_more_need_a_reason_within_the_first_month(house, officer):
    request = asked(officer, house.in_assen.number, on=dt.date(2026, 10, 24))
    with pytest.raises(ValidationError):
        requests.extend(request, officer, "", TODAY)
    requests.extend(request, officer, "three archives", TODAY)
    request.refresh_from_db()
    assert requests.due_on(request) == dt.date(2027, 1, 24)
    with pytest.raises(ValidationError):
        requests.extend(request, officer, "again", TODAY)
    late = asked(officer, house.in_assen.number, on=dt.date(2026, 10, 23))
    with pytest.raises(ValidationError):
        requests.extend(late, officer, "too late", TODAY)


def test_what_is_due_first_stands_first_and_what_is_answered_last(house, officer):
    number = house.in_assen.number
    late = asked(officer, number, on=dt.date(2026, 11, 20))
    early = asked(officer, number, on=dt.date(2026, 11, 10))
    done = asked(officer, number, on=dt.date(2026, 11, 1))
    requests.answer(done, officer, "done", "handed over", False, TODAY)
    assert [one.pk for one in requests.requests_for(officer)] == [early.pk, late.pk, done.pk]
    with pytest.raises(ValidationError):
        requests.answer(done, officer, "refused", "no", False, TODAY)


def test_what_is_contested_shows_in_the_file_until_it_is_answered(house, officer):
    request = asked(officer, house.in_assen.number, "rectification")
    assert requests.contested_in(house.in_assen.pk) == [request]
    assert requests.contested_in(house.in_breda.pk) == []
    requests.answer(request, officer, "done", "the date was mended", False, TODAY)
    assert requests.contested_in(house.in_assen.pk) == []


def test_an_unknown_number_and_a_day_to_come_are_refused(house, officer):
    with pytest.raises(ValidationError):
        asked(officer, "ZZZ-999")
    with pytest.raises(ValidationError):
        asked(officer, house.in_assen.number, on=dt.date(2026, 11, 25))
    assert SubjectRequest.objects.count() == 0


def test_another_association_sees_nothing_of_it(house, officer):
    asked(officer, house.in_assen.number)
    assert requests.requests_for(colleague(Role.COMPANION, house.assen)) == []
    assert requests.request_for(colleague(Role.TEAM_LEADER, house.top), 1) is None


# ── Breaches ─────────────────────────────────────────────────────────────────────────────────


def hours_ago(hours: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "clock", "words"),
    [
        (1, Clock.RUNNING, "70 hours left to report it."),
        (71.5, Clock.RUNNING, "0 hours left to report it."),
        (73.5, Clock.OVERDUE, "The 72 hours passed 1 hour ago."),
        (100.5, Clock.OVERDUE, "The 72 hours passed 28 hours ago."),
    ],
)
def test_the_clock_of_seventy_two_hours_in_words(house, officer, hours, clock, words):
    standing = standing_of(Breach(discovered_at=hours_ago(hours)), timezone.now())
    assert standing.clock is clock
    with translation.override("en"):
        assert in_words(standing).startswith(words)


def test_what_is_overdue_stands_first(house, officer):
    def breach(hours: float, **more: object) -> Breach:
        return keep_breach(
            None, officer, {"discovered_at": hours_ago(hours), "facts": "a lost phone", **more}
        )

    reported = breach(200, reported_at=hours_ago(190))
    running = breach(2)
    overdue = breach(80)
    not_reported = breach(90, not_reported_reason="encrypted; nobody could read it")
    order = [one.pk for one, _ in breaches_for(officer, timezone.now())]
    assert order == [overdue.pk, running.pk, reported.pk, not_reported.pk]


@pytest.mark.parametrize(
    "values",
    [
        {"discovered_at": -1},
        {"discovered_at": 10, "reported_at": 11},
        {"discovered_at": 100, "reported_at": 1},
        {"discovered_at": 10, "reported_at": 1, "not_reported_reason": "no risk"},
        {"discovered_at": 10, "told_at": -5},
    ],
)
def test_moments_that_cannot_be_are_refused(house, officer, values):
    moments = {k: hours_ago(v) if not isinstance(v, str) else v for k, v in values.items()}
    with pytest.raises(ValidationError):
        keep_breach(None, officer, {"facts": "a lost phone", **moments})
    assert Breach.objects.count() == 0


# ── Consents and mandates ────────────────────────────────────────────────────────────────────


def test_what_was_shown_is_kept_with_its_hash_language_and_version(house, officer):
    shown = text_to_show("partners", "en")
    kept = give_consent(
        house.in_assen, officer, "partners", "en", shown.sha256, timezone.now()
    )  # fmt: skip
    assert (kept.text, kept.language, kept.version) == (shown.text, "en", shown.version)
    assert kept.sha256 == hashlib.sha256(kept.text.encode()).hexdigest()
    assert text_to_show("partners", "ti").language == "nl"


def test_a_text_that_changed_meanwhile_is_not_consented_to(house, officer):
    with pytest.raises(ValidationError):
        give_consent(house.in_assen, officer, "partners", "nl", "0" * 64, timezone.now())
    assert Consent.objects.count() == 0


def test_a_yes_holds_once_and_can_be_taken_back_and_given_again(house, officer):
    shown, now = text_to_show("story", "nl").sha256, timezone.now()
    first = give_consent(house.in_assen, officer, "story", "nl", shown, now)
    with pytest.raises(ValidationError):
        give_consent(house.in_assen, officer, "story", "nl", shown, now)
    withdraw_consent(first, now)
    withdraw_consent(first, now + dt.timedelta(days=1))
    assert first.withdrawn_at == now
    give_consent(house.in_assen, officer, "story", "nl", shown, now)
    assert Consent.objects.count() == 2


def test_a_mandate_holds_from_its_first_to_its_last_day(house, officer):
    shown = text_to_show(MANDATE, "nl").sha256
    last = TODAY + dt.timedelta(days=10)
    mandate = give_mandate(house.in_assen, officer, "Zus", (TODAY, last), "nl", shown)

    def holds(day: dt.date) -> bool:
        return running_mandates(Mandate.objects.all(), day).exists()

    day = dt.timedelta(days=1)
    assert [holds(d) for d in (TODAY - day, TODAY, last, last + day)] == [False, True, True, False]
    withdraw_mandate(mandate, TODAY)
    assert not holds(TODAY)


@pytest.mark.parametrize(("holder", "days"), [("", 10), ("Zus", -1), ("Zus", 800)])
def test_a_mandate_names_somebody_and_ends(house, officer, holder, days):
    shown = text_to_show(MANDATE, "nl").sha256
    term = (TODAY, TODAY + dt.timedelta(days=days))
    with pytest.raises(ValidationError):
        give_mandate(house.in_assen, officer, holder, term, "nl", shown)


def test_every_purpose_has_a_text_in_both_languages():
    for purpose in (*PURPOSES, MANDATE):
        assert text_to_show(purpose, "nl").text != text_to_show(purpose, "en").text


# ── The register of processing ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_register_names_every_model_with_personal_data_and_fills_every_column(language):
    with translation.override(language):
        rows = register()
    assert {model._meta.app_label for model in personal_models()} <= set(WHY)
    assert {row.label for row in rows} == {model._meta.label for model in personal_models()}
    for row in rows:
        assert all([row.why, row.ground, row.people, row.data, row.recipients, row.retention])
