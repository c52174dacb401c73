"""Sealed content opens whole and unchanged, or not at all."""

import io

import pytest

from metgezel.foundation.keys.stream import (
    MAGIC,
    PIECE,
    SALT_BYTES,
    TAG_BYTES,
    BrokenStream,
    OpeningReader,
    SealingWriter,
)

KEY = b"k" * 32
HEAD = len(MAGIC) + SALT_BYTES


def sealed(content: bytes, step: int = 10_000) -> bytes:
    target = io.BytesIO()
    with SealingWriter(target, KEY, "letters") as writer:
        for start in range(0, len(content), step):
            writer.write(content[start : start + step])
    return target.getvalue()


def opened(content: bytes, key: bytes = KEY, purpose: str = "letters") -> bytes:
    return OpeningReader(io.BytesIO(content), key, purpose).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_001])
def test_content_of_every_size_comes_back(size):
    content = bytes(number % 251 for number in range(size))
    assert opened(sealed(content)) == content


def test_nothing_readable_is_left_in_it_and_no_two_are_the_same():
    assert b"Amal" not in sealed(b"Amal" * 1000)
    assert sealed(b"Amal") != sealed(b"Amal")


LONG = sealed(bytes(3 * PIECE + 5))
WHOLE = PIECE + TAG_BYTES


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        LONG[: HEAD - 1],
        LONG[:HEAD],
        LONG[:-1],
        LONG[: HEAD + WHOLE],  # cut off exactly after a piece
        LONG[: HEAD + 3 * WHOLE],
        LONG + b"x",
        LONG[:HEAD] + LONG[HEAD + WHOLE :],  # the first piece is left out
        LONG[:HEAD] + LONG[HEAD + WHOLE : HEAD + 2 * WHOLE] + LONG[HEAD : HEAD + WHOLE],
        LONG[: HEAD - 1] + bytes([LONG[HEAD - 1] ^ 1]) + LONG[HEAD:],  # another salt
        LONG[:-1] + bytes([LONG[-1] ^ 1]),
        b"plain text, not sealed at all, and long enough to be taken for a head",
    ],
    ids=range(12),
)
def test_content_that_was_changed_or_cut_off_does_not_open(broken):
    with pytest.raises(BrokenStream):
        opened(broken)


def test_another_key_and_another_purpose_do_not_open_it():
    for key, purpose in ((b"x" * 32, "letters"), (KEY, "backups")):
        with pytest.raises(BrokenStream):
            opened(sealed(b"Amal"), key, purpose)


def test_an_abandoned_writer_leaves_nothing_that_opens():
    target = io.BytesIO()
    writer = SealingWriter(target, KEY, "letters")
    writer.write(bytes(2 * PIECE))
    writer.abandon()
    with pytest.raises(BrokenStream):
        opened(target.getvalue())
