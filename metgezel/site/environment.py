"""Reads what the surroundings say: database address, keys, hosts. Bad input gets one sentence."""

import base64
import binascii
import json
import stat
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
KEY_BYTES = 32


def database(url: str, data: Path) -> dict[str, Any]:
    """Return Django's description of the database behind an address.

    Args:
        url: ``postgresql://user:password@host:5432/name?sslmode=require`` (``?host=/folder`` for a
            unix socket), ``sqlite:////path/file.sqlite3``, or blank: the file in the data folder.
        data: the data folder.
    """
    if not url:
        return sqlite(data / "metgezel.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    raise ImproperlyConfigured(
        "METGEZEL_DATABASE_URL starts with postgresql:// or sqlite:///, "
        f"not with '{parts.scheme or url}'."
    )


def sqlite(file: Path) -> dict[str, Any]:
    """Describe an embedded database that several people can use at the same time."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # A write takes its lock at the start, so two writers wait instead of failing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Describe a PostgreSQL database; options after ``?`` go to the driver as they are."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("METGEZEL_DATABASE_URL names no database: end it with /name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def keys(path: Path) -> tuple[str, Mapping[str, bytes], bytes]:
    """Read (Django's secret, encryption keys by id with the writing key first, index key).

    Raises:
        ImproperlyConfigured: the file is missing, open to others, or not as ``./run`` writes it.
    """
    if not path.is_file():
        raise ImproperlyConfigured(f"The file with keys {path} does not exist; ./run makes it.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ImproperlyConfigured(
            f"Others can read the keys in {path}; close it with: chmod 600 {path}"
        )
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        encryption = {str(one["id"]): _key(one["key"]) for one in read["encryption"]}
        if not encryption:
            raise ValueError("there is no encryption key")
        return str(read["django"]), encryption, _key(read["blind_index"])
    except (KeyError, TypeError, ValueError, binascii.Error) as broken:
        raise ImproperlyConfigured(f"The keys in {path} cannot be read: {broken}.") from broken


def _key(text: str) -> bytes:
    key = base64.urlsafe_b64decode(text)
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return key


def hosts(text: str) -> list[str]:
    """The host names in a list parted by commas; none means this machine only."""
    return [host.strip() for host in text.split(",") if host.strip()] or sorted(LOOPBACK)


def fixed_day(text: str) -> date | None:
    """The day on which everything happens, for tests and demonstrations; blank is today."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as broken:
        raise ImproperlyConfigured(f"METGEZEL_TODAY is a date like 2026-11-24: {broken}") from None


def refuse_play_in_production(
    production: bool, demo: bool, debug: bool, fixed_day: date | None
) -> None:
    """Refuse to start a public site with demo log-ins, debug pages or a stopped clock."""
    if not production:
        return
    for name, is_on in (
        ("METGEZEL_DEMO", demo),
        ("METGEZEL_DEBUG", debug),
        ("METGEZEL_TODAY", fixed_day is not None),
    ):
        if is_on:
            raise ImproperlyConfigured(
                f"{name} cannot be used in production (METGEZEL_HOSTS names a public host)."
            )
