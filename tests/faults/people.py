"""A colleague who is removed in mid-session, the journal changed in bulk, the database away."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error as DatabaseFailure
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from metgezel.companion.journeys.models import Event
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry, JournalHead
from metgezel.screens.permissions import PAGES, Who
from tests.faults.addresses import logged_in
from tests.faults.figures import Figure
from tests.screens.test_permissions import ADDRESSES, OF_A_FILE, address
from tests.small_association import SmallAssociation, colleague

YESTERDAY = "2026-11-23"
REMOVED: dict[str, Callable[[User], Any]] = {
    "her account is closed": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "her role ended yesterday": lambda user: user.memberships.update(ends=YESTERDAY),
    "her link with the file ended yesterday": lambda user: Assignment.objects.filter(
        user=user
    ).update(ends=YESTERDAY),
}


def removed_in_mid_session(house: SmallAssociation) -> Figure:
    """The very next click, reading or saving, on every page of the file."""
    figure = Figure("a colleague removed in mid-session", "refused on the next click")
    for how, remove in REMOVED.items():
        user = colleague(Role.COMPANION, house.assen, house.in_assen)
        browser = logged_in(user)
        person = reverse("person", kwargs={"file": house.in_assen.pk})
        figure.held(browser.get(person).status_code == 200, f"{how}: the page did not open before")
        remove(user)
        before = Event.objects.count()
        for name in OF_A_FILE:
            where = address(name, house.in_assen)
            for answer in (browser.get(where), browser.post(where, {"version": "1"})):
                page = answer.content.decode(errors="replace")
                refused = answer.status_code in {302, 403, 404, 405} and "Amal" not in page
                figure.held(refused, f"{how}: {answer.status_code} {name}")
        figure.held(Event.objects.count() == before, f"{how}: something was stored")
    return figure


def journal_in_bulk(house: SmallAssociation) -> Figure:
    """Every way the application has to change or remove lines of its journal."""
    figure = Figure("changing the journal from the application", "refused by the database")
    browser = logged_in(colleague(Role.COMPANION, house.assen, house.in_assen))
    browser.get(reverse("person", kwargs={"file": house.in_assen.pk}))
    line = JournalEntry.objects.latest("pk")
    entries = JournalEntry.objects.all()
    tries: dict[str, Callable[[], Any]] = {
        "queryset.update": lambda: entries.update(action="read"),
        "queryset.delete": lambda: entries.delete(),
        "bulk_update": lambda: entries.bulk_update([line], ["page"]),
        "save": lambda: line.save(),
        "delete": lambda: line.delete(),
        "raw delete": lambda: QuerySet(JournalEntry)._raw_delete(using="default"),
        "SQL update": lambda: _sql(f"UPDATE {JournalEntry._meta.db_table} SET page = 'x'"),  # noqa: S608
        "SQL delete": lambda: _sql(f"DELETE FROM {JournalEntry._meta.db_table}"),  # noqa: S608
        "SQL delete of the heads": lambda: _sql(f"DELETE FROM {JournalHead._meta.db_table}"),  # noqa: S608
    }
    for name, change in tries.items():
        count, page = entries.count(), line.page
        try:
            with transaction.atomic():
                change()
        except (DatabaseFailure, TypeError, ValueError, PermissionError, RuntimeError):
            pass
        stands = entries.count() == count and JournalEntry.objects.filter(pk=line.pk, page=page)
        figure.held(bool(stands), f"{name} went through")
    return figure


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def database_away(house: SmallAssociation) -> Figure:
    """Every page, opened and sent to, while each statement fails."""
    figure = Figure("the database away (each statement fails)", "503 with a sentence, no details")
    browser = logged_in(colleague(Role.COMPANION, house.assen, house.in_assen))
    for name, rule in PAGES.items():
        if name not in ADDRESSES or rule.who is Who.REFUSED:
            continue
        where = address(name, house.in_assen)
        with no_database():
            answers = [browser.get(where), browser.post(where)]
        for answer in answers:
            page = answer.content.decode()
            right = answer.status_code == 503 and "even niet bij de gegevens" in page
            figure.held(right and "server closed" not in page, f"{answer.status_code} {name}")
    figure.held(browser.get("/").status_code == 200, "afterwards Today does not open")
    return figure


@contextmanager
def no_database() -> Iterator[None]:
    """Let every statement fail as when the server is gone."""

    def away(*_: Any) -> Any:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        yield


STATIC = (
    "/.git/config", "/static/", "/static/metgezel/", "/static/../settings.py", "/metgezel/",
    "/static/%2e%2e/settings.py", "/static/..%2f..%2fsettings.py", "/data/keys.json", "/keys.json",
    "/static/metgezel/../../../site/settings.py", "/server-status", "/admin/", "/api/", "/.env",
    "/static/metgezel/base.css~", "/static//etc/passwd", "/docs", "/openapi.json", "/metrics",
)  # fmt: skip


def beside_the_pages() -> Figure:
    """Addresses that scanners try, and methods that no page knows."""
    figure = Figure("scanners' addresses and unusual methods", "404, and 405 for methods")
    browser = Client(raise_request_exception=False)
    for where in STATIC:
        status = browser.get(where).status_code
        figure.held(status == 404, f"{status} {where}")
    for method in ("TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND"):
        for where in ("/", "/account/login/", "/people/", "/nothing/"):
            status = browser.generic(method, where).status_code
            figure.held(status == 405, f"{status} {method} {where}")
    return figure
