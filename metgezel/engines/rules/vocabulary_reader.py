"""Read the vocabulary file."""

from .strict_yaml import Fields, PackError, read_yaml
from .vocabulary import Attribute, EventKind, Fact, Type, Value, Vocabulary

FILE = "vocabulary.yaml"


def read_vocabulary(text: str) -> Vocabulary:
    """The vocabulary of a law directory. Raises PackError."""
    top = Fields(read_yaml(FILE, text), FILE)
    groups_at = Fields(top.get("groups"), f"{FILE}, groups")
    groups = {name: groups_at.texts(name) for name in groups_at.content}
    events_at = Fields(top.get("events"), f"{FILE}, events")
    events = {kind: _event(kind, events_at.get(kind), groups) for kind in events_at.content}
    facts_at = Fields(top.get("facts"), f"{FILE}, facts")
    facts = {name: _fact(name, facts_at.get(name)) for name in facts_at.content}
    top.finish()
    return Vocabulary(groups, events, facts)


def _event(kind: str, content: object, groups: dict[str, dict[str, str]]) -> EventKind:
    fields = Fields(content, f"{FILE}, {kind}")
    found = EventKind(
        kind=kind,
        group=fields.choice("group", tuple(groups)),
        label=fields.texts("label"),
        hint=fields.texts("hint", required=False),
        attributes=_attributes(kind, fields.get("attributes")),
        until=fields.day("until"),
    )
    fields.finish()
    return found


def _attributes(kind: str, content: object) -> dict[str, Attribute]:
    if content is None:
        return {}
    fields = Fields(content, f"{FILE}, {kind}")
    return {name: _attribute(kind, name, fields.get(name)) for name in fields.content}


def _attribute(kind: str, name: str, content: object) -> Attribute:
    fields = Fields(content, f"{FILE}, {kind}, {name}")
    type_ = Type(fields.choice("type", tuple(Type)))
    label = fields.texts("label")
    values = {}
    if type_ is Type.ENUM:
        values_at = Fields(fields.get("values"), f"{FILE}, {kind}, {name}, values")
        values = {str(value): values_at.texts(value) for value in values_at.content}
    found = Attribute(
        name=name,
        type=type_,
        label=label,
        ask=fields.texts("ask", required=False)
        or {lang: f"{text.rstrip('?')}?" for lang, text in label.items()},
        values=values,
        required=fields.flag("required", False),
        default=_default(fields, type_),
        minimum=_bound(fields, "min"),
        maximum=_bound(fields, "max"),
        code_of=fields.text("of", ""),
    )
    fields.finish()
    return found


def _bound(fields: Fields, field: str) -> int | None:
    if field not in fields.content:
        return None
    return fields.integer(field, 0, 0, 10_000)


def _default(fields: Fields, type_: Type) -> Value | None:
    value = fields.get("default")
    wanted = {Type.BOOL: bool, Type.INT: int}.get(type_, str)
    if value is None or (isinstance(value, wanted) and isinstance(value, (bool, int, str))):
        return value
    raise fields.error("default", f"does not fit type {type_}")


def _fact(name: str, content: object) -> Fact:
    fields = Fields(content, f"{FILE}, {name}")
    type_ = Type(fields.choice("type", tuple(Type)))
    values = tuple(str(value) for value in fields.items("values"))
    if type_ is Type.ENUM and not values:
        raise PackError(fields.place, "an enum needs values")
    fields.text("of", "")
    found = Fact(name, type_, values, fields.texts("ask"))
    fields.finish()
    return found
