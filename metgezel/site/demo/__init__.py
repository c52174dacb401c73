"""`metgezel demo`: fill an empty database with invented people, in demo mode only."""

import argparse
import sys
import time

BAD_INPUT = 2
MOST = 1_000_000


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `demo [--people N] [--seed N] [--logins]`."""
    parser = commands.add_parser("demo", help="fill an empty database with invented people")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--logins", action="store_true", help="only tell the demo log-ins")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one sentence when it cannot be done."""
    import django

    django.setup()
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
        fill(build(), options.people, options.seed, current_day(), _Progress(options.people))
    print("Demo log-ins (invented people only):")
    for line in logins():
        print(f"  {line}")
    return 0


class _Progress:
    """A bar on a terminal, now and then a line elsewhere."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.started = time.monotonic()
        self.told = 0.0

    def __call__(self, done: int) -> None:
        share = done / self.total
        seconds = time.monotonic() - self.started
        if sys.stdout.isatty():
            bar = "#" * round(30 * share)
            end = "\n" if done == self.total else ""
            print(f"\r  [{bar:<30}] {done:,} of {self.total:,} people", end=end, flush=True)
        elif share - self.told >= 0.1 or done == self.total:
            self.told = share
            print(f"  {done:,} of {self.total:,} people, {seconds:.0f} s", flush=True)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return BAD_INPUT
