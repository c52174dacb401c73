"""`metgezel backup`, `restore` and `verify`: one encrypted file with everything."""

import argparse
import os
import sys
from functools import wraps
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

from .backup.journal import journal_warnings
from .backup.restoring import restore as restored
from .backup.secret import BackupRefused, make_key, read_key
from .backup.taking import take_backup
from .backup.verifying import Verified
from .backup.verifying import verify as verified
from .database_trouble import TROUBLE, Command, first_line, with_database


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the three commands."""
    taking = commands.add_parser("backup", help="write everything to one encrypted file")
    what = taking.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="FILE", help="the backup to make")
    what.add_argument("--new-key", type=Path, metavar="FILE", help="make a key for backups")
    taking.set_defaults(run=backup)
    restoring = commands.add_parser("restore", help="put a backup back in an empty place")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    restoring.add_argument("--database", default="", metavar="URL", help="empty PostgreSQL")
    restoring.add_argument(
        "--anchor", type=Path, metavar="FILE", help="the journal's anchors, kept elsewhere"
    )
    restoring.set_defaults(run=restore)
    verifying = commands.add_parser("verify", help="open a backup and count it again")
    verifying.add_argument("file", type=Path)
    verifying.set_defaults(run=verify)
    for parser in (taking, restoring, verifying):
        parser.add_argument(
            "--key", type=Path, metavar="FILE", help="the key or passphrase (METGEZEL_BACKUP_KEY)"
        )


def in_one_sentence(run: Command) -> Command:
    """Run, and print every refusal as one sentence with exit code 2."""

    @wraps(run)
    def told(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except (BackupRefused, ImproperlyConfigured) as problem:
            print(problem, file=sys.stderr)
        except (DatabaseError, InterfaceError) as problem:
            print(f"The database cannot be used: {first_line(problem)}.", file=sys.stderr)
        except OSError as problem:
            print(f"This could not be finished: {problem}.", file=sys.stderr)
        return TROUBLE

    return told


@in_one_sentence
def backup(options: argparse.Namespace) -> int:
    """Make a key, or a backup that is then verified."""
    if options.new_key:
        make_key(options.new_key)
        print(f"The key is {options.new_key}. Keep a copy where no backup is kept: without it no")
        print("backup opens, and whoever has both reads everything.")
        return 0
    return _backup(options)


@with_database
@in_one_sentence
def _backup(options: argparse.Namespace) -> int:
    place = _key_place(options)
    key = read_key(place)
    if place and place.resolve().parent == options.out.resolve().parent:
        print(
            f"The key stands in the same folder as the backup: whoever takes {place.parent} can "
            "read everything. Keep them apart.",
            file=sys.stderr,
        )
    take_backup(options.out, key)
    _tell(verified(options.out, key), options.out)
    return 0


@in_one_sentence
def verify(options: argparse.Namespace) -> int:
    """Say what is in a backup, or why it is not whole. Needs no database."""
    _tell(verified(options.file, read_key(_key_place(options))), options.file)
    return 0


@in_one_sentence
def restore(options: argparse.Namespace) -> int:
    """Restore in a new place and say how to start there."""
    found = restored(options.file, read_key(_key_place(options)), options.into, options.database)
    _tell(found, options.file)
    for warning in journal_warnings(found, options.anchor):
        print(warning, file=sys.stderr)
    print(f"It is restored in {options.into}. Start it with: METGEZEL_DATA={options.into}", end="")
    print(" METGEZEL_DATABASE_URL=… ./run --no-demo" if options.database else " ./run --no-demo")
    return 0


def _key_place(options: argparse.Namespace) -> Path | None:
    named = os.environ.get("METGEZEL_BACKUP_KEY")
    return options.key or (Path(named) if named else None)


def _tell(found: Verified, path: Path) -> None:
    """One line per thing worth knowing; counts, never contents."""
    manifest = found.manifest
    rows, papers = sum(manifest.rows.values()), len(manifest.papers) - len(found.absent)
    print(f"{path}: whole, made on {found.about.taken_at} by Metgezel {found.about.app_version}.")
    print(f"{rows:,} rows in {len(manifest.rows)} tables, {papers:,} papers, and the keys.")
    if found.absent:
        print(
            f"Of {len(found.absent):,} papers the content was not there any more; "
            f"the first is {found.absent[0]}.",
            file=sys.stderr,
        )
