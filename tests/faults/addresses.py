"""Guessed and tampered ids, in every part and query of every address."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID

from django.test import Client

from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.permissions import PAGES, Who
from tests.faults.figures import Figure
from tests.screens.test_permissions import ADDRESSES, address
from tests.small_association import SmallAssociation, colleague

THEIRS = ("Girma", "Bahar")
FEW = (Role.COMPANION, Role.ADMINISTRATOR)
FEW_HOSTILE = ("\0<script>alert(1)</script>", "99999999999999999999")
Roles = tuple[Role, ...]
MANY = (*FEW, Role.TEAM_LEADER, Role.PRIVACY_OFFICER)
QUERIES = (
    "event", "paper", "goal", "step", "who", "rule", "member", "key", "kind", "version", "unit",
    "under", "before", "page", "q", "never", "number", "day", "next", "role", "left", "csv",
)  # fmt: skip
HOSTILE = (
    "-1", "0", "99999999999999999999", "x" * 3000, "\0", "' OR 1=1 --", "../../etc/passwd",
    "<script>alert(1)</script>", "\ud7ff\u202e", "1e9", "²", "[]", "%00", "١٢",
)  # fmt: skip


def guessed_ids(house: SmallAssociation, guesses: int, roles: Roles = FEW) -> Figure:
    """Every address with a part: unknown, foreign and altered ids, opened and sent to."""
    figure = Figure(
        "guessed and tampered ids in addresses", "404, the same for foreign and missing"
    )
    chance = random.Random(20261124)
    for role in roles:
        browser = browser_of(role, house)
        for name in sorted(ADDRESSES):
            if ADDRESSES[name] and PAGES[name].who in {Who.FILE, Who.ROLES}:
                for where in _tampered(name, house, chance, guesses):
                    for answer in (browser.get(where), browser.post(where, {"version": "1"})):
                        _judge(figure, f"{role} {where}", answer.status_code, answer.content)
    return figure


def _tampered(
    name: str, house: SmallAssociation, chance: random.Random, guesses: int
) -> Iterator[str]:
    right = address(name, house.in_assen)
    for part in right.strip("/").split("/"):
        for wrong in chain(_uuids(part, house, chance, guesses), _numbers(part)):
            yield right.replace(f"/{part}/", f"/{wrong}/")


def _uuids(
    part: str, house: SmallAssociation, chance: random.Random, guesses: int
) -> Iterator[str]:
    """For a part that is a file: others' files, one hexadecimal digit off, and any at all."""
    try:
        own = UUID(part)
    except ValueError:
        return
    yield from (str(house.in_groningen.pk), str(house.in_breda.pk), f"{own.int:x}")
    yield from (str(UUID(int=own.int ^ (1 << chance.randrange(128)))) for _ in range(guesses))
    yield from (str(UUID(int=chance.getrandbits(128))) for _ in range(guesses))


def _numbers(part: str) -> Iterator[str]:
    if part.isdecimal():
        yield from ("0", "999999999", str(2**63), str(2**80), "-1", "1x")


def _judge(figure: Figure, where: str, status: int, content: bytes) -> None:
    page = content.decode(errors="replace")
    figure.held(
        status in {404, 405} and not any(name in page for name in THEIRS), f"{status} {where}"
    )


def hostile_queries(
    house: SmallAssociation,
    values: tuple[str, ...] = HOSTILE,
    roles: Roles = FEW,
    one_by_one: bool = False,
) -> Figure:
    """Every page with hostile and foreign values in every query it may read."""
    figure = Figure("hostile and foreign values in queries and forms", "no 500, nothing of others")
    foreign = _foreign(house.in_groningen)
    for role in roles:
        browser = browser_of(role, house)
        for name in sorted(ADDRESSES):
            if PAGES[name].who is Who.REFUSED or name == "account_logout":
                continue
            where = address(name, house.in_assen)
            for query in _queries((*values, *foreign), one_by_one):
                # A nought in the address stops there; in the form it reaches the page.
                there = where if "\0" in query.values() else f"{where}?{urlencode(query)}"
                sent = browser.post(there, query)
                for answer in (browser.get(where, query), sent):
                    page = answer.content.decode(errors="replace")
                    leaks = [word for word in (*THEIRS, "<script>alert") if word in page]
                    right = answer.status_code < 500 and not leaks
                    figure.held(right, f"{answer.status_code} {role} {where} {leaks} {query}"[:300])
    return figure


def _queries(values: tuple[str, ...], one_by_one: bool) -> Iterator[dict[str, str]]:
    for value in values:
        if one_by_one:
            yield from ({query: value} for query in QUERIES)
        yield dict.fromkeys(QUERIES, value)


def _foreign(file: ClientFile) -> tuple[str, ...]:
    """Keys of what hangs on somebody else's file."""
    made = NewEvent("asylum.made", "2026-10-01", {})
    event = record_event(file, None, file.version, made, date(2026, 11, 24))
    return (str(event.pk),)


def browser_of(role: Role, house: SmallAssociation) -> Client:
    """The browser of somebody with this role in Assen, assigned to the file there if she can be."""
    files = [house.in_assen] if role is Role.COMPANION else []
    return logged_in(colleague(role, house.assen, *files))


def logged_in(user: User) -> Client:
    """Somebody's browser; what goes wrong in a page is a 500, as in real life."""
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser
