"""Reads what the surroundings say: database address, keys, hosts. Bad input gets one sentence."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from metgezel.foundation.keys.reading import Keys, keys_in, text_of_file

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


def database(url: str, data: Path) -> dict[str, Any]:
    """Return Django's description of the database behind an address.

    Args:
        url: ``postgresql://user:password@host:5432/name?sslmode=require`` (``?host=/folder`` for a
            unix socket), ``sqlite:////path/file.sqlite3``, or blank: the file in the data folder.
        data: the data folder.
    """
    if not url:
        return sqlite(data / "metgezel.sqlite3")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as broken:
        raise ImproperlyConfigured(f"METGEZEL_DATABASE_URL is no address: {broken}.") from None
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
    # Row security makes long plans of short queries; compiling one takes seconds, running it not.
    options.setdefault("options", "-c jit=off")
    # A server that does not answer is told to the user after seconds, not after minutes.
    options.setdefault("connect_timeout", "5")
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
    read = keys_in(text_of_file(path), str(path))
    return read.django, read.encryption, read.indexes[0]


def chosen_keys(variables: Mapping[str, str], data: Path) -> tuple[Path | None, Keys]:
    """Find the keys and the file they are in; no file when the surroundings hold them themselves.

    Args:
        variables: ``METGEZEL_KEYS`` names a file (default: ``keys.json`` in the data folder);
            ``METGEZEL_KEYS_JSON`` is the content itself, for whoever keeps secrets elsewhere.
        data: the data folder.
    """
    text, file = variables.get("METGEZEL_KEYS_JSON", ""), variables.get("METGEZEL_KEYS", "")
    if text and file:
        raise ImproperlyConfigured(
            "METGEZEL_KEYS and METGEZEL_KEYS_JSON are both set; keep the one that holds."
        )
    if text:
        return None, keys_in(text, "METGEZEL_KEYS_JSON")
    path = Path(file or data / "keys.json")
    return path, keys_in(text_of_file(path), str(path))


def hosts(text: str) -> list[str]:
    """The host names in a list parted by commas; none means this machine only."""
    return [host.strip() for host in text.split(",") if host.strip()] or sorted(LOOPBACK)


def fixed_day(text: str) -> date | None:
    """The day on which everything happens, for tests and demonstrations; blank is today."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as broken:
        raise ImproperlyConfigured(f"METGEZEL_TODAY is a date like 2026-11-24: {broken}") from None


def mail_port(text: str) -> int:
    """The port of the mail server, from 1 to 65535."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ImproperlyConfigured(
            f"METGEZEL_MAIL_PORT is a number from 1 to 65535, not '{text[:20]}'."
        )
    return int(text)


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
