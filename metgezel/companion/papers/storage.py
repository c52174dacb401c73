"""Where the contents of papers stand: one sealed file each, under a name that tells nothing.

The bytes come first and the row after them, so a row never lacks its content; bytes without a row
are nobody's and are swept. Each content has a key of its own, which stands sealed in the row: after
a change of the encryption key no content has to be written anew, and a removed row takes the only
key to it along.
"""

import io
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from metgezel.foundation.keys.stream import BrokenStream, OpeningReader, SealingWriter

PURPOSE = "paper"
UNFINISHED = ".unfinished"
#: An upload that is still going on is not swept away.
GRACE = timedelta(days=1)


class ContentLost(Exception):
    """The content of a paper is not there any more, or was changed."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a content stands, and the key that opens it."""

    name: str
    key: str


def put(content: bytes) -> Stored:
    """Store a content, sealed and on disk before this returns; all of it or nothing."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name, key = secrets.token_hex(16), secrets.token_bytes(32)
    draft = folder / f"{name}{UNFINISHED}"
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with SealingWriter(file, key, PURPOSE) as sealing:
                sealing.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(folder / name)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _to_disk(folder)
    return Stored(name, urlsafe_b64encode(key).decode())


def get(name: str, key: str) -> bytes:
    """Return a content, whole and as it was stored.

    Raises:
        ContentLost: it is not there, or something in it was changed.
    """
    try:
        with (_folder() / name).open("rb") as file:
            sealed = OpeningReader(file, urlsafe_b64decode(key), PURPOSE)
            return cast(BinaryIO, io.BufferedReader(sealed)).read()
    except (OSError, BrokenStream) as problem:
        raise ContentLost(str(problem)) from problem


def remove(name: str) -> None:
    """Remove a content; nothing happens when it is gone already."""
    (_folder() / name).unlink(missing_ok=True)


def sweep(known: Iterable[str], now: datetime) -> int:
    """Remove what no row names and is older than a day; return how many there were."""
    folder = _folder()
    if not folder.is_dir():
        return 0
    names, before, swept = frozenset(known), (now - GRACE).timestamp(), 0
    for path in folder.iterdir():
        if path.name not in names and path.stat().st_mtime < before:
            path.unlink()
            swept += 1
    return swept


def _folder() -> Path:
    return Path(settings.METGEZEL_PAPERS)


def _to_disk(folder: Path) -> None:
    """A rename is only certain to survive a power cut when its folder is on disk as well."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
