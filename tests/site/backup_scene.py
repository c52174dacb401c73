"""What the backup drill runs in processes of their own: `python -m tests.site.backup_scene PART`.

- ``fill``: an association with clients, a V-number, a paper and a colleague who can log in;
- ``write``: record events until the input closes; a line on the output for each that is stored;
- ``older``: an empty database as it was before there were papers;
- ``look``: what is there, as JSON.
"""

import json
import sys
import threading
from datetime import date
from typing import Any

import django

TODAY = date(2026, 11, 24)
EMAIL, PASSWORD = "noor@example.org", "samen-op-weg"
NUMBER = "1234567890"
PAPER = b"Beste Amal, uw besluit"


def fill() -> None:
    from django.core.management import call_command

    from metgezel.companion.journeys.recording import NewEvent, record_event
    from metgezel.companion.papers.keeping import add_paper
    from metgezel.foundation.access.assignments import assign
    from metgezel.foundation.association.memberships import give_role
    from metgezel.foundation.association.models import User
    from metgezel.foundation.association.roles import Role
    from metgezel.foundation.people.identifiers import keep_v_number
    from tests.small_association import BEGIN, small_association

    call_command("migrate", verbosity=0, interactive=False)
    house = small_association()
    keep_v_number(house.in_assen.person, NUMBER)
    noor = User.objects.create_user(EMAIL, "Noor", PASSWORD)
    give_role(noor, house.assen, Role.COMPANION, BEGIN)
    assign(house.in_assen, noor, BEGIN)
    decision = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"}, "Ünïcode\n\t\\N")
    record_event(house.in_assen, noor, 1, decision, TODAY)
    add_paper(house.in_assen, noor, "Besluit", PAPER)


def older() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    call_command("migrate", verbosity=0, interactive=False)
    MigrationExecutor(connection).migrate([("papers", None)])


def write() -> None:
    from metgezel.companion.journeys.recording import NewEvent, record_event
    from metgezel.foundation.people.models import ClientFile

    stop = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    file = ClientFile.objects.get(person__given_name="Girma")
    while not stop.is_set():
        version = ClientFile.objects.get(pk=file.pk).version
        happened = NewEvent("asylum.made", "2026-10-01", {}, f"version {version}")
        print(record_event(file, None, version, happened, TODAY).pk, flush=True)


def look() -> None:
    from django.test import Client, override_settings
    from django.urls import reverse

    from metgezel.companion.journeys.models import Event, PlanStep
    from metgezel.companion.journeys.plan_index import recompute_plan
    from metgezel.companion.papers.keeping import content_of
    from metgezel.companion.papers.models import Paper
    from metgezel.foundation.people.identifiers import people_with_v_number
    from metgezel.foundation.people.models import ClientFile, Person

    browser = Client()
    with override_settings(METGEZEL_SECOND_FACTOR_REQUIRED=False):
        browser.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
        answer = browser.get(reverse("person", kwargs={"file": _file_of("Amal")}))
    plans = list(_plans(PlanStep))
    for file in ClientFile.objects.order_by("pk"):
        recompute_plan(file, TODAY)
    found = people_with_v_number(Person.objects.all(), NUMBER)
    said = {
        "events": sorted(str(pk) for pk in Event.objects.values_list("pk", flat=True)),
        "notes": sorted(Event.objects.exclude(note__startswith="v").values_list("note", flat=True)),
        "plans": plans,
        "plans_agree": plans == list(_plans(PlanStep)),
        "page": answer.status_code,
        "papers": [content_of(paper).decode() for paper in Paper.objects.all()],
        "number": [person.identifiers.get().value for person in found],
    }
    print(json.dumps(said))


def _file_of(name: str) -> Any:
    from metgezel.foundation.people.models import ClientFile

    return ClientFile.objects.get(person__given_name=name).pk


def _plans(steps: Any) -> Any:
    rows = steps.objects.order_by("file", "rule", "event_root", "member")
    return map(str, rows.values_list("file", "rule", "event_root", "due", "closed"))


if __name__ == "__main__":
    django.setup()
    {"fill": fill, "older": older, "write": write, "look": look}[sys.argv[1]]()
