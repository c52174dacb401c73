"""What the faults run inside an installation: `python -m tests.faults.inside PART`, JSON out.

- ``fill N``: a companion with N files and a session of hers;
- ``look``: what is stored, whether every plan agrees with its events, whether the journal is whole;
- ``faults N``: the faults that need no other process, N times what the build tries.
"""

import json
import logging
import sys
from datetime import date
from typing import Any

import django

TODAY = date(2026, 11, 24)


def fill(files: int) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from metgezel.companion.journeys.recording import NewEvent, record_event
    from metgezel.foundation.association.roles import Role
    from tests.small_association import client, colleague, small_association

    call_command("migrate", verbosity=0, interactive=False)
    place = small_association().assen
    theirs = [client(f"Client {number}", place) for number in range(files)]
    made = NewEvent("asylum.made", "2026-09-01", {})
    for file in theirs:
        record_event(file, None, 1, made, TODAY)
    browser = Client()
    browser.force_login(colleague(Role.COMPANION, place, *theirs))
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return {"files": [str(file.pk) for file in theirs], "session": session}


def look() -> dict[str, Any]:
    from metgezel.companion.journeys.models import Event, PlanStep
    from metgezel.companion.journeys.plan_index import plan_of
    from metgezel.foundation.audit.models import JournalEntry
    from metgezel.foundation.audit.verifying import found_faults, missing_triggers
    from metgezel.foundation.people.models import ClientFile

    differ = []
    for file in ClientFile.objects.order_by("pk"):
        steps = PlanStep.objects.filter(file=file)
        index = {(step.rule, str(step.event_root), step.due) for step in steps}
        engine = {(step.rule.id, step.event.key, step.due) for step in plan_of(file, TODAY).steps}
        if index != engine:
            differ.append(str(file.pk))
    return {
        "letters": sorted(
            Event.objects.exclude(document_reference="").values_list(
                "document_reference", flat=True
            )
        ),
        "plans that differ": differ,
        "journal": [str(fault) for fault in found_faults()] + missing_triggers(),
        "lines": JournalEntry.objects.count(),
    }


def faults(times: int) -> list[dict[str, Any]]:
    from django.core.management import call_command
    from django.db import transaction

    from tests.faults import addresses, people, tokens
    from tests.small_association import small_association

    call_command("migrate", verbosity=0, interactive=False)
    all_of_it = times > 1
    roles = addresses.MANY if all_of_it else addresses.FEW
    values = addresses.HOSTILE if all_of_it else addresses.FEW_HOSTILE
    tries = [
        lambda house: addresses.guessed_ids(house, times, roles),
        lambda house: addresses.hostile_queries(house, values, roles),
        lambda house: tokens.forged_sessions(house, 100 * times),
        tokens.fixed_session,
        tokens.forged_forms,
        lambda _: tokens.forged_links(300 * times),
        tokens.forged_messages,
        lambda house: tokens.wrong_passwords(house, 10_000 if all_of_it else 1_000),
        people.removed_in_mid_session,
        people.journal_in_bulk,
        people.database_away,
        lambda _: people.beside_the_pages(),
    ]
    done = []
    for fault in tries:
        # Each begins with the same small association, which is taken back afterwards.
        with transaction.atomic():
            figure = fault(small_association())
            transaction.set_rollback(True)
        done.append(vars(figure))
        print(f"    {figure.fault}: {figure.tried}, wrong {len(figure.wrong)}", file=sys.stderr)
    return done


if __name__ == "__main__":
    django.setup()
    logging.disable()
    part, *numbers = sys.argv[1:]
    parts: dict[str, Any] = {"fill": fill, "look": look, "faults": faults}
    print(json.dumps(parts[part](*map(int, numbers))))
