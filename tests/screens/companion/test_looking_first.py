"""Choose what happened, see what it does to the plan, then save; and refusals that help."""

import re
from datetime import date

import pytest
from django.urls import reverse

from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import FamilyTie, Person
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return small_association().in_assen


@pytest.fixture
def companion(client, file):
    user = colleague(Role.COMPANION, file.unit, file)
    client.force_login(user)
    client.user = user
    return client


def happened(file, query=""):
    return reverse("event_new", kwargs={"file": file.pk}) + query


def mistake(file, event, more=""):
    return reverse("event_correct", kwargs={"file": file.pk}) + f"?event={event.pk}{more}"


def labels(answer):
    return [choice.label for group in answer.context["groups"] for choice in group.choices]


# ── Choosing ─────────────────────────────────────────────────────────────────────────────────


def test_what_the_plan_waits_for_comes_first(companion, file):
    record_event(file, None, 1, REFUSED, TODAY)
    first = companion.get(happened(file)).context["likely"][0]
    assert first.label == "Beroep ingesteld"


def test_an_empty_file_begins_with_what_is_recorded_most(companion, file):
    first = companion.get(happened(file)).context["likely"][0]
    assert first.label == "Besluit op de asielaanvraag"


def test_a_word_of_the_letter_finds_the_kind_by_its_answers(companion, file):
    answer = companion.get(happened(file, "?q=subsidiaire"))
    assert labels(answer) == ["Besluit op de asielaanvraag"]


def test_no_match_says_how_to_go_on(companion, file):
    text = companion.get(happened(file, "?q=<zebra>")).content.decode()
    assert "Niets gevonden met ‘&lt;zebra&gt;’" in text
    assert "Toon de hele lijst" in text


def test_a_kind_whose_time_is_over_is_not_offered(companion, file, monkeypatch):
    assert any("oude procedure" in label for label in labels(companion.get(happened(file))))
    monkeypatch.setattr(
        "metgezel.screens.companion.event_views.current_day", lambda: date(2027, 1, 1)
    )
    assert not any("oude procedure" in label for label in labels(companion.get(happened(file))))


def test_an_unknown_kind_is_refused_in_a_sentence_with_the_list(companion, file):
    answer = companion.get(happened(file, "?kind=asylum.magic"))
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "asylum.magic" in text
    assert "er is niets opgeslagen" in text
    assert "Besluit op de asielaanvraag" in text


def test_an_event_about_a_relative_asks_first_for_the_relative(companion, file):
    text = companion.get(happened(file, "?kind=family.applied")).content.decode()
    assert "Voeg eerst het gezinslid toe" in text
    assert reverse("household", kwargs={"file": file.pk}) in text


def test_the_form_has_only_the_fields_of_its_kind(companion, file):
    form = companion.get(happened(file, "?kind=court.judgment")).context["form"]
    assert list(form.fields) == ["version", "on", "outcome", "document_reference"]


# ── Looking first ────────────────────────────────────────────────────────────────────────────


def test_recording_shows_steps_that_change_with_their_old_and_new_state(companion, file):
    record_event(file, None, 1, REFUSED, TODAY)
    data = {"on": "2026-11-20", "version": "2", "action": "preview"}
    answer = companion.post(happened(file, "?kind=court.appeal_filed"), data)
    [row] = [r for r in answer.context["change"].changed.rows if "Beroep" in str(r.cells[0])]
    assert row.cells[1] == "Binnenkort: uiterlijk vrijdag 27 november 2026"
    assert row.cells[2] == "Gedaan op vrijdag 20 november 2026"


def test_the_same_letter_twice_is_pointed_out_before_saving(companion, file):
    record_event(file, None, 1, REFUSED, TODAY)
    data = {"outcome": "unfounded", "version": "2", "action": "preview"}
    address = happened(file, "?kind=asylum.decision")
    same = companion.post(address, {**data, "on": "2026-11-13"}).content.decode()
    other = companion.post(address, {**data, "on": "2026-11-16"}).content.decode()
    assert "Dit is op deze dag al vastgelegd" in same
    assert "Dit is op deze dag al vastgelegd" not in other


def test_a_step_of_a_relative_says_whose_it_is(companion, file):
    wife = Person.objects.create(given_name="Sara")
    FamilyTie.objects.create(
        file=file, key="spouse", relative=wife, relation="spouse", whereabouts="abroad",
        family_at_entry=True,
    )  # fmt: skip
    data = {"on": "2026-09-25", "outcome": "refugee", "version": "1", "action": "preview"}
    answer = companion.post(happened(file, "?kind=asylum.decision"), data)
    assert "Sara" in {card.about for card in answer.context["change"].added}


