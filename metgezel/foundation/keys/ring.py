"""The keys in use. A changed file with keys counts from the next value on, without a restart.

That is what makes rotation safe while people work: every web process sees a new key before it
meets a value that was sealed with it.
"""

import logging
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .reading import Keys, keys_in, text_of_file

log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]
_read: dict[Path, tuple[_Stamp, Keys]] = {}


def keys_in_use() -> Keys:
    """The keys of this moment: of the file when there is one, else those in the settings."""
    path: Path | None = getattr(settings, "METGEZEL_KEYS_FILE", None)
    if path is None:
        return Keys(
            settings.SECRET_KEY,
            settings.METGEZEL_ENCRYPTION_KEYS,
            (settings.METGEZEL_BLIND_INDEX_KEY, *settings.METGEZEL_BLIND_INDEX_KEYS_BEFORE),
        )
    return _of_file(path)


def _of_file(path: Path) -> Keys:
    """The keys of the file; those read before while the file is away or somebody breaks it."""
    known = _read.get(path)
    try:
        seen = path.stat()
    except OSError:
        if known is None:
            raise
        return known[1]
    stamp = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
    if known is None or known[0] != stamp:
        _read[path] = (stamp, _changed(path, known))
    return _read[path][1]


def _changed(path: Path, known: tuple[_Stamp, Keys] | None) -> Keys:
    try:
        return keys_in(text_of_file(path), str(path))
    except ImproperlyConfigured:
        if known is None:
            raise
        log.exception("The changed keys cannot be used; those from before still are.")
        return known[1]
