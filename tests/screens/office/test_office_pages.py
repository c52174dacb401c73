"""An administrator at work: the first steps, units, colleagues; tampering and double clicks."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from metgezel.foundation.association.memberships import give_role
from metgezel.foundation.association.models import Membership, Unit, User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.association.units import create_association
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


@pytest.fixture
def of_north(client, house):
    """The administrator of foundation North."""
    client.force_login(colleague(Role.ADMINISTRATOR, house.north))
    return client


def invitation(unit: Unit, **other: str) -> dict[str, str]:
    facts = {"name": "Noor", "email": "noor@example.org", "unit": str(unit.pk),
             "role": "companion", "starts": "2026-11-24"}  # fmt: skip
    return {**facts, **other}


def of(name: str, user: User) -> str:
    return reverse(name, kwargs={"colleague": user.pk})


def test_an_empty_association_says_what_to_do_first_and_next(client):
    top = create_association("Vereniging")
    client.force_login(colleague(Role.ADMINISTRATOR, top))
    shown = client.get(reverse("office"))
    assert [step.done for step in shown.context["steps"]] == [False, False, False]
    new = shown.context["next_step"].href
    assert client.post(new, {"name": "Noord", "municipality": ""}).status_code == 302
    shown = client.get(reverse("office"))
    assert shown.context["done"] == 1
    new = shown.context["next_step"].href
    client.post(new, {"name": "Assen", "municipality": "GM0106"})
    where = reverse("office_invite")
    assert client.get(reverse("office")).context["next_step"].href == where
    client.post(where, invitation(Unit.objects.get(name="Assen")))
    shown = client.get(reverse("office"))
    assert shown.context["steps"] == []
    assert "1 collega" in shown.content.decode()


def test_the_tree_shows_only_her_own_part(of_north):
    text = of_north.get(reverse("office")).content.decode()
    assert "Assen" in text
    assert "Breda" not in text


def test_somebody_invited_gets_a_link_with_which_she_logs_in(of_north, client, house):
    answer = of_north.post(reverse("office_invite"), invitation(house.assen))
    noor = User.objects.get(email="noor@example.org")
    address = answer.context["address"]
    assert address.startswith("http://testserver/account/choose-password/")
    client.logout()
    new = {"new_password1": "drie appels op tafel", "new_password2": "drie appels op tafel"}
    assert client.post(address.removeprefix("http://testserver"), new).status_code == 302
    noor.refresh_from_db()
    assert noor.check_password("drie appels op tafel")


def test_a_double_click_invites_once_and_says_where_she_is(of_north, house):
    of_north.post(reverse("office_invite"), invitation(house.assen))
    again = of_north.post(reverse("office_invite"), invitation(house.assen, name="Nora"))
    assert again.status_code == 422
    noor = User.objects.get(email="noor@example.org")
    assert of("office_colleague", noor) in again.content.decode()
    assert noor.name == "Noor"
    assert noor.memberships.count() == 1


def test_a_lost_link_can_be_shown_again_until_there_is_a_password(of_north, house):
    of_north.post(reverse("office_invite"), invitation(house.assen))
    noor = User.objects.get(email="noor@example.org")
    assert "Toon een link" in of_north.get(of("office_colleague", noor)).content.decode()
    assert of_north.post(of("office_link", noor)).context["address"]
    assert of_north.get(of("office_link", noor)).status_code == 302
    noor.set_password("drie appels op tafel")
    noor.save()
    assert of_north.post(of("office_link", noor)).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"}, {"email": ""}, {"name": " "}, {"role": "client"}, {"role": "king"},
        {"starts": "2026-02-30"}, {"starts": ""}, {"ends": "2026-11-23"}, {"unit": ""},
        {"unit": "x"}, {"unit": str(uuid4())},
    ],
)  # fmt: skip
def test_bad_input_invites_nobody(of_north, house, wrong):
    answer = of_north.post(reverse("office_invite"), {**invitation(house.assen), **wrong})
    assert answer.status_code == 422
    assert not User.objects.filter(email__startswith="no").exists()


def test_a_unit_of_another_foundation_is_not_there(of_north, house):
    for theirs in (house.south, house.breda, house.top):
        page = reverse("office_unit", kwargs={"unit": theirs.pk})
        assert of_north.get(page).status_code == 404
        assert of_north.post(page, {"name": "Mine"}).status_code == 404
        under = f"{reverse('office_unit_new')}?under={theirs.pk}"
        assert of_north.post(under, {"name": "Mine"}).status_code == 404
        assert of_north.post(reverse("office_invite"), invitation(theirs)).status_code == 422
    assert not Unit.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("under", ["", "x", "location"])
def test_nothing_is_added_under_what_cannot_hold_it(of_north, house, under):
    number = str(house.assen.pk) if under == "location" else under
    assert of_north.get(f"{reverse('office_unit_new')}?under={number}").status_code == 404


def test_a_colleague_of_another_foundation_is_not_there(of_north, house):
    theirs = colleague(Role.COMPANION, house.breda)
    a_client = colleague(Role.CLIENT, house.assen)
    for user in (theirs, a_client):
        for name in ("office_colleague", "office_role_new", "office_leave", "office_link"):
            assert of_north.get(of(name, user)).status_code == 404, name
            answer = of_north.post(of(name, user), {"last_day": "2026-11-24"})
            assert answer.status_code in {404, 405}, name
    assert not Membership.objects.filter(ends__isnull=False).exists()


def test_a_role_elsewhere_of_a_colleague_here_cannot_be_ended(of_north, house):
    amal = colleague(Role.COMPANION, house.assen)
    there = give_role(amal, house.breda, Role.DESK, BEGIN)
    other = colleague(Role.COMPANION, house.groningen)
    for number in (there.pk, other.memberships.get().pk, "x", 0):
        page = f"{of('office_role_end', amal)}?role={number}"
        assert of_north.post(page, {"last_day": "2026-11-24"}).status_code == 404
    assert not Membership.objects.filter(ends__isnull=False).exists()
    assert "Breda" not in of_north.get(of("office_colleague", amal)).content.decode()


def test_a_role_is_given_and_ended(of_north, house):
    amal = colleague(Role.COMPANION, house.assen)
    given = {"unit": str(house.groningen.pk), "role": "desk", "starts": "2026-12-01",
             "ends": "2026-12-31"}  # fmt: skip
    assert of_north.post(of("office_role_new", amal), given).status_code == 302
    assert of_north.post(of("office_role_new", amal), given).status_code == 422
    page = of_north.get(of("office_colleague", amal)).content.decode()
    assert "dinsdag 1 december 2026" in page
    role = amal.memberships.get(role="companion")
    end = f"{of('office_role_end', amal)}?role={role.pk}"
    assert of_north.post(end, {"last_day": "2025-01-01"}).status_code == 422
    assert of_north.post(end, {"last_day": ""}).status_code == 422
    assert of_north.post(end, {"last_day": "2026-11-24"}).status_code == 302
    role.refresh_from_db()
    assert role.ends == TODAY


def test_roles_that_do_not_go_together_get_a_sentence(of_north, house):
    amal = colleague(Role.COMPANION, house.assen)
    given = {"unit": str(house.assen.pk), "role": "administrator", "starts": "2026-12-01"}
    answer = of_north.post(of("office_role_new", amal), given)
    assert answer.status_code == 422
    assert amal.memberships.count() == 1


def test_who_leaves_is_found_among_those_who_left(of_north, house):
    amal = colleague(Role.COMPANION, house.assen, house.in_assen)
    yesterday = TODAY - timedelta(days=1)
    of_north.post(of("office_leave", amal), {"last_day": yesterday.isoformat()})
    here = of_north.get(reverse("office_colleagues")).content.decode()
    left = of_north.get(reverse("office_colleagues") + "?left=1").content.decode()
    assert amal.name not in here
    assert amal.name in left
    assert not amal.assignments.filter(ends__isnull=True).exists()


def test_the_last_administrator_cannot_leave(client, house):
    only = colleague(Role.ADMINISTRATOR, house.top)
    client.force_login(only)
    answer = client.post(of("office_leave", only), {"last_day": "2026-11-24"})
    assert answer.status_code == 422
    assert "Vereniging" in answer.content.decode()


def test_a_double_click_adds_one_unit(of_north, house):
    under = f"{reverse('office_unit_new')}?under={house.north.pk}"
    emmen = {"name": "Emmen", "municipality": "GM0114"}
    assert of_north.post(under, emmen).status_code == 302
    assert of_north.post(under, emmen).status_code == 422
    assert Unit.objects.filter(name="Emmen").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"municipality": ""}, {"municipality": "GM9"}, {"name": "x" * 121}]
)
def test_a_location_needs_a_name_and_a_municipality(of_north, house, wrong):
    under = f"{reverse('office_unit_new')}?under={house.north.pk}"
    answer = of_north.post(under, {"name": "Emmen", "municipality": "GM0114", **wrong})
    assert answer.status_code == 422
    assert house.north.children.count() == 2


def test_a_unit_gets_another_name_and_shows_who_works_there(of_north, house):
    amal = colleague(Role.COMPANION, house.assen)
    page = reverse("office_unit", kwargs={"unit": house.assen.pk})
    assert amal.name in of_north.get(page).content.decode()
    named = {"name": "Assen Centrum", "municipality": "GM0106"}
    assert of_north.post(page, named).status_code == 302
    assert "Assen Centrum" in of_north.get(page).content.decode()
    assert of_north.post(page, {**named, "name": "groningen"}).status_code == 422


def test_colleagues_are_found_by_part_of_a_name_or_address(of_north, house):
    amal = colleague(Role.COMPANION, house.assen)
    colleague(Role.DESK, house.assen)
    found = of_north.get(reverse("office_colleagues"), {"q": amal.email[:9].upper()})
    assert [row.cells[0].text for row in found.context["rows"]] == [amal.name]
    nobody = of_north.get(reverse("office_colleagues"), {"q": "zzz", "page": "7"})
    assert not nobody.context["rows"]


def test_the_page_of_an_administrator_takes_few_queries(
    of_north, house, django_assert_max_num_queries
):
    for _number in range(20):
        colleague(Role.COMPANION, house.assen)
    with django_assert_max_num_queries(12):
        of_north.get(reverse("office"))
    with django_assert_max_num_queries(12):
        of_north.get(reverse("office_colleagues"))
