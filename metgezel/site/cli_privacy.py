"""`metgezel privacy …` and `metgezel retention`: what the privacy officer asks the server to do.

She sees no files; these commands read them on her behalf and answer with numbers, not with names.
"""

import argparse
import os
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from .database_trouble import TROUBLE, Command, with_database

if TYPE_CHECKING:
    from metgezel.foundation.people.erasure import Erasure
    from metgezel.foundation.people.models import ClientFile
    from metgezel.foundation.privacy.erasure_plan import ErasurePlan
    from metgezel.foundation.privacy.leftovers import Leftover


class PrivacyRefused(Exception):
    """Something is not done; the message is one sentence that says why and what to do."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `privacy` with its parts, and `retention`."""
    parser = commands.add_parser("privacy", help="erase, give an overview, search, account for")
    parts = parser.add_subparsers(dest="part", required=True)
    erase = parts.add_parser("erase", help="show what erasing a file does; with --yes do it")
    erase.add_argument("number", help="the file number, such as K7P-3QX")
    erase.add_argument("--yes", action="store_true", help="erase; this cannot be undone")
    erase.set_defaults(run=run_erase)
    listing = parts.add_parser("erased", help="list the erased files, to keep elsewhere")
    listing.add_argument("--out", type=Path, required=True, metavar="FILE")
    listing.set_defaults(run=run_erased)
    again = parts.add_parser("erase-again", help="erase what came back with a restored backup")
    again.add_argument("list", type=Path, metavar="FILE", help="made by `metgezel privacy erased`")
    again.set_defaults(run=run_again)
    export = parts.add_parser("export", help="everything about one person, as a ZIP")
    export.add_argument("number", help="the file number, such as K7P-3QX")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.add_argument("--lang", choices=("nl", "en"), default="nl")
    export.set_defaults(run=run_export)
    search = parts.add_parser("leftovers", help="where these words still stand")
    search.add_argument("words", nargs="+", metavar="WORD")
    search.set_defaults(run=run_leftovers)
    account = parts.add_parser("register", help="the register of processing (GDPR art. 30)")
    account.add_argument("--out", type=Path, required=True, metavar="FILE")
    account.add_argument("--lang", choices=("nl", "en"), default="nl")
    account.set_defaults(run=run_register)
    keeping = commands.add_parser("retention", help="notify, wait and erase what was kept enough")
    how = keeping.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="only say what would be done")
    how.add_argument("--run", action="store_true", dest="really", help="do it, every night")
    keeping.set_defaults(run=run_keeping)


def in_one_sentence(run: Command) -> Command:
    """Run, and print every refusal as one sentence with exit code 2."""

    @wraps(run)
    def told(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except PrivacyRefused as problem:
            print(problem, file=sys.stderr)
        except OSError as problem:
            print(f"The file cannot be used: {problem}.", file=sys.stderr)
        return TROUBLE

    return with_database(told)


@in_one_sentence
def run_erase(options: argparse.Namespace) -> int:
    """Print the plan; with --yes carry it out and print where words of her still stand."""
    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.privacy.erasing import erase_file
    from metgezel.foundation.privacy.erasure_plan import plan_erasure
    from metgezel.foundation.privacy.models import ErasedFile

    file = _file(options.number)
    _print_plan(plan_erasure(file))
    if not options.yes:
        print("Nothing was changed. Add --yes to erase; it cannot be undone.")
        return 0
    done = erase_file(file, ErasedFile.Why.ASKED, current_day())
    print(f"File {file.number} is erased.")
    _print_leftovers(done.left)
    print("Backups made before today still hold this file; see docs/privacy.md.")
    return 0


@in_one_sentence
def run_erased(options: argparse.Namespace) -> int:
    """Write one id and number per line; it names nobody."""
    from metgezel.foundation.privacy.models import ErasedFile

    rows = ErasedFile.objects.order_by("erased_on", "pk").values_list("file", "number")
    lines = [f"{file} {number}\n" for file, number in rows]
    options.out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines):,} erased files are listed in {options.out}. Keep it apart from backups.")
    return 0


