"""The key of a backup: a file with random bytes, or a file with a passphrase."""

import base64
import binascii
import hashlib
import os
import secrets
import stat
from pathlib import Path

WORD = "metgezel-backup-key:"
SHORTEST = 20
SALT_BYTES = 16
#: scrypt: about 64 MB and a quarter of a second for each guess.
_N, _R, _P = 2**16, 8, 1


class BackupRefused(Exception):
    """Something is not done; the message is one sentence that says why and what to do."""


class BackupKey:
    """What a key file holds: ``key_for(salt)`` gives the 32 bytes for one backup."""

    def __init__(self, text: str, where: str) -> None:
        self._text = text.strip()
        self._random = _random_key(self._text, where)
        if self._random is None and len(self._text) < SHORTEST:
            raise BackupRefused(
                f"{where} holds a passphrase of {len(self._text)} characters; take at least "
                f"{SHORTEST}, or make a key with: metgezel backup --new-key FILE"
            )

    def key_for(self, salt: bytes) -> bytes:
        """Derive the key of one backup; slowly for a passphrase, since that can be guessed."""
        if self._random is not None:
            return hashlib.sha256(self._random + salt).digest()
        return hashlib.scrypt(
            self._text.encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=2**28, dklen=32
        )


def _random_key(text: str, where: str) -> bytes | None:
    if not text.startswith(WORD):
        return None
    try:
        key = base64.urlsafe_b64decode(text.removeprefix(WORD))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise BackupRefused(f"The key in {where} is damaged: it is not 32 bytes.")
    return key


def read_key(path: Path | None) -> BackupKey:
    """Read the file with the key or the passphrase.

    Raises:
        BackupRefused: none is named, or the file is missing, open to others, or too short.
    """
    if path is None:
        raise BackupRefused(
            "Name the file with the backup's key: --key FILE, or METGEZEL_BACKUP_KEY; "
            "metgezel backup --new-key FILE makes one."
        )
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise BackupRefused(f"Others can read {path}; close it with: chmod 600 {path}")
        return BackupKey(path.read_text(encoding="utf-8"), str(path))
    except OSError as problem:
        raise BackupRefused(
            f"The backup's key {path} cannot be read: {problem.strerror}."
        ) from None
    except UnicodeDecodeError:
        raise BackupRefused(f"The backup's key {path} cannot be read: it is not a text.") from None


def make_key(path: Path) -> None:
    """Write a new random key, readable by its owner only; never over another file."""
    text = WORD + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise BackupRefused(f"The key {path} cannot be made: {problem.strerror}.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
