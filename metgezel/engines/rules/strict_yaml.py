"""Read YAML that may come from anyone: no aliases, no tags, no doubled keys, a limited size."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

LARGEST = 1_000_000
DEEPEST = 20


class PackError(ValueError):
    """A pack that cannot be read: where, and what is wrong."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class _StrictLoader(yaml.SafeLoader):
    """SafeLoader that refuses what can hide or multiply content."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.events.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise yaml.YAMLError(f"line {line}: references (*name) are not allowed")
        if getattr(event, "anchor", None):
            raise yaml.constructor.ConstructorError(
                None, None, "anchors (&name) are not allowed", event.start_mark
            )
        if getattr(event, "tag", None):
            raise yaml.constructor.ConstructorError(
                None, None, "tags (!name) are not allowed", event.start_mark
            )
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.constructor.ConstructorError(
                None, None, f"nested more than {DEEPEST} deep", event.start_mark
            )
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                raise yaml.constructor.ConstructorError(
                    None, None, "only a plain name may stand before a colon", key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' stands here twice", key.start_mark
                )
            seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep=True)
        found["__line__"] = node.start_mark.line + 1
        return found


def _construct(loader: _StrictLoader, node: yaml.Node) -> Any:
    if not isinstance(node, yaml.MappingNode):
        raise yaml.constructor.ConstructorError(None, None, "a mapping is needed", node.start_mark)
    return loader.construct_mapping(node, deep=True)


def _day(loader: _StrictLoader, node: yaml.Node) -> date:
    try:
        return date.fromisoformat(str(node.value))
    except ValueError:
        raise yaml.constructor.ConstructorError(
            None, None, f"{node.value} is not a day of the calendar", node.start_mark
        ) from None


# YAML 1.1 reads a bare `on`, `yes` or `no` as a truth value; here only true and false are.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf")
)
_StrictLoader.add_constructor("tag:yaml.org,2002:map", _construct)
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read_yaml(name: str, text: str) -> Any:
    """The content of a YAML text; every mapping carries its line as `__line__`.

    Raises PackError naming the file and line.
    """
    if len(text) > LARGEST:
        raise PackError(name, f"the file is larger than {LARGEST:,} characters")
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader made stricter
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise PackError(f"{name}, line {line}", problem.problem or "not readable") from None
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise PackError(name, f"not readable as YAML ({problem})") from None


def without_lines(content: Any) -> Any:
    """The same content without the line numbers."""
    if isinstance(content, Mapping):
        return {k: without_lines(v) for k, v in content.items() if k != "__line__"}
    if isinstance(content, list):
        return [without_lines(item) for item in content]
    return content


class Fields:
    """The fields of one mapping in a pack; says by name what is missing, wrong or unknown."""

    def __init__(self, content: Any, place: str) -> None:
        if not isinstance(content, Mapping):
            raise PackError(place, "fields with a name are needed here")
        self.content = dict(content)
        line = self.content.pop("__line__", None)
        self.place = f"{place}, line {line}" if line and "line" not in place else place
        self.read: set[str] = set()

    def error(self, field: str, message: str) -> PackError:
        """An error at this field."""
        return PackError(self.place, f"{field}: {message}")

    def get(self, field: str, default: Any = None) -> Any:
        """The raw content of a field."""
        self.read.add(field)
        return self.content.get(field, default)

    def text(self, field: str, default: str | None = None) -> str:
        """A text or number as text; required when no default is given."""
        value = self.get(field, default)
        if isinstance(value, (date, datetime)):
            return value.isoformat()
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self.error(field, "a text is needed")
        return str(value)

    def choice(self, field: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the allowed words."""
        value = self.text(field, default)
        if value not in allowed:
            raise self.error(
                field, f"'{value}' is not one of: {', '.join(a for a in allowed if a)}"
            )
        return value

    def flag(self, field: str, default: bool) -> bool:
        """true or false."""
        value = self.get(field, default)
        if not isinstance(value, bool):
            raise self.error(field, "true or false is needed")
        return value

    def integer(self, field: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        value = self.get(field, default)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise self.error(field, f"a whole number from {lowest} to {highest} is needed")
        return value

    def day(self, field: str) -> date | None:
        """A date, or None when the field is absent."""
        value = self.get(field)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.error(field, "a date as 2026-06-12 is needed")
        return value

    def items(self, field: str) -> list[Any]:
        """A list; empty when the field is absent."""
        value = self.get(field, [])
        if not isinstance(value, list):
            raise self.error(field, "a list is needed")
        return value

    def texts(self, field: str, required: bool = True) -> dict[str, str]:
        """A text in Dutch and English; empty when absent and not required."""
        value = self.get(field)
        if value is None and not required:
            return {}
        if not isinstance(value, Mapping):
            raise self.error(field, "a text with nl and en is needed")
        found = {k: v for k, v in value.items() if k != "__line__"}
        if set(found) != {"nl", "en"} or not all(isinstance(v, str) for v in found.values()):
            raise self.error(field, "exactly the texts nl and en are needed")
        return {lang: text.strip() for lang, text in found.items()}

    def finish(self) -> None:
        """Refuse fields nobody asked for."""
        unknown = sorted(str(key) for key in set(self.content) - self.read)
        if unknown:
            raise PackError(
                self.place,
                f"unknown field {', '.join(unknown)}; allowed: {', '.join(sorted(self.read))}",
            )
