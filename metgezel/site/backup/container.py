"""The file of a backup: a magic word, a salt, and a sealed, packed tar archive."""

import gzip
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from metgezel.foundation.keys.stream import BrokenStream, OpeningReader, SealingWriter

from .secret import SALT_BYTES, BackupKey, BackupRefused

MAGIC = b"METGEZEL-BACKUP-1\n"
PURPOSE = "backup"
#: A part of a database in the archive; bounds the memory, not the database.
PART = 4 * 1024 * 1024


class ArchiveWriter:
    """Puts named contents in the archive."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def add(self, name: str, content: bytes) -> None:
        """Add one whole content."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._archive.addfile(member, io.BytesIO(content))

    def add_json(self, name: str, content: Any) -> None:
        """Add something as JSON."""
        self.add(name, json.dumps(content, indent=1, sort_keys=True).encode())

    def parts(self, folder: str) -> "PartsWriter":
        """Add one content of unknown length: ``folder/000000``, ``folder/000001`` …"""
        return PartsWriter(self, folder)


class PartsWriter:
    """Collects bytes and adds them a part at a time."""

    def __init__(self, archive: ArchiveWriter, folder: str) -> None:
        self._archive, self._folder = archive, folder
        self._held, self._number = bytearray(), 0

    def write(self, data: "bytes | memoryview") -> None:
        """Take bytes."""
        self._held += data
        while len(self._held) >= PART:
            self._add(bytes(self._held[:PART]))
            del self._held[:PART]

    def close(self) -> None:
        """Add what is left; a content without any bytes has one part without any."""
        if self._held or not self._number:
            self._add(bytes(self._held))

    def _add(self, content: bytes) -> None:
        self._archive.add(f"{self._folder}/{self._number:06}", content)
        self._number += 1


@contextmanager
def new_archive(path: Path, key: BackupKey) -> Iterator[ArchiveWriter]:
    """Write a backup at `path`; it gets that name only when it is whole and on disk."""
    draft = path.with_name(f".{path.name}.unfinished")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with _sealed_tar(file, key) as archive:
                yield ArchiveWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        _give_name(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _give_name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, this never replaces another backup
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as many a memory stick
        if path.exists():
            raise FileExistsError(f"{path} exists") from None
        draft.rename(path)


@contextmanager
def _sealed_tar(file: BinaryIO, key: BackupKey) -> Iterator[tarfile.TarFile]:
    salt = os.urandom(SALT_BYTES)
    file.write(MAGIC + salt)
    sealing = SealingWriter(file, key.key_for(salt), PURPOSE)
    try:
        with (
            gzip.GzipFile(fileobj=cast(BinaryIO, sealing), mode="wb", compresslevel=3) as packed,
            tarfile.open(fileobj=packed, mode="w|") as archive,
        ):
            yield archive
    except BaseException:
        sealing.abandon()
        raise
    sealing.close()


@contextmanager
def opened_archive(path: Path, key: BackupKey) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Read a backup from begin to end: pairs of name and content.

    Raises:
        BackupRefused: the file is not a backup, the key is another, or it was changed.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC) + SALT_BYTES)
            if not head.startswith(MAGIC):
                raise BackupRefused(f"{path} is not a backup of Metgezel.")
            sealed = OpeningReader(file, key.key_for(head[len(MAGIC) :]), PURPOSE)
            with gzip.GzipFile(fileobj=cast(BinaryIO, io.BufferedReader(sealed))) as packed:
                yield _members(packed)
                while packed.read(PART):  # to the very end: a backup that was cut off is refused
                    pass
            while sealed.read(PART):
                pass
    except BrokenStream as broken:
        raise BackupRefused(f"{path} cannot be opened: {broken}.") from broken
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as broken:
        raise BackupRefused(f"{path} cannot be opened: it was changed ({broken}).") from broken
    except FileNotFoundError:
        raise BackupRefused(f"{path} does not exist.") from None


def _members(packed: gzip.GzipFile) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=packed, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                yield member.name, content.read()
