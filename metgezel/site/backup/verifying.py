"""Open a backup and count it again, without restoring it anywhere."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metgezel.foundation.keys.reading import Keys, keys_in
from metgezel.foundation.people.encryption import SealedValueError, opened_with

from . import sqlite
from .container import opened_archive
from .manifest import FORMAT, About, Manifest, Tally
from .secret import BackupKey, BackupRefused


@dataclass(frozen=True, slots=True)
class Verified:
    """What a whole backup holds. ``absent`` are papers whose content was not there any more."""

    about: About
    keys: Keys
    manifest: Manifest

    @property
    def absent(self) -> list[str]:
        """Papers that the database names and the backup does not have."""
        return [n for n in self.manifest.papers if f"papers/{n}" not in self.manifest.contents]


def verify(path: Path, key: BackupKey) -> Verified:
    """Read the whole backup and hold it against its own manifest.

    Raises:
        BackupRefused: one sentence that says what does not agree.
    """
    with tempfile.TemporaryDirectory(prefix="metgezel-verify-") as folder:
        copy = Path(folder) / "database"
        with opened_archive(path, key) as members:
            about = _about(_next(members, "about.json"))
            keys = keys_in(_next(members, "keys.json").decode(), f"the backup {path}")
            tallies, manifest = _tallied(members, copy)
        found = Verified(about, keys, manifest)
        _hold_against(found, tallies, copy)
    return found


def _next(members: Iterator[tuple[str, bytes]], wanted: str) -> bytes:
    name, content = next(members, ("", b""))
    if name != wanted:
        raise BackupRefused(f"The backup is not as it should be: {wanted} is not in its place.")
    return content


def _about(content: bytes) -> About:
    read: dict[str, Any] = json.loads(content)
    if read.get("format") != FORMAT:
        raise BackupRefused(
            f"The backup was made by another Metgezel ({read.get('app_version')}) in a form that "
            "this one does not know; use that version or a newer one."
        )
    return About(**read)


def _tallied(members: Iterator[tuple[str, bytes]], copy: Path) -> tuple[dict[str, Tally], Manifest]:
    tallies: dict[str, Tally] = {}
    for name, content in members:
        if name == "manifest.json":
            return tallies, Manifest(**json.loads(content))
        whole = name.rpartition("/")[0] if name.startswith("database/") else name
        tallies.setdefault(whole, Tally()).take(content)
        if whole == "database/sqlite":
            with copy.open("ab") as file:
                file.write(content)
    raise BackupRefused("The backup has no manifest: it was not finished.")


def _hold_against(found: Verified, tallies: dict[str, Tally], copy: Path) -> None:
    expected = found.manifest.contents
    for name in sorted(expected.keys() | tallies.keys()):
        if name not in tallies or tallies[name].result != expected.get(name):
            raise BackupRefused(f"The backup does not agree with its manifest: {name} differs.")
    if found.about.vendor == "sqlite":
        if not sqlite.is_sound(copy):
            raise BackupRefused("The database in the backup is damaged (SQLite's own check).")
        rows = sqlite.rows_of(copy)
    else:
        rows = {t: tallies[f"database/{t}"].lines for t in found.manifest.columns}
    if rows != found.manifest.rows:
        different = sorted(t for t in rows if rows[t] != found.manifest.rows.get(t))
        raise BackupRefused(f"The backup does not have the rows it names: {', '.join(different)}.")
    _prove(found)


def _prove(found: Verified) -> None:
    """The keys in the backup open the values in it."""
    if not found.manifest.proof:
        return
    try:
        opened_with(found.keys.encryption, found.manifest.proof, "keys.proof")
    except SealedValueError as wrong:
        raise BackupRefused(
            "The keys in the backup do not open the values in it: what was encrypted cannot be "
            f"read again. {wrong}"
        ) from wrong
