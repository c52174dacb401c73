"""`metgezel migrate`: bring the tables up to date, unless a newer Metgezel made them."""

import argparse
import sys

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .database_trouble import TROUBLE, with_database


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `migrate`."""
    parser = commands.add_parser("migrate", help="bring the database up to date")
    parser.set_defaults(run=run)


@with_database
def run(_options: argparse.Namespace) -> int:
    """Exit code 0, or 2 with one sentence; each change of a table is all or nothing."""
    newer = unknown_changes()
    if newer:
        print(
            f"The database was last used by a newer Metgezel (it has {newer[0]}, which this one "
            "does not know). Start that version, or restore the backup from before the upgrade. "
            "Nothing was changed.",
            file=sys.stderr,
        )
        return TROUBLE
    call_command("migrate", verbosity=0, interactive=False)
    return 0


def unknown_changes() -> list[str]:
    """Changes of tables in the database that this checkout does not know, by name."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations) | {
        replaced for one in loader.disk_migrations.values() for replaced in one.replaces
    }
    return sorted(
        f"{app}.{name}"
        for app, name in set(loader.applied_migrations or ()) - known
        if app in loader.migrated_apps
    )
