"""`metgezel papers check|sweep`: does every paper open, and what is kept that belongs to none."""

import argparse
import sys
from datetime import UTC, datetime

from .database_trouble import TROUBLE, with_database


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `papers` with its two subcommands."""
    parser = commands.add_parser("papers", help="look after the papers in the files")
    parts = parser.add_subparsers(dest="part", required=True)
    checking = parts.add_parser("check", help="open every paper and say which do not")
    checking.set_defaults(run=check)
    sweeping = parts.add_parser("sweep", help="remove contents of a day ago that no paper names")
    sweeping.set_defaults(run=sweep)


@with_database
def check(_options: argparse.Namespace) -> int:
    """Exit code 0 when every paper opens; else 2 with the file and paper of each that does not."""
    from metgezel.companion.papers.keeping import lost_papers

    lost = lost_papers()
    for paper in lost:
        print(f"File {paper.file.number}: paper {paper.pk} cannot be opened.", file=sys.stderr)
    print(f"{len(lost):,} papers cannot be opened." if lost else "Every paper opens.")
    return TROUBLE if lost else 0


@with_database
def sweep(_options: argparse.Namespace) -> int:
    """Say how many contents were removed."""
    from metgezel.companion.papers.keeping import sweep as swept

    try:
        count = swept(datetime.now(UTC))
    except OSError as problem:
        print(f"The papers cannot be swept: {problem}.", file=sys.stderr)
        return TROUBLE
    print(f"{count:,} contents of no paper were removed.")
    return 0
