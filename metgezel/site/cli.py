"""The command line: ``metgezel SUBCOMMAND …``.

Each subcommand is a function that takes the arguments after its name and returns the exit code:
0 on success, 2 on bad input (with one sentence per problem on stderr). It is imported only when
asked for, so that ``metgezel plan`` needs no database.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

BAD_INPUT = 2


class Subcommand(NamedTuple):
    """Where a subcommand lives and what it is for."""

    module: str
    function: str
    purpose: str


SUBCOMMANDS: dict[str, Subcommand] = {
    "plan": Subcommand("metgezel.site.cli_law", "plan_command", "compute the plan of one case"),
    "law": Subcommand("metgezel.site.cli_law", "law_command", "list, show, check, compare rules"),
    "demo": Subcommand("metgezel.site.demo", "demo_command", "fill an empty database with people"),
    "django": Subcommand("metgezel.site.cli", "django_command", "Django's own commands"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; the console script passes nothing and gets sys.argv."""
    name, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if name in {"--help", "-h", "help"}:
        print(_help())
        return 0
    subcommand = SUBCOMMANDS.get(name)
    if subcommand is None:
        print(f"metgezel has no '{name}'; choose from {', '.join(SUBCOMMANDS)}.", file=sys.stderr)
        return BAD_INPUT
    run = getattr(import_module(subcommand.module), subcommand.function)
    code = run(rest)
    return int(code or 0)


def _help() -> str:
    lines = [f"  {name:<8} {one.purpose}" for name, one in SUBCOMMANDS.items()]
    return "\n".join(["usage: metgezel SUBCOMMAND …", "", *lines])


def django_command(arguments: Sequence[str]) -> int:
    """Pass everything to Django (migrate, makemigrations, shell …)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metgezel.site.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["metgezel django", *arguments])
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    return 0


if __name__ == "__main__":
    sys.exit(main())
