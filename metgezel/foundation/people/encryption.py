"""Encrypted text in the database, and a blind index to find it by.

Values are sealed with AES-256-GCM. A stored value starts with the id of its key, so that a new
key can be put in front while old values stay readable. The blind index is an HMAC of the
normalised value under a separate key: equal values have equal indexes, and nobody without the
key can compute one. A blank value has no index: it is never stored and never matches.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from metgezel.foundation.keys.ring import keys_in_use

NONCE_BYTES = 12


class SealedValueError(Exception):
    """A stored value cannot be opened: its key is missing, or it was changed."""


def seal(text: str, purpose: str) -> str:
    """Return ``key-id:base64`` of the text; ``purpose`` must be the same when opening.

    Raises:
        ValueError: the text is blank.
    """
    if not text.strip():
        raise ValueError("A blank value is not stored.")
    key_id, key = next(iter(keys_in_use().encryption.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), f"{key_id}:{purpose}".encode())
    return f"{key_id}:{urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(stored: str, purpose: str) -> str:
    """Return the text that was sealed.

    Raises:
        SealedValueError: the key is unknown, or the value does not belong to this purpose.
    """
    return opened_with(keys_in_use().encryption, stored, purpose)


def opened_with(keys: Mapping[str, bytes], stored: str, purpose: str) -> str:
    """Return the text that was sealed with one of these keys. Raises SealedValueError."""
    key_id, _, body = stored.partition(":")
    key = keys.get(key_id)
    if key is None:
        raise SealedValueError(f"There is no encryption key '{key_id}'.")
    try:
        raw = urlsafe_b64decode(body)
        plain = AESGCM(key).decrypt(
            raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{key_id}:{purpose}".encode()
        )
    except (InvalidTag, ValueError) as broken:
        raise SealedValueError("A sealed value was changed, or belongs elsewhere.") from broken
    return plain.decode()


def sealed_with_current_key(stored: str) -> bool:
    """Whether this value already uses the key that writes; if not, write it anew."""
    return stored.partition(":")[0] == next(iter(keys_in_use().encryption))


def blind_index(text: str, purpose: str) -> str:
    """Return the 64-character index of a value, as it is stored.

    Raises:
        ValueError: the text is blank; a blank must never be a match key.
    """
    return blind_indexes(text, purpose)[0]


def blind_indexes(text: str, purpose: str) -> list[str]:
    """Return every index a stored value may have: more than one while the index key changes.

    Raises:
        ValueError: the text is blank.
    """
    if not text.strip():
        raise ValueError("A blank value has no index and matches nothing.")
    message = f"{purpose}:{text}".encode()
    return [hmac.new(key, message, "sha256").hexdigest() for key in keys_in_use().indexes]


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text column that is sealed in the database and plain in Python.

    ``index_in`` names the column that keeps the blind index of the same value and purpose, so
    that it is computed again when the index key changes.
    """

    def __init__(self, *args: Any, purpose: str = "", index_in: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        self.index_in = index_in
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Tell migrations the purpose."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        return None if value is None else seal(str(value), self.purpose)

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Open on the way out."""
        return None if value is None else unseal(value, self.purpose)
