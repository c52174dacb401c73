"""`metgezel recompute`: bring stored plans up to date after the law packs changed."""

import argparse
import sys

from .database_trouble import with_database
from .progress import Progress


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `recompute`."""
    parser = commands.add_parser("recompute", help="compute plans made with older law again")
    parser.set_defaults(run=run)


@with_database
def run(_options: argparse.Namespace) -> int:
    """Exit code 0; says how many plans were computed again, and each that could not be."""
    from metgezel.companion.journeys.recompute import files_behind, recompute_files
    from metgezel.foundation.association.clock import current_day

    keys = files_behind()
    if not keys:
        return 0
    print(f"The law changed since {len(keys):,} plans were made; they are computed again.")
    tell, refused = Progress(len(keys), "plans"), 0
    try:
        for done, sentence in enumerate(recompute_files(keys, current_day()), 1):
            if sentence:
                refused += 1
                print(f"\n{sentence}" if sys.stdout.isatty() else sentence, file=sys.stderr)
            tell(done)
    except KeyboardInterrupt:
        print("\nStopped. What was computed is kept; the next time goes on from there.")
        return 130
    if refused:
        print(f"{refused:,} could not be computed (above); the next time tries them again.")
    return 0
