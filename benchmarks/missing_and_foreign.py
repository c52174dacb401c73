"""Time what is answered for a file that does not exist and for one that is somebody else's.

Run it on a filled demo database (benchmarks/README.md). Both answers must be the same page, and one
must not take longer than the other: their medians and the spread are printed, in one run, taken in
turns. A difference smaller than the spread of one kind against itself tells nobody anything.
"""

# ruff: noqa: E402  (Django is set up before its models are imported)
import argparse
import os
import re
import statistics
import time
from collections.abc import Callable
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metgezel.site.settings")

import django

django.setup()

import logging

from django.test import Client
from django.urls import reverse

from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

COMPANION = "companion@demo.example"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def main() -> None:
    """Print both medians, and the same for missing against missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=300)
    times = parser.parse_args().times
    logging.disable()
    user = User.objects.get(email=COMPANION)
    browser = Client()
    browser.force_login(user)
    own = ClientFile.objects.visible_to(user).values("pk")
    foreign = list(ClientFile.objects.exclude(pk__in=own).values_list("pk", flat=True)[:50])
    print(f"{times} of each, in turns; the file page as {COMPANION}")

    def visit(file: object) -> tuple[float, bytes]:
        where = reverse("person", kwargs={"file": file})
        began = time.perf_counter()
        answer = browser.get(where)
        took = (time.perf_counter() - began) * 1000
        assert answer.status_code == 404, where
        page = TOKEN.sub(b"", answer.content).replace(str(file).encode(), b"")
        return took, page

    number = iter(range(10**9))
    kinds: dict[str, Callable[[], object]] = {
        "missing": uuid4,
        "somebody else's": lambda: foreign[next(number) % len(foreign)],
        "missing again": uuid4,
    }
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    pages: set[bytes] = set()
    for _ in range(times):
        for kind, choose in kinds.items():
            milliseconds, page = visit(choose())
            took[kind].append(milliseconds)
            pages.add(page)
    for kind, all_of_it in took.items():
        low, _, high = statistics.quantiles(all_of_it, n=4)
        median = statistics.median(all_of_it)
        print(f"{kind:16} median {median:6.2f} ms   half of them {low:.2f} to {high:.2f}")
    print(f"different pages: {len(pages)} (1 means that nobody can tell them apart)")


if __name__ == "__main__":
    main()
