"""Two people at one file: the second is shown both versions and loses nothing."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import (
    NewEvent,
    correct_event,
    record_event,
    withdraw_event,
)
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
GRANTED = NewEvent("asylum.decision", "2026-11-20", {"outcome": "refugee"})
MINE = {"on": "2026-11-16", "outcome": "subsidiary", "action": "save", "document_reference": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return small_association().in_assen


@pytest.fixture
def other(file):
    """The colleague who is quicker."""
    user = colleague(Role.TEAM_LEADER, file.unit, file)
    user.name = "Anna de Wit"
    user.save()
    return user


@pytest.fixture
def me(file):
    client = Client()
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def happened(file, kind="asylum.decision"):
    return reverse("event_new", kwargs={"file": file.pk}) + f"?kind={kind}"


def mistake(file, event, more=""):
    return reverse("event_correct", kwargs={"file": file.pk}) + f"?event={event.pk}{more}"


def rows(answer):
    """The versions as shown: label → (mine, theirs)."""
    return {row.label: (row.yours, row.theirs) for row in answer.context["form"].conflict.rows}


def test_the_second_sees_what_the_first_recorded_and_by_whom(me, file, other):
    record_event(file, other, 1, NewEvent("brp.registered", "2026-11-23"), TODAY)
    answer = me.post(happened(file), {**MINE, "version": "1"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Anna de Wit" in text
    assert "dinsdag 24 november 2026 om 10:00" in text
    shown = rows(answer)
    assert shown["Wat is het besluit"] == (
        "Vergunning met subsidiaire bescherming",
        "staat er niet",
    )
    assert "maandag 23 november 2026" in shown["Ingeschreven bij de gemeente (BRP)"][1]
    assert Event.objects.count() == 1


def test_saving_again_saves_both(me, file, other):
    record_event(file, other, 1, NewEvent("brp.registered", "2026-11-23"), TODAY)
    answer = me.post(happened(file), {**MINE, "version": "1"})
    assert 'name="version" value="2"' in answer.content.decode()
    assert answer.context["change"] is not None
    assert me.post(happened(file), {**MINE, "version": "2"}).status_code == 302
    assert {event.kind for event in Event.objects.current()} == {
        "brp.registered",
        "asylum.decision",
    }


def test_already_looking_first_tells_that_somebody_was_quicker(me, file, other):
    record_event(file, other, 1, GRANTED, TODAY)
    answer = me.post(happened(file), {**MINE, "version": "1", "action": "preview"})
    assert rows(answer)["Op welke dag?"] == (
        "maandag 16 november 2026",
        "vrijdag 20 november 2026",
    )


def test_a_double_click_is_told_that_it_is_saved_already(me, file):
    me.post(happened(file), {**MINE, "version": "1"})
    answer = me.post(happened(file), {**MINE, "version": "1"})
    assert "u hoeft niet nog eens op te slaan" in answer.content.decode()
    assert Event.objects.count() == 1


def test_what_was_typed_can_be_dropped_by_a_link(me, file, other):
    record_event(file, other, 1, GRANTED, TODAY)
    answer = me.post(happened(file), {**MINE, "version": "1"}).content.decode()
    assert f'href="{reverse("person", kwargs={"file": file.pk})}"' in answer


def test_two_corrections_of_one_event_stand_side_by_side(me, file, other):
    event = record_event(file, None, 1, REFUSED, TODAY)
    correct_event(event, other, 2, GRANTED, "other box", TODAY)
    mine = {**MINE, "reason": "read it again"}
    answer = me.post(mistake(file, event), {**mine, "version": "2"})
    shown = rows(answer)
    assert shown["Op welke dag?"] == ("maandag 16 november 2026", "vrijdag 20 november 2026")
    assert shown["Wat is het besluit"] == (
        "Vergunning met subsidiaire bescherming",
        "Vergunning als vluchteling",
    )
    assert me.post(mistake(file, event), {**mine, "version": "3"}).status_code == 302
    assert Event.objects.current().get().attributes == {"outcome": "subsidiary"}
    assert Event.objects.filter(root=event.root).count() == 3


def test_a_correction_of_what_was_taken_back_meanwhile_brings_it_back_after_asking(me, file, other):
    event = record_event(file, None, 1, REFUSED, TODAY)
    withdraw_event(event, other, 2, "somebody else's letter", TODAY)
    mine = {**MINE, "reason": "it was hers after all"}
    answer = me.post(mistake(file, event), {**mine, "version": "2"})
    assert "Dit is niet gebeurd" in rows(answer)["Op welke dag?"][1]
    assert not Event.objects.current().exists()
    assert me.post(mistake(file, event), {**mine, "version": "3"}).status_code == 302
    assert Event.objects.current().get().root == event.root


def test_taking_back_what_somebody_corrected_meanwhile_asks_again(me, file, other):
    event = record_event(file, None, 1, REFUSED, TODAY)
    correct_event(event, other, 2, GRANTED, "other box", TODAY)
    mine = {"reason": "not hers", "action": "save"}
    answer = me.post(mistake(file, event, "&never=1"), {**mine, "version": "2"})
    assert answer.status_code == 422
    assert Event.objects.current().count() == 1
    assert me.post(mistake(file, event, "&never=1"), {**mine, "version": "3"}).status_code == 302
    assert not Event.objects.current().exists()


@pytest.mark.parametrize("version", ["", "x", "-1", "999", "9" * 40])
def test_a_version_that_never_was_saves_nothing(me, file, version):
    assert me.post(happened(file), {**MINE, "version": version}).status_code == 422
    assert not Event.objects.exists()


def test_both_versions_in_english(me, file, other):
    record_event(file, other, 1, GRANTED, TODAY)
    User.objects.exclude(pk=other.pk).update(language="en")
    text = me.post(happened(file), {**MINE, "version": "1"}).content.decode()
    assert "Anna de Wit" in text
    assert "Friday 20 November 2026" in text