def test_mending_shows_what_comes_and_goes_before_it_is_saved(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    data = {"on": "2026-11-13", "outcome": "refugee", "reason": "wrong box", "version": "2"}
    answer = companion.post(mistake(file, event), {**data, "action": "preview"})
    change = answer.context["change"]
    assert any("Beroep" in str(row.cells[0]) for row in change.removed.rows)
    assert any("vergunning" in card.title.lower() for card in change.added)
    assert Event.objects.count() == 1


def test_mending_a_day_shows_old_and_new_day(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    data = {"on": "2026-11-16", "outcome": "unfounded", "reason": "envelope", "version": "2"}
    answer = companion.post(mistake(file, event), {**data, "action": "preview"})
    text = answer.content.decode()
    assert "uiterlijk vrijdag 27 november 2026" in text
    assert "uiterlijk maandag 30 november 2026" in text


def test_taking_back_shows_what_disappears_before_anything_is_asked(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    answer = companion.get(mistake(file, event, "&never=1"))
    assert any("Beroep" in str(row.cells[0]) for row in answer.context["change"].removed.rows)
    assert Event.objects.current().count() == 1


def test_taking_back_needs_a_reason(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    data = {"reason": " ", "version": "2", "action": "save"}
    answer = companion.post(mistake(file, event, "&never=1"), data)
    assert answer.status_code == 422
    assert Event.objects.current().count() == 1


def test_what_was_taken_back_cannot_be_mended_from_an_old_link(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    data = {"reason": "not hers", "version": "2", "action": "save"}
    companion.post(mistake(file, event, "&never=1"), data)
    assert companion.get(mistake(file, event)).status_code == 404


def test_looking_never_saves_whatever_the_action_is_called(companion, file):
    data = {"on": "2026-09-25", "outcome": "refugee", "version": "1"}
    for action in ({}, {"action": ""}, {"action": "delete"}):
        companion.post(happened(file, "?kind=asylum.decision"), {**data, **action})
    assert not Event.objects.exists()


# ── Refusals ─────────────────────────────────────────────────────────────────────────────────

WRONG = [
    ("asylum.decision", {"on": "2026-12-25", "outcome": "refugee"},
     "Vrijdag 25 december 2026 ligt na dinsdag 24 november 2026",
     "Friday 25 December 2026 lies after Tuesday 24 November 2026"),
    ("asylum.decision", {"on": "2026-02-30", "outcome": "refugee"},
     "30-2-2026 bestaat niet", "30-2-2026 does not exist"),
    ("asylum.decision", {"on": "1890-02-01", "outcome": "refugee"},
     "buiten de jaren 1900 tot en met 2199", "outside 1900-2199"),
    ("asylum.decision", {"on": "2026-11-20", "outcome": "perhaps"},
     "Dit antwoord staat niet in de lijst", "This answer is not on the list"),
    ("asylum.decision", {"on": "2026-11-20"},
     "Kies een van deze antwoorden", "Choose one of these answers"),
    ("asylum.decision", {"on": "2026-09-01", "outcome": "refugee"},
     "vóór de aanvraag van donderdag 1 oktober 2026",
     "before the application of Thursday 1 October 2026"),
    ("asylum.decision", {"on": "1985-05-01", "outcome": "refugee"},
     "vóór de geboorte op dinsdag 1 mei 1990", "before the birth on Tuesday 1 May 1990"),
    ("work.started", {"on": "2026-11-20", "hours": "90"}, "60", "60"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "dutch", "english"), WRONG)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("action", ["preview", "save"])
def test_a_refusal_is_a_sentence_in_the_readers_language_and_stores_nothing(
    companion, file, kind, data, dutch, english, language, action
):
    file.person.birth_date, file.person.birth_date_precision = date(1990, 5, 1), "day"
    file.person.save()
    record_event(file, None, 1, NewEvent("asylum.lodged", "2026-10-01"), TODAY)
    companion.user.language = language
    companion.user.save()
    answer = companion.post(
        happened(file, f"?kind={kind}"), {**data, "version": "2", "action": action}
    )
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 422
    assert (dutch if language == "nl" else english) in text
    assert ("Er is nog niets bewaard" if language == "nl" else "Nothing was saved yet") in text
    assert Event.objects.count() == 1


def test_a_term_beyond_the_calendar_is_a_refusal_not_a_crash(companion, file, monkeypatch):
    far = date(2199, 12, 31)
    for place in ("event_views", "plan_change"):
        monkeypatch.setattr(f"metgezel.screens.companion.{place}.current_day", lambda: far)
    data = {"on": "2199-12-31", "outcome": "refugee", "version": "1"}
    for action in ("preview", "save"):
        answer = companion.post(happened(file, "?kind=asylum.decision"), {**data, "action": action})
        assert answer.status_code == 422
        assert "buiten de jaren 1900 tot en met 2199" in answer.content.decode()
    assert not Event.objects.exists()
