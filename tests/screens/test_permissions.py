"""Every address times every role, and one door to the records behind them."""

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import WORKS_IN_FILES, Role
from metgezel.foundation.audit.models import JournalEntry, JournalFinding, JournalQuestion
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy.models import Breach, RetentionNotice, SubjectRequest
from metgezel.screens.permissions import PAGES, Rule, Who
from tests.second_factor import log_in_with_second_factor
from tests.small_association import BEGIN, SmallAssociation, colleague, small_association

SCREENS = Path(__file__).resolve().parents[2] / "metgezel" / "screens"


def a_finding(file: ClientFile) -> JournalFinding:
    """Something striking about this file."""
    about = {"unit": file.unit, "day": BEGIN, "file": file.pk, "number": 5}
    return JournalFinding.objects.get_or_create(
        key=f"famous:{file.pk}", kind="famous", defaults=about
    )[0]


def a_question(file: ClientFile) -> JournalQuestion:
    """A question about the last line of this file."""
    entry = JournalEntry.objects.of_file(file.pk).latest("id")
    return file.journal_questions.first() or file.journal_questions.create(entry=entry)


def a_request(file: ClientFile) -> SubjectRequest:
    """A request about this file."""
    about = {"unit": file.unit, "number": file.number, "asked_on": BEGIN}
    return SubjectRequest.objects.get_or_create(file=file.pk, kind="access", defaults=about)[0]


def a_breach(file: ClientFile) -> Breach:
    """A breach in the association of this file."""
    when = {"discovered_at": datetime(2026, 11, 23, tzinfo=UTC)}
    return Breach.objects.get_or_create(unit=file.unit, facts="a lost phone", defaults=when)[0]


def a_notice(file: ClientFile) -> RetentionNotice:
    """A notice that this file will be erased."""
    about = {"unit": file.unit, "number": file.number, "noticed_on": BEGIN, "erase_from": BEGIN}
    return RetentionNotice.objects.get_or_create(file=file.pk, defaults=about)[0]


#: What each part of an address that is not fixed stands for, given the file it is about. An address
#: with another part needs a line here; None: an address that no role opens or that needs no file.
PARTS: dict[str, Callable[[ClientFile], object]] = {
    "file": lambda file: file.pk,
    "user": lambda file: User.objects.order_by("-pk").values_list("pk", flat=True).first() or 1,
    "token": lambda file: "x-y",
    "uidb36": lambda file: "1",
    "key": lambda file: "x",
    "number": lambda file: 1,
    "unit": lambda file: file.unit_id,
    "finding": lambda file: a_finding(file).pk,
    "question": lambda file: a_question(file).pk,
    "line": lambda file: JournalEntry.objects.of_file(file.pk).latest("id").pk,
    "colleague": lambda file: User.objects.latest("pk").pk,
    "asked": lambda file: a_request(file).pk,
    "breach": lambda file: a_breach(file).pk,
    "notice": lambda file: a_notice(file).pk,
}


def addresses(
    patterns: list[Any] | None = None, parts: tuple[str, ...] = (), space: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All URL names with the names of their parts, through every include."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = (*parts, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", here


ADDRESSES = dict(addresses())
OF_A_FILE = sorted(name for name, parts in ADDRESSES.items() if "file" in parts)


def address(name: str, file: ClientFile) -> str:
    return reverse(name, kwargs={part: PARTS[part](file) for part in ADDRESSES[name]})


def test_every_address_is_in_the_table_and_the_table_names_no_others():
    assert set(PAGES) == set(ADDRESSES)


def test_every_part_of_an_address_is_known_here():
    assert {part for parts in ADDRESSES.values() for part in parts} <= set(PARTS)


def test_pages_about_a_file_have_the_rule_of_the_door():
    assert {name: PAGES[name].who for name in OF_A_FILE} == dict.fromkeys(OF_A_FILE, Who.FILE)


def expected(rule: Rule, role: Role) -> bool:
    """Whether a colleague with this role gets past the table."""
    match rule.who:
        case Who.PUBLIC | Who.SIGNED_IN:
            return True
        case Who.ROLES:
            return role in rule.any_of
        case Who.FILE:
            return role in WORKS_IN_FILES
        case Who.OWN_FILE | Who.FIRST_RUN | Who.REFUSED:
            return False


def answer(user: User | None, where: str) -> int:
    """The status of a GET; 405 (only POST) means let through."""
    client = Client()
    if user:
        log_in_with_second_factor(client, user)
    return client.get(where).status_code


GONE = {404}


@pytest.fixture(autouse=True)
def _second_factor_required(settings: Any) -> None:
    settings.METGEZEL_SECOND_FACTOR_REQUIRED = True


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_the_pages_of_the_table_and_gets_404_on_the_others(role, settings):
    settings.METGEZEL_DEMO = True  # the gallery exists only there
    house = small_association()
    files = [house.in_assen] if role in WORKS_IN_FILES else []
    user = colleague(role, house.assen, *files)
    for name, rule in PAGES.items():
        if name in ADDRESSES and name != "choose_password":
            gone = answer(user, address(name, house.in_assen)) in GONE
            assert gone is not expected(rule, role), f"{role} on {name}"


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["companion", "team leader", "ex-colleague", "client", "nobody"])
def test_a_file_of_another_location_or_foundation_does_not_exist(who):
    house = small_association()
    user = VISITORS[who](house)
    elsewhere = {"nobody": {302}, "ex-colleague": {403}}.get(who, GONE)
    for name in OF_A_FILE:
        for theirs in (house.in_groningen, house.in_breda):
            assert answer(user, address(name, theirs)) in elsewhere, name
        own = answer(user, address(name, house.in_assen))
        assert own in elsewhere if elsewhere is not GONE else own not in GONE, name


