"""Read a case from the JSON form of the command line, saying by path what is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .cases import RELATIONS, WHEREABOUTS, Case, Event, Member, PersonFacts
from .vocabulary import Attribute, Type, Value, Vocabulary

MOST_EVENTS, MOST_MEMBERS = 2_000, 100


class CaseErrors(ValueError):
    """Everything that is wrong with a case, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_case(content: object, vocabulary: Vocabulary) -> Case:
    """A case from `{"person": ..., "household": [...], "events": [...]}`. Raises CaseErrors."""
    reader = _Reader(vocabulary)
    case = reader.case(content)
    if reader.problems:
        raise CaseErrors(reader.problems)
    return case


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[str] = []

    def wrong(self, path: str, message: str) -> None:
        self.problems.append(f"{path}: {message}")

    def mapping(self, content: object, path: str, allowed: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(content, Mapping):
            self.wrong(path, "an object with named fields is needed")
            return {}
        for key in content:
            if key not in allowed:
                self.wrong(f"{path}.{key}", f"unknown field; allowed: {', '.join(allowed)}")
        return content

    def listed(self, content: object, path: str, most: int) -> list[Any]:
        if not isinstance(content, list):
            self.wrong(path, "a list is needed")
            return []
        if len(content) > most:
            self.wrong(path, f"more than {most:,} entries")
            return []
        return content

    def case(self, content: object) -> Case:
        fields = self.mapping(content, "case", ("person", "household", "events"))
        if "person" not in fields:
            self.wrong("person", "is missing")
        person = self.person(fields.get("person", {}))
        household = self.listed(fields.get("household", []), "household", MOST_MEMBERS)
        members = [self.member(item, f"household[{i}]") for i, item in enumerate(household)]
        ids = [member.id for member in members]
        for index, member_id in enumerate(ids):
            if member_id in ids[:index]:
                self.wrong(f"household[{index}].id", f"'{member_id}' stands here twice")
        events = self.listed(fields.get("events", []), "events", MOST_EVENTS)
        found = [self.event(item, f"events[{i}]", ids) for i, item in enumerate(events)]
        return Case(person, tuple(members), tuple(event for event in found if event))

    def person(self, content: object) -> PersonFacts:
        path = "person"
        fields = self.mapping(
            content, path,
            ("birth_date", "nationality", "languages", "unaccompanied_minor", "municipality"),
        )  # fmt: skip
        languages = self.listed(fields.get("languages", []), f"{path}.languages", 50)
        return PersonFacts(
            birth_date=self.day(fields.get("birth_date"), f"{path}.birth_date"),
            nationality=self.text(fields.get("nationality"), f"{path}.nationality"),
            languages=tuple(
                self.text(item, f"{path}.languages[{i}]") or "" for i, item in enumerate(languages)
            ),
            unaccompanied_minor=self.flag(
                fields.get("unaccompanied_minor"), f"{path}.unaccompanied_minor"
            ),
            municipality=self.text(fields.get("municipality"), f"{path}.municipality"),
        )

    def member(self, content: object, path: str) -> Member:
        fields = self.mapping(
            content, path, ("id", "relation", "birth_date", "whereabouts", "family_at_entry")
        )
        for needed in ("id", "relation"):
            if needed not in fields:
                self.wrong(f"{path}.{needed}", "is missing")
        return Member(
            id=self.text(fields.get("id"), f"{path}.id") or "",
            relation=self.choice(fields.get("relation"), f"{path}.relation", RELATIONS),
            birth_date=self.day(fields.get("birth_date"), f"{path}.birth_date"),
            whereabouts=self.choice(
                fields.get("whereabouts", "unknown"), f"{path}.whereabouts", WHEREABOUTS
            ),
            family_at_entry=self.flag(fields.get("family_at_entry"), f"{path}.family_at_entry"),
        )

    def event(self, content: object, path: str, members: list[str]) -> Event | None:
        if not isinstance(content, Mapping):
            self.wrong(path, "an object with named fields is needed")
            return None
        kind = self.vocabulary.events.get(str(content.get("kind")))
        if kind is None:
            self.wrong(
                f"{path}.kind",
                f"'{content.get('kind')}' is not a known kind of event; allowed: "
                + ", ".join(sorted(self.vocabulary.events)),
            )
            return None
        self.mapping(content, path, ("kind", "on", "note", *kind.attributes))
        if "on" not in content:
            self.wrong(f"{path}.on", "the day is missing")
        on = self.day(content.get("on"), f"{path}.on")
        self.text(content.get("note"), f"{path}.note")
        attributes: dict[str, Value] = {}
        for attribute in kind.attributes.values():
            value = self.attribute(content.get(attribute.name), attribute, path, members)
            if value is not None:
                attributes[attribute.name] = value
        return Event(kind.kind, on, attributes, path) if on else None

    def attribute(
        self, value: object, attribute: Attribute, path: str, members: list[str]
    ) -> Value | None:
        path = f"{path}.{attribute.name}"
        if value is None:
            if attribute.required:
                self.wrong(path, f"is missing{_allowed(attribute)}")
            return None
        match attribute.type:
            case Type.ENUM:
                word = str(value) if isinstance(value, int) else value
                return self.choice(word, path, tuple(attribute.values))
            case Type.INT:
                return self.whole(value, path, attribute)
            case Type.BOOL:
                return self.flag(value, path)
            case Type.DATE:
                return self.day(value, path)
            case Type.MEMBER:
                if value not in members:
                    self.wrong(path, f"'{value}' is not an id in household")
                return str(value)
            case Type.CODE:
                return self.text(value, path)

    def choice(self, value: object, path: str, allowed: tuple[str, ...]) -> str:
        if value not in allowed:
            self.wrong(path, f"'{value}' is not allowed; allowed: {', '.join(allowed)}")
        return str(value)

    def whole(self, value: object, path: str, attribute: Attribute) -> int:
        lowest, highest = attribute.minimum or 0, attribute.maximum or 10_000
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.wrong(path, f"'{value}' is not a whole number from {lowest} to {highest}")
            return lowest
        return value

    def text(self, value: object, path: str) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > 2_000:
            self.wrong(path, "a text of at most 2,000 characters is needed")
            return None
        return value

    def flag(self, value: object, path: str) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        self.wrong(path, f"'{value}' is not true or false")
        return None

    def day(self, value: object, path: str) -> date | None:
        if value is None:
            return None
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
            if day is None or day.isoformat() != value:
                raise ValueError
        except ValueError:
            self.wrong(path, f"'{value}' is not a day of the calendar; write it as 2026-06-12")
            return None
        if not 1900 <= day.year <= 2199:
            self.wrong(path, f"{value} lies outside 1900-2199")
            return None
        return day


def _allowed(attribute: Attribute) -> str:
    return f"; allowed: {', '.join(attribute.values)}" if attribute.values else ""
