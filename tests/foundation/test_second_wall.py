"""The second wall: what PostgreSQL itself shows to the web's role, without the door's help.

On SQLite there is no such wall; the same questions are then asked of the door, so that no test is
left out on either database.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client as WebClient
from django.urls import reverse
from django.utils import timezone

from metgezel.companion.journeys.models import Event, Goal
from metgezel.companion.journeys.people_changes import EnteredPerson, change_person
from metgezel.foundation.access.database_roles import KEEPER, WEB
from metgezel.foundation.access.drop_in import open_with_key
from metgezel.foundation.access.grounds import looker
from metgezel.foundation.access.models import Assignment, DropIn
from metgezel.foundation.access.second_wall import behind_the_second_wall
from metgezel.foundation.association.memberships import give_role
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.identifiers import keep_v_number
from metgezel.foundation.people.models import (
    ClientFile,
    FamilyTie,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonLanguage,
)
from tests.small_association import BEGIN, SmallAssociation, client, colleague, small_association

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"
WALLED: list[Any] = [model for model in apps.get_models() if hasattr(model, "FILE_PATHS")]


@pytest.fixture
def house() -> SmallAssociation:
    """Every file with a relative, a household, a language, a number, an event and a goal."""
    house = small_association()
    for number, file in enumerate((house.in_assen, house.in_groningen, house.in_breda)):
        relative = Person.objects.create(given_name="Relative")
        FamilyTie.objects.create(file=file, key="child-1", relative=relative, relation="child")
        together = Household.objects.create()
        HouseholdMember.objects.create(household=together, person=file.person)
        PersonLanguage.objects.create(person=file.person, code="ti")
        keep_v_number(file.person, f"281234567{number}")
        root = file.pk
        Event.objects.create(file=file, root=root, kind="asylum.registered", on=BEGIN)
        Goal.objects.create(file=file, words="Work", created_on=BEGIN)
    return house


def rows(model: Any, user: User | None) -> list[Any]:
    """What a query without the door gives to somebody (on SQLite: with it)."""
    if not POSTGRESQL:
        return list(model.objects.visible_to(user).order_by("pk")) if user else []
    with behind_the_second_wall(looker(user) if user else None):
        return list(model._base_manager.order_by("pk"))


def test_without_anybody_no_table_shows_a_row(house):
    for model in WALLED:
        assert rows(model, None) == [], model


def test_every_table_shows_a_companion_what_the_door_shows_and_no_more(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    colleague(Role.COMPANION, house.breda, house.in_breda)
    for model in WALLED:
        door = list(model.objects.visible_to(user).order_by("pk"))
        assert rows(model, user) == door, model
    assert len(rows(Person, user)) == 2
    assert len(rows(Event, user)) == len(rows(Goal, user)) == 1


def test_door_and_wall_agree_for_everybody_in_a_busy_association(house, today):
    random_ = random.Random(7)
    units = [house.top, house.north, house.south, house.assen, house.groningen, house.breda]
    files = [client(f"C{n}", random_.choice(units[3:])) for n in range(30)]
    users = [User.objects.create_user(f"u{n}@example.org", f"U{n}") for n in range(25)]
    for user in users:
        role = random_.choice(list(Role))
        begin = today + timedelta(days=random_.choice([-90, -1, 0, 1]))
        membership = give_role(user, random_.choice(units), role, begin)
        if random_.random() < 0.3:
            membership.ends = begin + timedelta(days=random_.choice([0, 60, 200]))
            membership.save()
        for file in random_.sample(files, 4):
            Assignment.objects.create(
                file=file, user=user, starts=today - timedelta(days=random_.choice([0, 5])),
                ends=random_.choice([None, today, today + timedelta(days=1)]),
            )  # fmt: skip
        for file in random_.sample(files, 2):
            opened = timezone.now() - timedelta(minutes=random_.choice([5, 59, 61]))
            DropIn.objects.create(
                file=file, user=user, reason="desk", words="here",
                opened_at=opened, closes_at=opened + timedelta(minutes=60),
            )  # fmt: skip
        user.person = random_.choice([None, None, random_.choice(files).person])
        if user.person and not User.objects.filter(person=user.person).exists():
            user.save()
    seen = 0
    for user in User.objects.order_by("pk"):
        door = list(ClientFile.objects.visible_to(user).order_by("pk"))
        assert rows(ClientFile, user) == door, user
        seen += len(door)
    assert seen > 30


@pytest.mark.parametrize(
    "change",
    [
        lambda file: Event._base_manager.filter(file=file).update(note="changed"),
        lambda file: Goal._base_manager.filter(file=file).delete()[0],
        lambda file: ClientFile._base_manager.filter(pk=file.pk).update(version=99),
        lambda file: Person._base_manager.filter(pk=file.person_id).update(given_name="X"),
    ],
)
def test_what_cannot_be_seen_cannot_be_changed_or_removed(change: Callable[[Any], int], house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    if not POSTGRESQL:
        assert not ClientFile.objects.visible_to(user).filter(pk=house.in_breda.pk).exists()
        return
    with behind_the_second_wall(looker(user)):
        assert change(house.in_breda) == 0


@pytest.mark.parametrize(
    "add",
    [
        lambda house, user: Goal.objects.create(
            file=house.in_breda, words="planted", created_on=BEGIN
        ),
        lambda house, user: Assignment.objects.create(
            file=house.in_breda, user=user, starts=BEGIN
        ),
        lambda house, user: DropIn.objects.create(
            file=house.in_breda, user=user, reason="desk", words="x",
            opened_at=timezone.now(), closes_at=timezone.now() + timedelta(hours=1),
        ),
        lambda house, user: ClientFile.objects.create(
            person=Person.objects.create(given_name="New"), unit=house.breda,
            number="ABC-DEF", opened=BEGIN,
        ),
    ],
)  # fmt: skip
def test_nothing_can_be_added_to_what_cannot_be_seen(add: Callable[..., Any], house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    if not POSTGRESQL:
        assert not ClientFile.objects.visible_to(user).filter(unit=house.breda).exists()
        return
    with behind_the_second_wall(looker(user)), pytest.raises(DatabaseError), transaction.atomic():
        add(house, user)


def test_kept_numbers_are_shut_for_who_leads_the_team(house):
    leader = colleague(Role.TEAM_LEADER, house.assen)
    assert rows(Identifier, leader) == []
    assert len(rows(Person, leader)) == 2


def test_a_change_of_a_person_reaches_the_plan_of_a_file_one_may_not_open(house, today):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    person = house.in_assen.person
    FamilyTie.objects.create(file=house.in_breda, key="child-9", relative=person, relation="child")
    entered = EnteredPerson(
        "Amal", "", "", BirthDate.of(person), "SYR", "f", "", None, (), None
    )  # fmt: skip
    with behind_the_second_wall(looker(user)):
        change_person(house.in_assen, user, house.in_assen.version, entered, today)
        seen = ClientFile.objects.visible_to(user) if not POSTGRESQL else ClientFile.objects.all()
        assert [file.pk for file in seen] == [house.in_assen.pk]
    before = house.in_breda.version
    house.in_breda.refresh_from_db()
    assert house.in_breda.version == before + 1


def test_a_key_finds_its_file_through_the_wall(house):
    user, now = colleague(Role.DESK, house.assen), timezone.now()
    with behind_the_second_wall(looker(user)):
        key = open_with_key(user, house.in_groningen.number, DropIn.Reason.AT_THE_DESK, "x", now)
        assert [file.pk for file in ClientFile.objects.all()] == [key.file_id] or not POSTGRESQL


def test_the_role_of_the_web_owns_nothing_and_cannot_step_over_the_wall(house):
    if not POSTGRESQL:
        assert not connection.features.has_select_for_update_of
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcanlogin,"
            " EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)"
            " FROM pg_roles r WHERE rolname = %s",
            [WEB],
        )
        assert cursor.fetchone() == (False, False)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND NOT relrowsecurity",
            [[model._meta.db_table for model in WALLED]],
        )
        assert cursor.fetchall() == []


def test_what_was_said_about_the_looker_is_taken_back_also_after_a_failure(house):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    with pytest.raises(RuntimeError), behind_the_second_wall(looker(user)):
        raise RuntimeError
    if not POSTGRESQL:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('metgezel.user', true), current_user::text")
        who, role = cursor.fetchone()
    assert who == ""
    assert role != WEB


@pytest.fixture
def login_that_owns_nothing(settings):
    """Work as a web process of a large installation does: its own login, resting as the web."""
    if not POSTGRESQL:
        yield
        return
    settings.METGEZEL_SERVES_PAGES = True
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE ROLE metgezel_trial LOGIN NOINHERIT; GRANT {WEB}, {KEEPER} TO metgezel_trial;"
            f"SET SESSION AUTHORIZATION metgezel_trial; SET ROLE {WEB}"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")


def test_a_login_that_owns_nothing_can_do_the_work_and_read_nothing_besides(
    house, request, client: WebClient
):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    relative = house.in_breda.person
    tie = FamilyTie.objects.create(
        file=house.in_assen, key="child-7", relative=relative, relation="child"
    )
    client.force_login(user)
    request.getfixturevalue("login_that_owns_nothing")
    person = reverse("person", args=[house.in_assen.pk])
    assert client.get(person).status_code == 200
    assert client.get(reverse("today")).status_code == 200
    assert client.get(reverse("person", args=[house.in_breda.pk])).status_code == 404
    answer = client.post(
        reverse("relative", args=[house.in_assen.pk]) + f"?who={tie.key}",
        {"relation": "parent", "whereabouts": "abroad", "version": house.in_assen.version,
         "action": "save"},
    )  # fmt: skip
    assert answer.status_code == 302
    if not POSTGRESQL:
        return
    assert list(Person._base_manager.all()) == []
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Person._base_manager.all())
