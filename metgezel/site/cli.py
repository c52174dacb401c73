"""The command line: ``metgezel SUBCOMMAND …``.

A module with subcommands has ``add_commands(commands)``, which adds its parsers and sets
``run=function(options) -> exit code``: 0 on success, 2 on bad input with one sentence per problem
on stderr. Only the module of the subcommand asked for is imported, so that ``metgezel plan`` needs
no database.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from metgezel.foundation.audit.acting import Acting, acting

BAD_INPUT = 2

#: Which module adds which subcommand. ``django`` is handed over to Django as it stands.
MODULES = {
    "plan": "metgezel.site.cli_law",
    "law": "metgezel.site.cli_law",
    "demo": "metgezel.site.demo",
    "audit": "metgezel.site.cli_audit",
    "migrate": "metgezel.site.cli_migrate",
    "recompute": "metgezel.site.cli_recompute",
    "keys": "metgezel.site.cli_keys",
    "papers": "metgezel.site.cli_papers",
    "backup": "metgezel.site.cli_backup",
    "restore": "metgezel.site.cli_backup",
    "verify": "metgezel.site.cli_backup",
    "privacy": "metgezel.site.cli_privacy",
    "retention": "metgezel.site.cli_privacy",
    "first-run-code": "metgezel.site.first_run",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; the console script passes nothing and gets ``sys.argv``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metgezel.site.settings")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["django"]:
        return django_command(given[1:])
    parser = argparse.ArgumentParser(prog="metgezel")
    commands = parser.add_subparsers(dest="command", required=True)
    for module in sorted({MODULES[given[0]]} if given[:1] and given[0] in MODULES else ()):
        import_module(module).add_commands(commands)
    for name in [*MODULES, "django"]:
        if name not in commands.choices:
            commands.add_parser(name)
    options = parser.parse_args(given)
    with acting(Acting(page=f"metgezel {given[0]}")):
        return int(options.run(options))


def django_command(arguments: Sequence[str]) -> int:
    """Pass everything to Django (migrate, makemigrations, shell …)."""
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
