"""Long content, sealed piece by piece: papers of a file, and whole backups.

After a magic word comes a random salt. Key, salt and purpose give a key for this one stream
(HKDF), so that the pieces may simply be counted: piece n is sealed (AES-256-GCM) with nonce n and
a mark on the last one. A piece that is changed, moved, left out or cut off does not open, and
neither does a stream under another purpose.
"""

import io
import os
from collections.abc import Callable
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"METGEZEL-STREAM-1\n"
SALT_BYTES = 32
TAG_BYTES = 16
PIECE = 64 * 1024
_LAST, _MORE = b"\x01", b"\x00"


class BrokenStream(Exception):
    """The content cannot be opened: the key is another, or something in it was changed."""


def _cipher(key: bytes, salt: bytes, purpose: str) -> AESGCM:
    info = MAGIC + purpose.encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key))


def _nonce(number: int, mark: bytes) -> bytes:
    return number.to_bytes(11, "big") + mark


class SealingWriter(io.RawIOBase):
    """Write plain bytes in; sealed bytes come out at ``target``. Only `close` makes it whole.

    Args:
        target: where the sealed bytes go; it stays open.
        key: 32 bytes.
        purpose: must be the same when opening.
    """

    def __init__(self, target: BinaryIO, key: bytes, purpose: str) -> None:
        super().__init__()
        salt = os.urandom(SALT_BYTES)
        self._target, self._cipher = target, _cipher(key, salt, purpose)
        self._held, self._number = bytearray(), 0
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Take bytes; a whole piece is sealed once it is known not to be the last."""
        self._held += data
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), _MORE)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        """Seal the last piece, which may be empty."""
        if not self.closed:
            self._seal(bytes(self._held), _LAST)
        super().close()

    def abandon(self) -> None:
        """Close without a last piece: what was written never opens as whole."""
        super().close()

    def _seal(self, piece: bytes, mark: bytes) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, mark), piece, None))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Read plain bytes from sealed ones.

    Raises:
        BrokenStream: while reading, as soon as a piece does not open.
    """

    def __init__(self, source: BinaryIO, key: bytes, purpose: str) -> None:
        super().__init__()
        head = source.read(len(MAGIC) + SALT_BYTES)
        if not head.startswith(MAGIC) or len(head) != len(MAGIC) + SALT_BYTES:
            raise BrokenStream("it does not begin as sealed content does")
        self._read_sealed: Callable[[int], bytes] = source.read
        self._cipher = _cipher(key, head[len(MAGIC) :], purpose)
        self._number, self._held = 0, memoryview(b"")
        self._ahead = source.read(PIECE + TAG_BYTES)
        self._done = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer with what the pieces hold; 0 after the last."""
        while not self._held and not self._done:
            self._held = memoryview(self._next())
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def _next(self) -> bytes:
        sealed, self._ahead = self._ahead, self._read_sealed(PIECE + TAG_BYTES)
        self._done = not self._ahead
        nonce = _nonce(self._number, _LAST if self._done else _MORE)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, None)
        except (InvalidTag, ValueError) as broken:
            raise BrokenStream(
                "the key is another, or it was changed or cut off "
                f"(piece {self._number}, about byte {(self._number - 1) * PIECE:,})"
            ) from broken
