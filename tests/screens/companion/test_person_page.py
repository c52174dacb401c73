"""What stands on a person's page: words instead of codes, what happened, and few queries."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from metgezel.companion.journeys.goals import StepWords, add_goal, add_own_step
from metgezel.companion.journeys.models import Doer
from metgezel.companion.journeys.overlays import mark_done, set_doer
from metgezel.companion.journeys.plan_index import StepKey
from metgezel.companion.journeys.recording import (
    NewEvent,
    correct_event,
    record_event,
    withdraw_event,
)
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
GRANTED = NewEvent("asylum.decision", "2026-09-25", {"outcome": "refugee"})
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
#: Ten to read with; four of the journal, which writes down who looked; and on PostgreSQL two that
#: say who looks, and take that back.
MOST_QUERIES = 14 + (2 if connection.vendor == "postgresql" else 0)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    return small_association().in_assen


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def person(client, file: ClientFile):
    return client.get(reverse("person", kwargs={"file": file.pk}))


def spouse(file: ClientFile, name: str = "Sara", key: str = "spouse") -> FamilyTie:
    relative = Person.objects.create(
        given_name=name, birth_date=date(1992, 1, 1), birth_date_precision="day"
    )
    return FamilyTie.objects.create(
        file=file, key=key, relative=relative, relation="spouse", whereabouts="abroad",
        family_at_entry=True,
    )  # fmt: skip


def test_reasons_are_words_and_never_codes(companion, file):
    spouse(file)
    record_event(file, None, 1, NewEvent("asylum.lodged", "2026-07-01", {"procedure": "ordinary"}),
                 TODAY)  # fmt: skip
    record_event(file, None, 2, GRANTED, TODAY)
    context = person(companion, file).context
    cards = [entry.card for group in context["later"] for entry in group.entries]
    said = {line for card in cards for line in card.because}
    assert {"Gezinslid: echtgenoot", "Waar het gezinslid is: in het buitenland",
            "Welke procedure: Gewone procedure"} <= said  # fmt: skip
    for line in said:
        for code in ("True", "False", "_", "spouse", "member.", "asylum.", "refugee", "2026-"):
            assert code not in line


def test_what_happened_says_who_recorded_it_and_leads_to_mending(companion, file):
    letter = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"}, "",
                      "brief van 10 november")  # fmt: skip
    user = colleague(Role.COMPANION, file.unit, file)
    event = record_event(file, user, 1, letter, TODAY)
    text = person(companion, file).content.decode()
    assert "vrijdag 13 november 2026: Besluit op de asielaanvraag" in text
    assert "Afgewezen als ongegrond" in text
    assert "brief van 10 november" in text
    assert user.name in text
    assert f"{reverse('event_correct', kwargs={'file': file.pk})}?event={event.pk}" in text


def test_what_was_mended_shows_what_stood_there_and_why(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    correct_event(event, None, 2, GRANTED, "vakje verkeerd gelezen", TODAY)
    (one,) = person(companion, file).context["happened"]
    assert one.title == "vrijdag 25 september 2026: Besluit op de asielaanvraag (hersteld)"
    (before,) = one.earlier
    assert (before.day, before.reason) == ("vrijdag 13 november 2026", "vakje verkeerd gelezen")
    assert ("Wat is het besluit", "Afgewezen als ongegrond") in before.facts


def test_what_was_taken_back_stays_readable_and_cannot_be_mended(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    new = withdraw_event(event, None, 2, "brief van iemand anders", TODAY)
    text = person(companion, file).content.decode()
    assert "(is niet gebeurd)" in text
    assert "brief van iemand anders" in text
    assert f"?event={new.pk}" not in text


def test_a_step_that_is_done_is_done_in_the_picture_too(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    mark_done(file, StepKey("asy-appeal-2w", event.root), None, 2, TODAY, TODAY)
    journey = person(companion, file).context["journey"]
    states = {mark.label: mark.state for lane in journey.lanes for mark in lane.marks}
    assert states["Beroep instellen binnen twee weken"] == "done"


def fill(file: ClientFile, number: int) -> None:
    """A file with this many goals, own steps, relatives, events and steps somebody took on."""
    for i in range(number):
        spouse(file, f"S{i}", f"spouse-{i + 1}")
    event = record_event(file, None, 1, GRANTED, TODAY)
    version = 2
    for i in range(number):
        goal = add_goal(file, None, version, f"doel {i}", TODAY)
        add_own_step(file, None, version + 1, StepWords(f"stap {i}", goal, TODAY), TODAY)
        key = StepKey("fam-nareis-refugee-3m", event.root, f"spouse-{i + 1}")
        set_doer(file, key, None, version + 2, Doer.TOGETHER, TODAY)
        moved = NewEvent("housing.moved", f"2026-10-{i + 1:02}", {"municipality": "GM0106"})
        record_event(file, None, version + 3, moved, TODAY)
        version += 4


def test_the_number_of_queries_does_not_grow_with_the_file(
    client, django_assert_max_num_queries, settings
):
    settings.METGEZEL_TODAY = TODAY
    association = small_association()
    counts = []
    for file, number in ((association.in_assen, 1), (association.in_breda, 12)):
        fill(file, number)
        client.force_login(colleague(Role.COMPANION, file.unit, file))
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            assert person(client, file).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
