"""A companion at work: good input, bad input, and two people at the same file."""

from datetime import date

import pytest
from django.urls import reverse

from metgezel.companion.journeys.models import Event, PlanStep
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
DECISION = {"on": "2026-09-25", "outcome": "refugee", "version": "1", "document_reference": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    return small_association().in_assen


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def page(name: str, file: ClientFile, query: str = "") -> str:
    return reverse(name, kwargs={"file": file.pk}) + query


def decision(file: ClientFile) -> str:
    return page("event_new", file, "?kind=asylum.decision")


def test_the_first_look_stores_nothing_and_shows_what_changes(companion, file):
    answer = companion.post(decision(file), {**DECISION, "action": "preview"})
    assert "De vergunning begint" in answer.content.decode()
    assert not Event.objects.exists()


def test_the_second_click_records(companion, file):
    answer = companion.post(decision(file), {**DECISION, "action": "save"})
    assert answer.status_code == 302
    assert Event.objects.get().attributes == {"outcome": "refugee"}


def test_a_double_click_records_once(companion, file):
    companion.post(decision(file), {**DECISION, "action": "save"})
    again = companion.post(decision(file), {**DECISION, "action": "save"})
    assert again.status_code == 422
    assert "Er is niets verloren" in again.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"on": "2026-02-31"}, {"on": ""}, {"on": "2027-01-01"}, {"outcome": "yes"}, {"outcome": ""}],
)
def test_bad_input_gets_a_sentence_and_nothing_is_stored(companion, file, wrong):
    answer = companion.post(decision(file), {**DECISION, **wrong, "action": "save"})
    assert answer.status_code == 422
    assert not Event.objects.exists()


def test_an_unknown_kind_is_not_a_page(companion, file):
    assert companion.get(page("event_new", file, "?kind=asylum.granted")).status_code == 404


def test_a_mistake_is_mended_with_a_reason(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    address = page("event_correct", file, f"?event={event.pk}")
    assert "2026" in companion.get(address).content.decode()
    right = {**DECISION, "version": "2", "action": "save"}
    assert companion.post(address, {**right, "reason": ""}).status_code == 422
    assert companion.post(address, {**right, "reason": "wrong box"}).status_code == 302
    assert Event.objects.current().get().attributes["outcome"] == "refugee"


def test_what_did_not_happen_is_taken_back(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    address = page("event_correct", file, f"?event={event.pk}&never=1")
    data = {"version": "2", "reason": "other person's letter", "action": "save"}
    assert companion.post(address, data).status_code == 302
    assert not PlanStep.objects.filter(rule="asy-appeal-2w").exists()


@pytest.mark.parametrize("number", ["", "x", "0f3c9a52-6a0e-4a7e-9d55-1b8f0c2e7a11"])
def test_an_event_that_is_not_there_cannot_be_mended(companion, file, number):
    assert companion.get(page("event_correct", file, f"?event={number}")).status_code == 404


def test_an_event_of_somebody_elses_file_cannot_be_mended_through_mine(companion, file):
    other = ClientFile.objects.exclude(pk=file.pk)[0]
    event = record_event(other, None, 1, REFUSED, TODAY)
    assert companion.get(page("event_correct", file, f"?event={event.pk}")).status_code == 404


def test_a_relative_changes_the_plan(companion, file):
    record_event(file, None, 1, NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"}),
                 TODAY)  # fmt: skip
    answer = companion.post(
        page("relative", file),
        {"given_name": "Sara", "relation": "spouse", "whereabouts": "abroad",
         "family_at_entry": "yes", "version": "2"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert PlanStep.objects.get(rule="fam-nareis-refugee-3m").due == date(2026, 12, 28)


def test_a_step_is_done_and_open_again(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    step = {"rule": "asy-appeal-2w", "event": str(event.root), "member": ""}
    companion.post(page("step_change", file), {**step, "version": "2", "action": "done"})
    assert PlanStep.objects.get(rule="asy-appeal-2w").closed == "done"
    companion.post(page("step_change", file), {**step, "version": "3", "action": "reopen"})
    assert PlanStep.objects.get(rule="asy-appeal-2w").closed == ""


@pytest.mark.parametrize("data", [{}, {"event": "x"}, {"version": "x", "action": "done"}])
def test_half_a_step_changes_nothing(companion, file, data):
    assert companion.post(page("step_change", file), data).status_code == 422
    assert ClientFile.objects.get(pk=file.pk).version == 1


def test_a_new_file_is_mine_from_today(companion, file):
    data = {"given_name": "Yonas", "family_name": "Tekle", "unit": str(file.unit_id)}
    answer = companion.post(reverse("person_new"), data)
    assert answer.status_code == 302
    assert "Yonas" in companion.get(answer["location"]).content.decode()


def test_today_shows_the_gravest_loss_first(companion, file):
    record_event(file, None, 1, REFUSED, TODAY)
    text = companion.get(reverse("today")).content.decode()
    assert "Beroep instellen" in text
    assert "Amal" in text


def test_today_of_somebody_without_people_says_what_to_do_first(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit))
    assert "Er loopt nog niemand met u mee" in client.get(reverse("today")).content.decode()


def test_a_step_that_is_not_in_the_plan_cannot_be_done(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    for rule in ("no-such-rule", "asy-appeal-1w"):
        data = {"rule": rule, "event": str(event.root), "version": "2", "action": "done"}
        assert companion.post(page("step_change", file), data).status_code == 422
    assert ClientFile.objects.get(pk=file.pk).version == 2


def test_after_somebody_elses_change_the_relative_can_be_saved_again(companion, file):
    data = {"given_name": "Sara", "relation": "spouse", "whereabouts": "abroad", "version": "1"}
    record_event(file, None, 1, REFUSED, TODAY)
    answer = companion.post(page("relative", file), data)
    assert answer.status_code == 422
    assert 'name="version" value="2"' in answer.content.decode()


def test_people_with_the_same_name_all_show_page_after_page(companion, file):
    for _ in range(60):
        companion.post(
            reverse("person_new"), {"given_name": "Sara & Co", "unit": str(file.unit_id)}
        )
    first = companion.get(reverse("people"), {"q": "sara & co"})
    more = first.context["next_page"]
    second = companion.get(reverse("people") + more)
    shown = {row.cells[1] for answer in (first, second) for row in answer.context["rows"]}
    assert len(shown) == 60
