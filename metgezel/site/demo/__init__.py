"""`metgezel demo`: fill an empty database with invented people, in demo mode only."""

import argparse
import sys

from metgezel.site.database_trouble import with_database
from metgezel.site.progress import Progress

BAD_INPUT, BROKEN_OFF = 2, 130
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
    """Exit code 0, 130 when broken off, or 2 with one sentence when it cannot be done."""
    from django.conf import settings

    if not settings.METGEZEL_DEMO:
        return _refuse("The demo needs demo mode: set METGEZEL_DEMO=1. Nothing was stored.")
    if not 1 <= options.people <= MOST:
        return _refuse(f"--people: a number from 1 to {MOST:,} is needed. Nothing was stored.")
    return _tell_logins() if options.logins else _fill(options)


def _fill(options: argparse.Namespace) -> int:
    from django.db import transaction

    from metgezel.foundation.association.clock import current_day

    from .existing import holds_data
    from .generate import fill
    from .rows import learn_sizes

    try:
        # One transaction: whoever breaks off half-way finds an empty database, not half a demo.
        with transaction.atomic():
            if holds_data():
                return _refuse("This database already holds people. Nothing was stored.")
            tell = Progress(options.people, "people")
            fill(options.people, options.seed, current_day(), tell)
    except KeyboardInterrupt:
        _refuse("\nBroken off. Nothing was stored; start again for a whole demo.")
        return BROKEN_OFF
    learn_sizes()
    return _tell_logins()


def _tell_logins() -> int:
    from .organisation import logins

    lines = logins()
    if lines:
        print("Demo log-ins (invented people only):")
    else:
        print("This database holds no demo; log in with an account of your own.")
    for line in lines:
        print(f"  {line}")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return BAD_INPUT
