"""`metgezel recompute`: bring stored plans up to date after the law packs changed."""

import argparse


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `recompute`."""
    parser = commands.add_parser("recompute", help="compute plans made with older law again")
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Exit code 0; prints how many plans were computed again."""
    import django

    django.setup()
    from metgezel.companion.journeys.plan_index import recompute_behind
    from metgezel.foundation.association.clock import current_day

    print(f"{recompute_behind(current_day())} plans computed again")
    return 0
