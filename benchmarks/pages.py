"""Time Today, the list of people and a person page as the server sees them.

Run it on a filled demo database; benchmarks/README.md says how. Prints the median and the 95th
percentile of the server's own time in milliseconds, and the number of queries.
"""

# ruff: noqa: E402  (Django is set up before its models are imported)
import argparse
import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metgezel.site.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from metgezel.companion.journeys.models import PlanStep
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

COMPANION, TEAM_LEADER = "companion@demo.example", "team_leader@demo.example"


def measured(client: Client, address: str, times: int) -> tuple[float, float, int]:
    """Return (median ms, 95th percentile ms, queries) of one page; the first visit warms up."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    count = len(queries)  # read now: the next request empties the log
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    found = []
    for _ in range(times):
        start = time.perf_counter()
        client.get(address)
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found), statistics.quantiles(found, n=20)[18], count


def main() -> None:
    """Measure every page for a companion and for a team leader."""
    parser = argparse.ArgumentParser(description="server time of the main pages")
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    print(
        f"{connection.vendor}: {ClientFile.objects.count():,} clients, "
        f"{PlanStep.objects.count():,} steps, {times} visits a page"
    )
    print(f"{'page':32} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8}")
    file = Assignment.objects.filter(user__email=COMPANION).order_by("id").first()
    assert file is not None, "the demo is not in this database"
    pages = {
        "today": reverse("today"),
        "people": reverse("people"),
        "person": reverse("person", args=[file.file_id]),
    }
    for email in (COMPANION, TEAM_LEADER):
        client = Client()
        client.force_login(
            User.objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend"
        )
        for name, address in pages.items():
            half, most, queries = measured(client, address, times)
            label = f"{name} ({email.split('@')[0]})"
            print(f"{label:32} {half:8.1f} {most:8.1f} {queries:8}")


if __name__ == "__main__":
    main()
