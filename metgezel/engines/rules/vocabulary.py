"""The typed vocabulary: every event kind, attribute and fact a rule or a case file may name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Texts = Mapping[str, str]
Value = int | str | bool | date


class Type(StrEnum):
    """What kind of value a fact or attribute holds."""

    ENUM = "enum"
    INT = "int"
    BOOL = "bool"
    DATE = "date"
    CODE = "code"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an event kind. `values` maps each allowed enum value to its label."""

    name: str
    type: Type
    label: Texts
    ask: Texts
    values: Mapping[str, Texts]
    required: bool = False
    default: Value | None = None
    minimum: int | None = None
    maximum: int | None = None
    code_of: str = ""


@dataclass(frozen=True, slots=True)
class EventKind:
    """Something that can happen. `until` is the last day on which it still can."""

    kind: str
    group: str
    label: Texts
    hint: Texts
    attributes: Mapping[str, Attribute]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact the engine derives, and the question to ask when it is unknown."""

    name: str
    type: Type
    values: tuple[str, ...]
    ask: Texts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that may be named."""

    groups: Mapping[str, Texts]
    events: Mapping[str, EventKind]
    facts: Mapping[str, Fact]

    def attribute(self, kind: str, name: str) -> Attribute | None:
        """An attribute of an event kind; None when either is unknown."""
        event = self.events.get(kind)
        return event.attributes.get(name) if event else None

    def split(self, name: str) -> tuple[str, str]:
        """Split `asylum.lodged.procedure` in event kind and attribute."""
        kind, _, attribute = name.rpartition(".")
        return kind, attribute