@in_one_sentence
def run_again(options: argparse.Namespace) -> int:
    """Erase each file of the list that is here again."""
    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.privacy.erasing import erase_again

    count = 0
    for done in erase_again(_listed(options.list), current_day()):
        print(f"File {done.proof.number} is erased again.", flush=True)
        count += 1
    print(f"{count:,} files had come back." if count else "No erased file had come back.")
    return 0


def _listed(path: Path) -> list[UUID]:
    numbers = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            numbers.append(UUID(line.partition(" ")[0]))
        except ValueError:
            raise PrivacyRefused(f"Line {place} of {path} is no erased file.") from None
    return numbers


@in_one_sentence
def run_export(options: argparse.Namespace) -> int:
    """Write the overview; only the owner of the file may read it, and none is written over."""
    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.audit.models import Action
    from metgezel.foundation.audit.writing import Line, record
    from metgezel.foundation.privacy.overview_file import overview_zip

    file = _file(options.number)
    content = overview_zip(file, current_day(), options.lang)
    record(Line(Action.EXPORTED, file.pk, number=1))
    _write_new(options.out, content)
    print(f"Everything about file {file.number} is in {options.out}. Hand it over, then remove it.")
    return 0


@in_one_sentence
def run_leftovers(options: argparse.Namespace) -> int:
    """Exit code 0 whether or not words are found: a person must judge them."""
    from metgezel.foundation.privacy.leftovers import Traces, leftovers

    short = [word for word in options.words if len(word.strip()) < 3]
    if short:
        raise PrivacyRefused(f"'{short[0]}' is too short to search for; give three signs or more.")
    _print_leftovers(leftovers(Traces(frozenset(options.words))))
    return 0


@in_one_sentence
def run_register(options: argparse.Namespace) -> int:
    """Write the register as Markdown; it holds no data of anybody and may be written over."""
    from django.utils import translation

    from metgezel.foundation.privacy.processing import as_text, register

    with translation.override(options.lang):
        rows = register()
        options.out.write_text(as_text(rows), encoding="utf-8")
    print(f"{len(rows)} kinds of records are in {options.out}.")
    return 0


@in_one_sentence
def run_keeping(options: argparse.Namespace) -> int:
    """Print a sentence for each thing done; what was done stays done when this is stopped."""
    from datetime import UTC, datetime

    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.privacy.keeping import run_retention

    count = 0
    for sentence in run_retention(current_day(), datetime.now(UTC), look=not options.really):
        print(sentence, flush=True)
        count += 1
    if not count:
        print("Nothing was kept too long.")
    elif not options.really:
        print("Nothing was changed. Use --run to do it.")
    return 0


def _file(number: str) -> "ClientFile":
    """The file with this number. Raises PrivacyRefused."""
    from metgezel.foundation.people.models import ClientFile

    signs = "".join(sign for sign in number if sign.isalnum()).upper()
    found = list(ClientFile.objects.filter(number=f"{signs[:3]}-{signs[3:]}").order_by("pk")[:2])
    if not found:
        raise PrivacyRefused(f"There is no file with the number {number}. Nothing was done.")
    if len(found) > 1:
        raise PrivacyRefused(f"Two associations have a file {number}. Nothing was done.")
    return found[0]


def _print_plan(plan: "ErasurePlan") -> None:
    from django.apps import apps

    for label, counts in plan.counts().items():
        fields = plan.fields(apps.get_model(label))
        words = ", ".join(f"{number:,} {what}" for what, number in counts.items())
        kept = "; ".join(_fates(fields)) if "emptied" in counts else ""
        print(f"{label}: {words}{f' ({kept})' if kept else ''}")
    for person, why in plan.circle.stays:
        print(f"Stays: person {person.pk}, who {why}.")


def _fates(fields: "dict[Erasure, list[str]]") -> list[str]:
    return [f"{kind} {', '.join(names)}" for kind, names in fields.items() if names]


def _print_leftovers(left: "list[Leftover]") -> None:
    for one in left:
        where = f"{one.table}, row {one.row}, {one.column or 'its content'}"
        print(f"{'Still' if one.sure else 'Perhaps'} in {where}: {one.word}")
    print(f"{len(left):,} places to look at." if left else "No trace was found.")


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
