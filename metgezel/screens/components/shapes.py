"""What the components show. All texts arrive translated; dates are plain dates."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Source:
    """An article of law or another place where a statement can be checked."""

    label: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class StepCard:
    """One step of a plan; `state` and `confidence` are the engine's own words.

    `doers` says who did it from which day on; `set_aside` why it is not needed.
    """

    title: str
    state: str
    today: dt.date
    starts: dt.date | None = None
    safe: dt.date | None = None
    due: dt.date | None = None
    done_on: dt.date | None = None
    strict: bool = False
    track: str = ""
    track_icon: str = ""
    what: str = ""
    who: str = ""
    about: str = ""
    if_lapsed: str = ""
    because: Sequence[str] = ()
    counting: str = ""
    sources: Sequence[Source] = ()
    rights: str = ""
    alternatives: Sequence[str] = ()
    doers: Sequence[str] = ()
    set_aside: str = ""
    confidence: str = ""
    reviewed: bool = False
    note: str = ""
    href: str = ""
    anchor: str = ""
    open: bool = False
    compact: bool = False


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One of a row of links that show parts of the same thing."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """A page above this one; the last crumb is this page and has no address."""

    label: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A term and what it is here."""

    term: str
    value: object
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A language someone speaks."""

    label: str
    level: str = ""
    interpreter: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonHeader:
    """Who a page is about. `facts` are pairs of term and value."""

    name: str
    own_script: str = ""
    own_script_language: str = ""
    languages: Sequence[Spoken] = ()
    facts: Sequence[tuple[str, object]] = ()
    number: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ConflictRow:
    """One thing that two people wrote down differently."""

    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Say whether the two versions are not the same here."""
        return self.yours != self.theirs


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two versions of the same record; nothing of either is lost."""

    rows: Sequence[ConflictRow]
    theirs_by: str = ""
    theirs_at: str = ""
