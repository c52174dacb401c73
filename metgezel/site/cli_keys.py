"""`metgezel keys list|rotate|retire`: the keys that seal identifiers and papers."""

import argparse
import re
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings

from metgezel.foundation.keys.proof import prove_keys_if_migrated
from metgezel.foundation.keys.reading import changed_keys, new_key
from metgezel.foundation.keys.ring import keys_in_use
from metgezel.foundation.keys.rotation import (
    index_anew,
    indexed_values,
    seal_anew,
    total_behind,
    values_under,
)
from metgezel.foundation.people.encryption import SealedValueError

from .database_trouble import TROUBLE, Command, with_database
from .progress import Progress


class KeysRefused(Exception):
    """Something is not done; the message is one sentence that says why and what to do."""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `keys` with its three subcommands."""
    parser = commands.add_parser("keys", help="list, rotate and retire the encryption keys")
    parts = parser.add_subparsers(dest="part", required=True)
    listing = parts.add_parser("list", help="which keys there are and what they keep")
    listing.set_defaults(run=list_keys)
    rotating = parts.add_parser("rotate", help="put a new key in front and seal everything anew")
    rotating.add_argument("--index", action="store_true", help="the search key instead")
    rotating.set_defaults(run=rotate)
    retiring = parts.add_parser("retire", help="remove a key that nothing uses any more")
    retiring.add_argument("id", nargs="?", help="the id of the key, see `metgezel keys list`")
    retiring.add_argument("--index", action="store_true", help="the search keys from before")
    retiring.set_defaults(run=retire)


def in_one_sentence(run: Command) -> Command:
    """Prove the keys, run, and print every refusal as one sentence with exit code 2."""

    @wraps(run)
    def told(options: argparse.Namespace) -> int:
        try:
            prove_keys_if_migrated()
            return run(options)
        except (KeysRefused, SealedValueError) as problem:
            print(problem, file=sys.stderr)
        except OSError as problem:
            print(f"The keys cannot be changed: {problem}.", file=sys.stderr)
        return TROUBLE

    return with_database(told)


@in_one_sentence
def list_keys(_options: argparse.Namespace) -> int:
    """Print one line per key: its id, what it does, what it keeps. Never the key."""
    keys = keys_in_use()
    for number, key_id in enumerate(keys.encryption):
        use = "writes and reads" if number == 0 else "reads"
        kept = values_under(key_id)
        words = ", ".join(f"{count:,} × {name}" for name, count in kept.items()) or "nothing"
        print(f"{key_id}: {use}; keeps {words}")
    before = len(keys.indexes) - 1
    print("search key: 1" + (f", and {before} from before (keys retire --index)" if before else ""))
    return 0


@in_one_sentence
def rotate(options: argparse.Namespace) -> int:
    """Add a key in front (unless a rotation was not finished) and bring all values under it."""
    return _rotate_index() if options.index else _rotate_encryption()


def _rotate_encryption() -> int:
    path = _keys_file()
    if behind := total_behind():
        print("An earlier rotation was not finished; going on with it.")
    else:
        _add_in_front(path)
        behind = total_behind()
    done = seal_anew(_progress(behind, "values"))
    key_id = next(iter(keys_in_use().encryption))
    print(f"{done:,} values are now sealed with {key_id}; the keys before it still read.")
    print("Make a backup; then `metgezel keys retire ID` removes a key that keeps nothing.")
    return 0


def _rotate_index() -> int:
    path = _keys_file()
    if len(keys_in_use().indexes) > 1:
        print("An earlier rotation was not finished; going on with it.")
    else:
        with changed_keys(path) as content:
            content["blind_index_before"] = [content["blind_index"]]
            content["blind_index"] = new_key()
    done = index_anew(_progress(indexed_values(), "values"))
    print(f"{done:,} values are found by the new search key; the one before still counts.")
    print("`metgezel keys retire --index` removes it.")
    return 0


@in_one_sentence
def retire(options: argparse.Namespace) -> int:
    """Remove a key; refuse while anything stored needs it."""
    if options.index == bool(options.id):
        raise KeysRefused("Name the key to retire, or --index for the search keys from before.")
    return _retire_index() if options.index else _retire_encryption(options.id)


def _retire_encryption(key_id: str) -> int:
    path, known = _keys_file(), keys_in_use().encryption
    if key_id not in known:
        raise KeysRefused(f"There is no key '{key_id}'; there are: {', '.join(known)}.")
    if key_id == next(iter(known)):
        raise KeysRefused(f"{key_id} is the key that writes; first `metgezel keys rotate`.")
    if kept := values_under(key_id):
        raise KeysRefused(
            f"{key_id} still keeps {sum(kept.values()):,} values ({', '.join(kept)}); "
            "first `metgezel keys rotate`. Nothing was removed."
        )
    with changed_keys(path) as content:
        content["encryption"] = [one for one in content["encryption"] if one["id"] != key_id]
    print(f"{key_id} is gone. A backup from before this rotation holds its own copy.")
    return 0


def _retire_index() -> int:
    path = _keys_file()
    if len(keys_in_use().indexes) == 1:
        raise KeysRefused("There is no search key from before; nothing was removed.")
    index_anew(_progress(indexed_values(), "values"))
    with changed_keys(path) as content:
        content.pop("blind_index_before")
    print("The search key from before is gone.")
    return 0


def _keys_file() -> Path:
    path: Path | None = settings.METGEZEL_KEYS_FILE
    if path is None:
        raise KeysRefused(
            "The keys come from METGEZEL_KEYS_JSON, which this command cannot change; put them in "
            "a file (METGEZEL_KEYS), rotate, and take the new content from there."
        )
    return path


def _add_in_front(path: Path) -> None:
    with changed_keys(path) as content:
        keys: list[dict[str, Any]] = content["encryption"]
        keys.insert(0, {"id": free_id([one["id"] for one in keys]), "key": new_key()})


def free_id(taken: list[str]) -> str:
    """Return the id after the highest, so that the id of a retired key is not used again."""
    numbers = [int(found[1]) for one in taken if (found := re.fullmatch(r"k(\d+)", one))]
    return f"k{max(numbers, default=0) + 1}"


def _progress(total: int, things: str) -> Callable[[int], None]:
    return Progress(max(total, 1), things)
