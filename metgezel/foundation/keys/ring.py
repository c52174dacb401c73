"""The keys in use. A changed file with keys counts from the next value on, without a restart.

That is what makes rotation safe while people work: every web process sees a new key before it
meets a value that was sealed with it.
"""

from pathlib import Path

from django.conf import settings

from .reading import Keys, keys_in, text_of_file

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
    try:
        seen = path.stat()
    except OSError:
        if path in _read:  # somebody moved the file away: go on with what we have
            return _read[path][1]
        raise
    stamp = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
    if path not in _read or _read[path][0] != stamp:
        _read[path] = (stamp, keys_in(text_of_file(path), str(path)))
    return _read[path][1]
