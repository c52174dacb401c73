"""Check a condition against the vocabulary, so that a misspelt word is found before any case."""

from dataclasses import dataclass, replace
from datetime import date

from .expression import (
    All,
    Any,
    Compare,
    ExpressionError,
    Has,
    In,
    Known,
    Literal,
    Name,
    Node,
    Not,
    Sum,
)
from .vocabulary import Type, Vocabulary


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of an expression, with the values an enum allows."""

    type: Type
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = {Type.INT: "a whole number", Type.BOOL: "true or false", Type.DATE: "a date"}
        return names.get(self.type, "a word")


BOOL = Kind(Type.BOOL)
DATE = Kind(Type.DATE)
INT = Kind(Type.INT)


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: vocabulary, trigger kinds, whether a member is at hand."""

    vocabulary: Vocabulary
    triggers: tuple[str, ...] = ()
    member: bool = False


def typed(node: Node, context: Context, expected: Type) -> Node:
    """Return the expression with its words resolved. Raises ExpressionError with a sentence."""
    resolved, kind = _infer(node, context)
    if kind.type is not expected:
        raise ExpressionError(f"this gives {kind}, where {Kind(expected)} is needed")
    return resolved


def type_of_name(name: str, context: Context) -> Kind:
    """The type of a fact. Raises ExpressionError when it is unknown here."""
    vocabulary = context.vocabulary
    if name.startswith("event."):
        return _trigger_attribute(name.removeprefix("event."), context)
    if fact := vocabulary.facts.get(name):
        if name.startswith("member.") and not context.member:
            raise ExpressionError(f"'{name}' needs `each: member` or a trigger about a member")
        return Kind(fact.type, fact.values)
    kind, attribute = vocabulary.split(name)
    if kind in vocabulary.events:
        return _attribute(kind, attribute, context)
    raise ExpressionError(f"'{name}' is not in the vocabulary")


def _trigger_attribute(attribute: str, context: Context) -> Kind:
    if not context.triggers:
        raise ExpressionError(f"'event.{attribute}' needs a trigger (`on:`)")
    kinds = [_attribute(trigger, attribute, context) for trigger in context.triggers]
    if any(kind != kinds[0] for kind in kinds):
        raise ExpressionError(f"'event.{attribute}' differs in type between the triggers")
    return kinds[0]


def _attribute(kind: str, attribute: str, context: Context) -> Kind:
    if attribute == "on":
        return DATE
    found = context.vocabulary.attribute(kind, attribute)
    if found is None:
        raise ExpressionError(f"'{kind}' has no attribute '{attribute}'")
    return Kind(found.type, tuple(found.values))


def _infer(node: Node, context: Context) -> tuple[Node, Kind]:
    match node:
        case Name(name):
            return node, type_of_name(name, context)
        case Known(name):
            type_of_name(name, context)
            return node, BOOL
        case Has(kind):
            if kind not in context.vocabulary.events:
                raise ExpressionError(f"'{kind}' is not an event kind of the vocabulary")
            return node, BOOL
        case Literal(value):
            return node, _literal_kind(value)
        case Not(inner):
            return Not(typed(inner, context, Type.BOOL)), BOOL
        case All(parts):
            return All(tuple(typed(part, context, Type.BOOL) for part in parts)), BOOL
        case Any(parts):
            return Any(tuple(typed(part, context, Type.BOOL) for part in parts)), BOOL
        case Sum(parts):
            return Sum(tuple(typed(part, context, Type.INT) for part in parts)), INT
        case Compare(op, left, right):
            return _comparison(op, left, right, context), BOOL
        case In(left, values, negated):
            resolved, wanted = _infer(left, context)
            return In(resolved, tuple(_fit(v, wanted) for v in values), negated), BOOL


def _literal_kind(value: int | date | bool | str) -> Kind:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT
    return DATE if isinstance(value, date) else Kind(Type.CODE)


def _comparison(op: str, left: Node, right: Node, context: Context) -> Compare:
    if isinstance(left, Literal):
        raise ExpressionError("a comparison starts with a fact, not with a value")
    first, kind = _infer(left, context)
    if isinstance(right, Literal):
        second: Node = _fit(right, kind)
    else:
        second, other = _infer(right, context)
        if other.type is not kind.type:
            raise ExpressionError(f"{kind} cannot be compared with {other}")
    if op not in ("==", "!=") and kind.type not in (Type.INT, Type.DATE):
        raise ExpressionError(f"'{op}' compares numbers or dates, not {kind}")
    return Compare(op, first, second)


def _fit(literal: Literal, kind: Kind) -> Literal:
    """A value in the type of what it is compared with; `1` may be an enum value too."""
    value = literal.value
    if kind.type is Type.ENUM:
        word = str(value)
        if word not in kind.values:
            raise ExpressionError(f"'{word}' is not one of: {', '.join(kind.values)}")
        return replace(literal, value=word)
    if kind.type in (Type.CODE, Type.MEMBER):
        return replace(literal, value=str(value))
    if _literal_kind(value).type is not kind.type:
        raise ExpressionError(f"'{value}' is not {kind}")
    return literal
