"""Who acts now: what the journal writes beside every change, without being told each time.

A request sets it (middleware), and so does a command. It knows no Django, so that commands which
need no database stay quick.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from metgezel.foundation.association.models import User


class JournalNotWanted(RuntimeError):
    """Somebody tried to switch the journal off while a person is at work."""


@dataclass(slots=True)
class Acting:
    """Somebody at a page, or a command. ``user`` is None for a command."""

    page: str
    user: "User | None" = None
    role: str = ""
    file: UUID | None = None  #: the file this page is about; the ground holds for that file only
    ground: str = ""
    drop_in: int | None = None
    on_behalf_of: "User | None" = None
    home: UUID | None = None  #: unit for what is about no file
    recorded: set[UUID] = field(default_factory=set)  #: files with an entry from this request
    listed: int = 0  #: how many people this page shows in a list
    exported: int = 0  #: how many rows this page gives to take along


_now: ContextVar[Acting | None] = ContextVar("acting", default=None)
_paused: ContextVar[str] = ContextVar("journal_paused", default="")


def now() -> Acting:
    """Who acts; outside a request or command the program itself."""
    return _now.get() or Acting(page="program")


def listed(number: int) -> None:
    """Say how many people a list shows. Every page that shows people of several files says so."""
    now().listed += number


def exported(number: int) -> None:
    """Say how many rows a page gives to take along."""
    now().exported += number


@contextmanager
def acting(who: Acting) -> Iterator[Acting]:
    """Let this be who acts, for the length of the block."""
    token = _now.set(who)
    try:
        yield who
    finally:
        _now.reset(token)


@contextmanager
def without_journal(reason: str) -> Iterator[None]:
    """Write without the journal; for commands that fill an empty database with invented people.

    Raises:
        ValueError: no reason is given.
        JournalNotWanted: a person is at work; her changes are always written down.
    """
    if not reason.strip():
        raise ValueError("Say why nothing needs to be written down.")
    if now().user is not None:
        raise JournalNotWanted("The journal cannot be switched off while somebody is at work.")
    with paused(reason):
        yield


@contextmanager
def paused(reason: str) -> Iterator[None]:
    """Only for the journal itself: `without_journal` and `in_one_line` say when it may."""
    token = _paused.set(reason)
    try:
        yield
    finally:
        _paused.reset(token)


def is_paused() -> bool:
    """Whether a command said that nothing needs to be written down."""
    return bool(_paused.get())