def _companion(house: SmallAssociation) -> User:
    return colleague(Role.COMPANION, house.assen, house.in_assen)


def _former(house: SmallAssociation) -> User:
    user = _companion(house)
    user.memberships.update(ends="2026-11-23")
    return user


def _client(house: SmallAssociation) -> User:
    return User.objects.create_user("amal@example.org", "Amal", person=house.in_assen.person)


VISITORS: dict[str, Callable[[SmallAssociation], User | None]] = {
    "companion": _companion,
    "team leader": lambda house: colleague(Role.TEAM_LEADER, house.assen),
    "ex-colleague": _former,
    "client": _client,
    "nobody": lambda house: None,
}


@pytest.mark.django_db
def test_a_stranger_is_asked_to_log_in_and_learns_nothing():
    house = small_association()
    colleague(Role.COMPANION, house.assen)
    for name, rule in PAGES.items():
        if name in ADDRESSES and rule.who in {Who.SIGNED_IN, Who.ROLES, Who.FILE, Who.OWN_FILE}:
            assert answer(None, address(name, house.in_assen)) == 302, name


# ── The one door ─────────────────────────────────────────────────────────────────────────────

BEHIND_THE_DOOR = {model.__name__ for model in apps.get_models() if hasattr(model, "FILE_PATHS")}


def ways_around_the_door(source: str) -> list[int]:
    """The lines that fetch a record that hangs on a file without ``visible_to``."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return sorted(
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and _skips(node, parents)
    )


def _skips(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    match node:
        case ast.Attribute(attr="_default_manager" | "_base_manager"):
            return True
        case ast.Attribute(value=ast.Name(id=model), attr="objects") if model in BEHIND_THE_DOOR:
            after = parents.get(node)
            return not (isinstance(after, ast.Attribute) and after.attr == "visible_to")
        case ast.Call(
            func=ast.Name(id="get_object_or_404" | "get_list_or_404"), args=[ast.Name(), *_]
        ):
            return True
    return False


@pytest.mark.parametrize(
    "line",
    [
        "ClientFile.objects.get(pk=1)",
        "get_object_or_404(ClientFile, pk=1)",
        "Person._default_manager.all()",
        "people = Person.objects",
    ],
)
def test_a_way_around_the_door_is_noticed(line):
    assert ways_around_the_door(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "ClientFile.objects.visible_to(user).get(pk=1)",
        "get_object_or_404(ClientFile.objects.visible_to(user), pk=1)",
        "Unit.objects.all()",
    ],
)
def test_the_door_itself_is_let_through(line):
    assert ways_around_the_door(line) == []


@pytest.mark.parametrize(
    "path", sorted(SCREENS.rglob("*.py")), ids=lambda path: str(path.relative_to(SCREENS))
)
def test_screens_fetch_records_through_the_door_only(path):
    assert ways_around_the_door(path.read_text(encoding="utf-8")) == []


@pytest.mark.django_db
def test_a_get_that_writes_is_stopped_in_real_life_too():
    from django.http import HttpResponse
    from django.test import RequestFactory

    from metgezel.screens.middleware.reading import GetNeverWrites, WroteWhileReadingError

    def careless(_request: object) -> HttpResponse:
        User.objects.create_user("a@example.org", "A")
        return HttpResponse()

    with pytest.raises(WroteWhileReadingError), transaction.atomic():
        GetNeverWrites(careless)(RequestFactory().get("/"))
    assert GetNeverWrites(careless)(RequestFactory().post("/")).status_code == 200
