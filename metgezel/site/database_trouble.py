"""What goes wrong between a command and the database, in one sentence instead of a stack trace."""

import argparse
import sys
from collections.abc import Callable
from functools import wraps

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

from metgezel.engines.rules import LawErrors

TROUBLE = 2
Command = Callable[[argparse.Namespace], int]


def with_database(run: Command) -> Command:
    """Set Django up, run the command, and say in one sentence why it could not go on."""

    @wraps(run)
    def told(options: argparse.Namespace) -> int:
        try:
            django.setup()
            return run(options)
        except ImproperlyConfigured as problem:
            sentence = str(problem)
        except LawErrors as problem:
            sentence = f"The law packs cannot be used: {problem}"
        except (DatabaseError, InterfaceError) as problem:
            sentence = f"The database cannot be used: {first_line(problem)}."
        print(sentence, file=sys.stderr)
        return TROUBLE

    return told


def first_line(problem: BaseException) -> str:
    """What the driver says, without its hints: `database or disk is full`."""
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[0].strip().rstrip(".")
