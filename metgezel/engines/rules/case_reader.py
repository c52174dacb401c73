"""Read a case from the JSON form of the command line, saying by path what is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .cases import RELATIONS, WHEREABOUTS, Case, Event, Member, PersonFacts
from .problems import CaseProblem, Filling, case_problem, shown
from .vocabulary import Attribute, Texts, Type, Value, Vocabulary

MOST_EVENTS, MOST_MEMBERS = 2_000, 100
OBJECT = ("hier moeten velden met een naam staan", "an object with named fields is needed")


class CaseErrors(ValueError):
    """Everything that is wrong with a case, a sentence each.

    `problems` are the sentences of the command line, `found` the same for a screen.
    """

    def __init__(self, found: list[CaseProblem]) -> None:
        self.problems = [f"{problem.where}: {problem.message['en']}" for problem in found]
        super().__init__("\n".join(self.problems))
        self.found = found


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
        self.problems: list[CaseProblem] = []

    def wrong(self, path: str, nl: str, en: str, **filling: Filling) -> None:
        self.problems.append(case_problem(path, nl, en, **filling))

    def missing(self, path: str, allowed: str = "", words: Texts | None = None) -> None:
        if not allowed:
            return self.wrong(path, "ontbreekt; dit moet ingevuld zijn", "is missing")
        offered = {"code": allowed, **(words or {})}
        return self.wrong(
            path,
            "ontbreekt; kies uit: {allowed}",
            "is missing; allowed: {allowed}",
            allowed=offered,
        )

    def mapping(self, content: object, path: str, allowed: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(content, Mapping):
            self.wrong(path, *OBJECT)
            return {}
        for key in content:
            if key not in allowed:
                self.wrong(
                    f"{path}.{shown(key)}",
                    "onbekend veld; kies uit: {allowed}",
                    "unknown field; allowed: {allowed}",
                    allowed=", ".join(allowed),
                )
        return content

    def listed(self, content: object, path: str, most: int) -> list[Any]:
        if not isinstance(content, list):
            self.wrong(path, "hier moet een lijst staan", "a list is needed")
            return []
        if len(content) > most:
            self.wrong(
                path, "meer dan {most} regels; minder kan wel", "more than {most} entries",
                most=f"{most:,}",
            )  # fmt: skip
            return []
        return content

    def case(self, content: object) -> Case:
        fields = self.mapping(content, "case", ("person", "household", "events"))
        if "person" not in fields:
            self.missing("person")
        person = self.person(fields.get("person", {}))
        household = self.listed(fields.get("household", []), "household", MOST_MEMBERS)
        members = [self.member(item, f"household[{i}]") for i, item in enumerate(household)]
        ids = [member.id for member in members]
        for index, member_id in enumerate(ids):
            if member_id in ids[:index]:
                self.wrong(
                    f"household[{index}].id",
                    "'{id}' staat hier twee keer; elk gezinslid heeft een eigen naam",
                    "'{id}' stands here twice",
                    id=shown(member_id),
                )
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
                self.missing(f"{path}.{needed}")
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
            self.wrong(path, *OBJECT)
            return None
        kind = self.vocabulary.events.get(str(content.get("kind")))
        if kind is None:
            self.wrong(
                f"{path}.kind",
                "'{kind}' is geen bekende soort gebeurtenis; kies uit: {allowed}",
                "'{kind}' is not a known kind of event; allowed: {allowed}",
                kind=shown(content.get("kind")),
                allowed=", ".join(sorted(self.vocabulary.events)),
            )
            return None
        self.mapping(content, path, ("kind", "on", "note", *kind.attributes))
        if "on" not in content:
            self.wrong(f"{path}.on", "vul de dag in, bijvoorbeeld 12-6-2026", "the day is missing")
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
                self.missing(path, ", ".join(attribute.values), _labels(attribute))
            return None
        match attribute.type:
            case Type.ENUM:
                word = str(value) if isinstance(value, int) else value
                return self.choice(word, path, tuple(attribute.values), _labels(attribute))
            case Type.INT:
                return self.whole(value, path, attribute)
            case Type.BOOL:
                return self.flag(value, path)
            case Type.DATE:
                return self.day(value, path)
            case Type.MEMBER:
                if value not in members:
                    self.wrong(
                        path,
                        "'{id}' hoort niet bij dit gezin; kies een gezinslid uit het dossier",
                        "'{id}' is not an id in household",
                        id=shown(value),
                    )
                return str(value)
            case Type.CODE:
                return self.text(value, path)

    def choice(
        self, value: object, path: str, allowed: tuple[str, ...], labels: Texts | None = None
    ) -> str:
        if value not in allowed:
            codes = ", ".join(allowed)
            self.wrong(
                path,
                "'{value}' kan hier niet; kies uit: {allowed}",
                "'{value}' is not allowed; allowed: {allowed}",
                value=shown(value),
                allowed={"code": codes, "nl": codes, "en": codes, **(labels or {})},
            )
        return str(value)

    def whole(self, value: object, path: str, attribute: Attribute) -> int:
        lowest, highest = attribute.minimum or 0, attribute.maximum or 10_000
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.wrong(
                path,
                "'{value}' is geen heel getal van {lowest} tot en met {highest}",
                "'{value}' is not a whole number from {lowest} to {highest}",
                value=shown(value),
                lowest=str(lowest),
                highest=str(highest),
            )
            return lowest
        return value

    def text(self, value: object, path: str) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > 2_000:
            self.wrong(
                path,
                "hier moet een tekst van hoogstens 2000 tekens staan",
                "a text of at most 2,000 characters is needed",
            )
            return None
        return value

    def flag(self, value: object, path: str) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        self.wrong(
            path,
            "'{value}' is geen ja of nee",
            "'{value}' is not true or false",
            value=shown(value),
        )
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
            self.wrong(
                path,
                "'{value}' is geen dag van de kalender; schrijf bijvoorbeeld 2026-06-12",
                "'{value}' is not a day of the calendar; write it as 2026-06-12",
                value=shown(value),
            )
            return None
        if not 1900 <= day.year <= 2199:
            self.wrong(
                path,
                "{day} ligt buiten de jaren 1900 tot en met 2199",
                "{day} lies outside 1900-2199",
                day=day,
            )
            return None
        return day


def _labels(attribute: Attribute) -> Texts:
    """The answers that are allowed, in words."""
    texts = attribute.values.values()
    return {lang: ", ".join(text.get(lang, text["nl"]) for text in texts) for lang in ("nl", "en")}
