"""A case: who it is about, who belongs to the household, and what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .vocabulary import Value

RELATIONS = ("spouse", "partner", "child", "parent", "sibling", "other")
WHEREABOUTS = ("abroad", "netherlands", "unknown")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The person the plan is for; None is unknown. Nationality is ISO 3166 alpha-3."""

    birth_date: date | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    unaccompanied_minor: bool | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the household, seen from the person; `id` is stable within the case."""

    id: str
    relation: str
    birth_date: date | None = None
    whereabouts: str = "unknown"
    family_at_entry: bool | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day. `key` identifies it through later corrections."""

    kind: str
    on: date
    attributes: Mapping[str, Value] = field(default_factory=dict)
    key: str = ""

    @property
    def member(self) -> str | None:
        """The household member it is about, if any."""
        member = self.attributes.get("member")
        return member if isinstance(member, str) else None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a plan is computed from."""

    person: PersonFacts
    household: tuple[Member, ...] = ()
    events: tuple[Event, ...] = ()
