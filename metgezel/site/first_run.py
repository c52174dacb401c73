"""``metgezel first-run-code``: shows the code the first administrator needs, while needed."""

import argparse

from .database_trouble import with_database


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the subcommand."""
    parser = commands.add_parser(
        "first-run-code", help="show the one-time code for the first administrator"
    )
    parser.set_defaults(run=show_code)


@with_database
def show_code(_options: argparse.Namespace) -> int:
    """Print the code, or nothing when somebody has an account already."""
    from metgezel.foundation.association.first_run import first_run_code, is_first_run

    if is_first_run():
        print(f"Code for the first administrator: {first_run_code()}")
    return 0
