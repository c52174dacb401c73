"""The keys of an installation as text: read strictly, written so that no half file can exist.

The text is JSON: ``{"django": "…", "encryption": [{"id": "k2", "key": "…"}, …],
"blind_index": "…", "blind_index_before": ["…"]}``. The first encryption key writes, all of them
read. Keys are 32 bytes in URL-safe base64.
"""

import base64
import binascii
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")


@dataclass(frozen=True, slots=True)
class Keys:
    """All secrets of an installation.

    ``encryption`` has the writing key first; ``indexes`` the writing index key first, then those
    that are still looked under while the indexes are computed again.
    """

    django: str
    encryption: Mapping[str, bytes]
    indexes: tuple[bytes, ...]


def keys_in(text: str, where: str) -> Keys:
    """Read the keys in a text that came from ``where``.

    Raises:
        ImproperlyConfigured: one sentence that names the place and what is wrong there.
    """
    try:
        read = json.loads(text)
        encryption = {_id(one["id"]): _key(one["key"]) for one in read["encryption"]}
        if not encryption:
            raise ValueError("there is no encryption key")
        if len(encryption) < len(read["encryption"]):
            raise ValueError("two encryption keys have the same id")
        indexes = [read["blind_index"], *read.get("blind_index_before", [])]
        secret = str(read["django"])
        if not secret:
            raise ValueError("'django' is blank")
        return Keys(secret, encryption, tuple(_key(one) for one in indexes))
    except KeyError as missing:
        raise ImproperlyConfigured(
            f"The keys in {where} cannot be read: {missing} is missing."
        ) from missing
    except (AttributeError, TypeError, ValueError, binascii.Error) as broken:
        raise ImproperlyConfigured(f"The keys in {where} cannot be read: {broken}.") from broken


def _id(text: object) -> str:
    if not isinstance(text, str) or not KEY_ID.fullmatch(text):
        raise ValueError("a key's id is one word of letters, digits, dots, hyphens")
    return text


def _key(text: str) -> bytes:
    key = base64.urlsafe_b64decode(text)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return key


def text_of_file(path: Path) -> str:
    """Return what a file with keys says.

    Raises:
        ImproperlyConfigured: it is missing, open to others, or cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise FileNotFoundError
        if stat.S_IMODE(mode) & 0o077:
            raise ImproperlyConfigured(
                f"Others can read the keys in {path}; close it with: chmod 600 {path}"
            )
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"The file with keys {path} does not exist; ./run makes it."
        ) from None
    except OSError as problem:
        raise ImproperlyConfigured(
            f"The file with keys {path} cannot be read: {problem.strerror}."
        ) from None
    except UnicodeDecodeError:
        raise ImproperlyConfigured(
            f"The keys in {path} cannot be read: it is not a text."
        ) from None


def text_of(keys: Keys) -> str:
    """Return the text that `keys_in` reads as these keys."""
    first, *before = (base64.urlsafe_b64encode(one).decode() for one in keys.indexes)
    content: dict[str, Any] = {
        "django": keys.django,
        "encryption": [
            {"id": key_id, "key": base64.urlsafe_b64encode(key).decode()}
            for key_id, key in keys.encryption.items()
        ],
        "blind_index": first,
    }
    if before:
        content["blind_index_before"] = before
    return json.dumps(content, indent=2)


def new_key() -> str:
    """32 random bytes as URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


@contextmanager
def changed_keys(path: Path) -> Iterator[dict[str, Any]]:
    """Lend the content of a file with keys, and put what is made of it in its place at once.

    The new file is whole and on disk before it gets the name, so a crash leaves the old one.
    """
    content = json.loads(text_of_file(path))
    yield content
    text = json.dumps(content, indent=2)
    keys_in(text, str(path))
    write_closed(path, text)


def write_closed(path: Path, text: str) -> None:
    """Put a text at `path` that only its owner can read; all of it or nothing."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
