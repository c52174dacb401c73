"""One step: done on a day, who does it, not needed and why; double clicks and two people."""

from datetime import date

import pytest
from django.urls import reverse

from metgezel.companion.journeys.models import DoerChange, PlanStep, StepOverlay
from metgezel.companion.journeys.overlays import mark_not_applicable
from metgezel.companion.journeys.plan_index import StepKey
from metgezel.companion.journeys.recording import NewEvent, record_event, withdraw_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
RULE = "asy-appeal-2w"

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    return small_association().in_assen


@pytest.fixture
def event(file):
    return record_event(file, None, 1, REFUSED, TODAY)


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def step_page(file: ClientFile) -> str:
    return reverse("step_change", kwargs={"file": file.pk})


def said(event, action: str, version: int = 2, **more: str) -> dict[str, str]:
    key = {"rule": RULE, "event": str(event.root), "member": "", "version": str(version)}
    return {**key, "action": action, **more}


def test_the_page_of_a_step_opens_to_why_until_when_and_how_sure(companion, file, event):
    text = companion.get(step_page(file), said(event, "")).content.decode()
    for words in ("Omdat", "Uiterlijk", "Als het te laat is", "Bron", "Hoe zeker",
                  "nog niet door een jurist nagekeken"):  # fmt: skip
        assert words in text
    assert "unfounded" not in text


def test_without_a_step_the_page_leads_back_to_the_person(companion, file):
    answer = companion.get(step_page(file))
    assert answer["location"] == reverse("person", kwargs={"file": file.pk})


def test_a_step_is_done_on_the_day_that_was_chosen(companion, file, event):
    answer = companion.post(step_page(file), said(event, "done", done_on="2026-11-20"))
    assert answer.status_code == 302
    assert PlanStep.objects.get(rule=RULE).done_on == date(2026, 11, 20)


def test_without_a_day_a_step_is_done_today(companion, file, event):
    companion.post(step_page(file), said(event, "done"))
    assert PlanStep.objects.get(rule=RULE).done_on == TODAY


@pytest.mark.parametrize("day", ["2026-12-01", "2026-02-31", "-11-2026"])
def test_a_day_that_cannot_be_stays_on_the_form_and_nothing_is_stored(companion, file, event, day):
    answer = companion.post(step_page(file), said(event, "done", done_on=day))
    assert answer.status_code == 422
    assert not StepOverlay.objects.exists()


def test_boxes_left_empty_are_not_taken_for_today(companion, file, event):
    empty = {"done_on_day": "", "done_on_month": "", "done_on_year": ""}
    assert companion.post(step_page(file), said(event, "done") | empty).status_code == 422
    assert not StepOverlay.objects.exists()


def test_a_double_click_on_done_does_no_harm(companion, file, event):
    for _ in range(2):
        assert companion.post(step_page(file), said(event, "done")).status_code == 302
    file.refresh_from_db()
    assert file.version == 3


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_step_is_not_set_aside_without_a_reason(companion, file, event, reason):
    answer = companion.post(step_page(file), said(event, "not_applicable", reason=reason))
    assert answer.status_code == 422
    assert PlanStep.objects.get(rule=RULE).closed == ""


def test_a_step_is_set_aside_with_its_reason_on_the_card(companion, file, event):
    companion.post(step_page(file), said(event, "not_applicable", reason="al geregeld"))
    assert PlanStep.objects.get(rule=RULE).closed == "not_applicable"
    text = companion.get(reverse("person", kwargs={"file": file.pk})).content.decode()
    assert "al geregeld" in text


def test_two_people_at_one_step_both_versions_and_the_typed_reason_show(companion, file, event):
    key = StepKey(RULE, event.root)
    mark_not_applicable(file, key, None, 2, "advocaat deed dit", TODAY)
    answer = companion.post(step_page(file), said(event, "reopen"))
    assert answer.status_code == 422
    # Both want to set it aside, each for another reason.
    answer = companion.post(step_page(file), said(event, "not_applicable", reason="verhuisd"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "verhuisd" in text
    assert "advocaat deed dit" in text
    again = said(event, "not_applicable", 3, reason="verhuisd")
    assert companion.post(step_page(file), again).status_code == 302
    assert StepOverlay.objects.get().not_applicable_reason == "verhuisd"


def test_a_reason_for_a_step_that_went_meanwhile_is_shown_and_not_stored(companion, file, event):
    withdraw_event(event, None, 2, "brief van iemand anders", TODAY)
    answer = companion.post(step_page(file), said(event, "not_applicable", reason="verhuisd"))
    assert answer.status_code == 422
    assert "verhuisd" in answer.content.decode()
    assert not StepOverlay.objects.exists()


def test_who_does_a_step_can_be_seen_to_shift_over_time(companion, file, event, settings):
    for version, day, doer in ((2, 24, "companion"), (3, 25, "together"), (4, 26, "client")):
        settings.METGEZEL_TODAY = date(2026, 11, day)
        data = said(event, "doer", version, doer=doer)
        assert companion.post(step_page(file), data).status_code == 302
    assert [change.doer for change in DoerChange.objects.all()] == [
        "companion", "together", "client",
    ]  # fmt: skip
    text = companion.get(step_page(file), said(event, "")).content.decode()
    for line in ("24 november 2026: de begeleider", "25 november 2026: samen",
                 "26 november 2026: de cliënt zelf"):  # fmt: skip
        assert line in text


def test_an_unknown_doer_or_action_changes_nothing(companion, file, event):
    assert companion.post(step_page(file), said(event, "doer", doer="aunt")).status_code == 422
    companion.post(step_page(file), said(event, "explode"))
    assert not StepOverlay.objects.exists()
