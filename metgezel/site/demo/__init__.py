"""`metgezel demo`: fill an empty database with invented people, in demo mode only."""

import argparse
import sys

from metgezel.site.database_trouble import with_database
from metgezel.site.progress import Progress

BAD_INPUT = 2
MOST = 1_000_000


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `demo [--people N] [--seed N] [--logins]`."""
    parser = commands.add_parser("demo", help="fill an empty database with invented people")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--logins", action="store_true", help="only tell the demo log-ins")
    parser.set_defaults(run=run)


@with_database
def run(options: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one sentence when it cannot be done."""
    from django.conf import settings

    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.association.models import Unit

    from .generate import fill
    from .organisation import build, logins

    if not settings.METGEZEL_DEMO:
        return _refuse("The demo needs demo mode: set METGEZEL_DEMO=1. Nothing was stored.")
    if not 1 <= options.people <= MOST:
        return _refuse(f"--people: a number from 1 to {MOST:,} is needed. Nothing was stored.")
    if not options.logins:
        if Unit.objects.exists():
            return _refuse("This database already holds an association. Nothing was stored.")
        tell = Progress(options.people, "people")
        fill(build(), options.people, options.seed, current_day(), tell)
    print("Demo log-ins (invented people only):")
    for line in logins():
        print(f"  {line}")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return BAD_INPUT
