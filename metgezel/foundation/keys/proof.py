"""Refuses to work with keys that do not belong to the database.

With wrong keys nothing stored can be opened, and everything new would be sealed with a key that
the next start does not have. So: one sentence, and no start.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from metgezel.foundation.people.encryption import SealedValueError, blind_index, blind_indexes

WORD = "metgezel"
WRONG = (
    "The keys do not belong to this database ({why}). Put the keys back that were in use here "
    "(METGEZEL_KEYS names their file); nothing was changed."
)


def prove_keys() -> None:
    """Open the known value; store it when nobody did yet.

    Raises:
        ImproperlyConfigured: it cannot be opened, or its index is another's.
    """
    from .models import PROOF_PURPOSE, KeyProof

    try:
        proof = KeyProof.objects.filter(pk=1).first()
        known = proof is None or proof.value == WORD
    except SealedValueError as wrong:
        raise ImproperlyConfigured(WRONG.format(why=str(wrong).rstrip("."))) from wrong
    if proof is None:
        KeyProof.objects.get_or_create(
            pk=1, defaults={"value": WORD, "index": blind_index(WORD, PROOF_PURPOSE)}
        )
    elif not known or proof.index not in blind_indexes(WORD, PROOF_PURPOSE):
        raise ImproperlyConfigured(WRONG.format(why="the index key is another"))


def prove_keys_at_start() -> None:
    """The same when a web server starts; a database that is gone says so by itself, later."""
    try:
        prove_keys_if_migrated()
    except DatabaseError:
        return
    finally:
        connection.close()


def prove_keys_if_migrated() -> None:
    """Prove, unless the database has no table for it yet."""
    if "keys_keyproof" in connection.introspection.table_names():
        prove_keys()


def after_migrate(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Prove after every migration, which is also how a new database gets its proof."""
    if using == DEFAULT_DB_ALIAS:
        prove_keys_if_migrated()
