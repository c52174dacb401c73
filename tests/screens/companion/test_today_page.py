"""Today: now, soon and later, own steps too; what roles without files can do; few queries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from metgezel.companion.journeys.goals import StepWords, add_own_step
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import WORKS_IN_FILES, Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import SmallAssociation, colleague, small_association
from tests.small_association import client as new_client

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_this_day(settings):
    settings.METGEZEL_TODAY = TODAY


@pytest.fixture
def association() -> SmallAssociation:
    return small_association()


@pytest.fixture
def file(association: SmallAssociation) -> ClientFile:
    return association.in_assen


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def shown(client, page: str = "") -> dict[str, list[str]]:
    groups = client.get(reverse("today") + page).context["groups"]
    return {name: [card.title for card in cards] for name, cards in groups}


def own(file: ClientFile, *days: int | None) -> None:
    """Own steps named after the days until they are due."""
    for version, ahead in enumerate(days, file.version):
        due = None if ahead is None else TODAY + timedelta(days=ahead)
        add_own_step(file, None, version, StepWords(str(ahead), due=due), TODAY)


def test_own_steps_stand_under_now_soon_and_later(companion, file):
    own(file, -400, 0, 7, 8, 30, 31, 90, 91, None)
    assert shown(companion) == {
        "Nu": ["-400", "0", "7"],
        "Binnenkort": ["8", "30"],
        "Later, of zonder datum": ["31", "90", "None"],
    }


def test_what_is_lost_comes_before_what_can_wait(companion, file):
    own(file, 0)
    record_event(file, None, 2, REFUSED, TODAY)
    assert shown(companion)["Nu"][-1] == "0"
    assert "Beroep instellen binnen twee weken" in shown(companion)["Nu"]


def test_each_step_leads_to_its_place_on_the_persons_page(companion, file):
    event = record_event(file, None, 1, REFUSED, TODAY)
    place = f"#asy-appeal-2w-{str(event.root)[:8]}-"
    person = reverse("person", kwargs={"file": file.pk})
    assert f'href="{person}{place}"' in companion.get(reverse("today")).content.decode()
    assert f'id="{place[1:]}"' in companion.get(person).content.decode()


def test_the_list_stops_at_sixty_and_goes_on_on_the_next_page(companion, file):
    own(file, *range(-70, 0))
    first, second = shown(companion), shown(companion, "?page=2")
    assert [len(titles) for titles in first.values()] == [60]
    assert [len(titles) for titles in second.values()] == [10]
    assert not set(first["Nu"]) & set(second["Nu"])
    assert 'rel="next"' in companion.get(reverse("today")).content.decode()


@pytest.mark.parametrize("page", ["?page=0", "?page=-1", "?page=x", "?page=9999999", "?page=²"])
def test_a_page_that_is_not_there_is_still_a_page(companion, file, page):
    own(file, 1)
    assert companion.get(reverse("today") + page).status_code == 200


def test_a_closed_file_asks_nothing_any_more(companion, file):
    own(file, 1)
    ClientFile.objects.filter(pk=file.pk).update(closed=TODAY)
    assert shown(companion) == {}


@pytest.mark.parametrize("role", sorted(set(Role) - WORKS_IN_FILES))
def test_a_role_without_files_is_told_what_it_can_do(client, association, role):
    client.force_login(colleague(role, association.top))
    text = client.get(reverse("today")).content.decode()
    assert "Er loopt nog niemand met u mee" not in text
    assert {"administrator": "U zorgt voor de organisatie", "client": "Uw eigen plan"}.get(
        role, "opent u van niemand het dossier"
    ) in text


def test_thirty_files_take_as_many_queries_as_three(
    client, association, django_assert_max_num_queries
):
    counts = []
    for number in (3, 30):
        files = [new_client(f"P{number}-{i}", association.assen) for i in range(number)]
        for one in files:
            record_event(one, None, 1, REFUSED, TODAY)
            own(ClientFile.objects.get(pk=one.pk), 1)
        client.force_login(colleague(Role.COMPANION, association.assen, *files))
        with django_assert_max_num_queries(12) as queries:
            assert client.get(reverse("today")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
