"""Time Today, the list of people and a person page as the server sees them.

Run it on a filled demo database; benchmarks/README.md says how. The baseline is Django's own admin
list over the same rows, in the same run. Each round visits every page once, so that a busy moment
of the machine meets all pages alike.
"""

# ruff: noqa: E402  (Django is set up before its models are imported)
import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metgezel.site.settings")

import django

from metgezel.site import settings

settings.INSTALLED_APPS.append("django.contrib.admin")  # the baseline; we have no admin ourselves
django.setup()

from django.contrib.admin import AdminSite, ModelAdmin
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path, reverse

from metgezel.companion.journeys.models import PlanStep
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

VISITORS = {
    "companion": "companion@demo.example",
    "leader of a location": "team_leader@demo.example",
    "leader of a foundation": "foundation_leader@demo.example",
}
MOST_MS, MOST_QUERIES = 100.0, 12
FILES = 60
Visit = Callable[[], Any]


@dataclass
class Page:
    """A page, who looks at it, and how long its visits took: (wall, processor) in ms."""

    name: str
    visit: Visit
    queries: int = 0
    took: list[tuple[float, float]] = field(default_factory=list)

    def measure(self) -> None:
        """Visit once."""
        wall, processor = time.perf_counter(), time.process_time()
        self.visit()
        self.took.append(
            ((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000)
        )

    def count(self, times: int) -> None:
        """Warm up, and keep the largest number of queries of some visits."""
        for _ in range(times):
            with CaptureQueriesContext(connection) as queries:
                self.visit()
            self.queries = max(self.queries, len(queries))

    def of(self, share: int, clock: int = 0) -> float:
        """A percentile of the visits in ms; clock 0 is the wall's, 1 the processor's."""
        return statistics.quantiles([t[clock] for t in self.took], n=100)[share - 1]


def client_pages(name: str, email: str) -> Iterator[Page]:
    """The main pages as one colleague sees them; the person page turns to another each visit."""
    user = User.objects.get(email=email)
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    files = ClientFile.objects.visible_to(user).order_by("number").values_list("pk", flat=True)
    persons = cycle([reverse("person", args=[file]) for file in files[:FILES]])
    for page, address in (("today", reverse("today")), ("people", reverse("people"))):
        yield Page(f"{page}, {name}", lambda a=address: _get(client, a))  # type: ignore[misc]
    yield Page(f"person, {name}", lambda: _get(client, next(persons)))


def _get(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


class AdminOfFiles(ModelAdmin):
    """The admin's list with the columns our list of people shows, 50 rows a page."""

    list_display = ("person", "number", "unit", "next_due")
    list_select_related = ("person", "unit")
    list_per_page = 50
    ordering = ("person__search_name",)


class AdminOfSteps(ModelAdmin):
    """The admin's list with what Today shows: open steps, 50 a page, the gravest loss first."""

    list_display = ("file", "rule", "safe", "due", "who")
    list_select_related = ("file__person",)
    list_per_page = 50
    ordering = ("-loss", "safe")


def admin_pages() -> list[Page]:
    """Django's admin list of all files, and of all steps, without any rule about who may look."""
    import metgezel.site.urls as ours

    site = AdminSite()
    site.each_context = lambda request: {"available_apps": []}  # type: ignore[method-assign]
    site.register(ClientFile, AdminOfFiles)
    site.register(PlanStep, AdminOfSteps)
    ours.urlpatterns.append(path("benchmark-admin/", site.urls))
    clear_url_caches()
    return [
        Page("admin list of files", _admin_visit(site.get_model_admin(ClientFile))),
        Page("admin list of steps", _admin_visit(site.get_model_admin(PlanStep))),
    ]


def _admin_visit(admin: ModelAdmin) -> Visit:
    for right in ("view", "change", "add", "delete", "module"):
        setattr(admin, f"has_{right}_permission", lambda *rest, **named: True)

    def visit() -> None:
        request: HttpRequest = RequestFactory().get("/benchmark-admin/")
        request.user = User.objects.get(email=VISITORS["companion"])
        answer: Any = admin.changelist_view(request)
        answer.render()

    return visit


def main() -> None:
    """Measure every page for every visitor, and the admin's list."""
    parser = argparse.ArgumentParser(description="server time of the main pages")
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    admin = admin_pages()
    pages = [page for visitor in VISITORS.items() for page in client_pages(*visitor)]
    for page in (*pages, *admin):
        page.count(5)
    for _ in range(times):
        for page in (*pages, *admin):
            page.measure()
    _tell(pages, admin, times)


def _tell(pages: list[Page], admin: list[Page], times: int) -> None:
    files, steps = admin
    print(
        f"{connection.vendor}: {ClientFile.objects.count():,} clients, "
        f"{PlanStep.objects.count():,} steps; {times} visits a page, milliseconds"
    )
    print(f"{'':32} {'p50':>6} {'p95':>6} {'cpu p95':>8} {'queries':>8} {'of admin':>9}")
    for page in (*pages, *admin):
        base = steps if page.name.startswith("today") else files
        late = page.of(95) >= MOST_MS or page.queries > MOST_QUERIES or page.of(50) > base.of(50)
        print(
            f"{page.name:32} {page.of(50):6.0f} {page.of(95):6.0f} {page.of(95, 1):8.0f} "
            f"{page.queries:8} {page.of(50) / base.of(50):9.2f}"
            f"{'  over budget' if late and page not in admin else ''}"
        )
    print(f"budget: p95 < {MOST_MS:.0f} ms, at most {MOST_QUERIES} queries, not slower than admin")


if __name__ == "__main__":
    main()
