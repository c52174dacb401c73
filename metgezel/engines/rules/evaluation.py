"""Turn a checked expression into a function of a scope; unknown facts stay unknown (Kleene)."""

import operator
from collections.abc import Callable, Mapping
from typing import Any as Any_
from typing import Protocol

from .expression import (
    All,
    Any,
    Compare,
    Has,
    In,
    Known,
    Literal,
    Name,
    Node,
    Not,
    Sum,
)
from .vocabulary import Value


class Scope(Protocol):
    """Where facts come from: None is unknown."""

    def value(self, name: str) -> Value | None:
        """The value of a fact."""

    def has(self, kind: str) -> bool:
        """Whether an event of this kind is in the file."""


Evaluator = Callable[[Scope], Value | None]

COMPARISONS: Mapping[str, Callable[[Any_, Any_], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_expression(node: Node) -> Evaluator:
    """Compile a typed expression to a closure."""
    match node:
        case Name(name):
            return lambda scope: scope.value(name)
        case Literal(value):
            return lambda _: value
        case Has(kind):
            return lambda scope: scope.has(kind)
        case Known(name):
            return lambda scope: scope.value(name) is not None
        case Not(Has(kind)):
            return lambda scope: not scope.has(kind)
        case Not(Known(name)):
            return lambda scope: scope.value(name) is None
        case Not(inner):
            return _negation(compile_expression(inner))
        case All(parts):
            return _conjunction([compile_expression(part) for part in parts])
        case Any(parts):
            return _disjunction([compile_expression(part) for part in parts])
        case Sum(parts):
            return _addition([compile_expression(part) for part in parts])
        case Compare(op, Name(name), Literal(value)):
            return _fact_comparison(op, name, value)
        case Compare(op, left, right):
            return _comparison(op, compile_expression(left), compile_expression(right))
        case In(Name(name), values, negated):
            return _fact_membership(name, _allowed(values), negated)
        case In(left, values, negated):
            return _membership(compile_expression(left), _allowed(values), negated)


def _allowed(values: tuple[Literal, ...]) -> frozenset[Value]:
    return frozenset(literal.value for literal in values)


def _negation(inner: Evaluator) -> Evaluator:
    def run(scope: Scope) -> bool | None:
        value = inner(scope)
        return None if value is None else not value

    return run


def _conjunction(parts: list[Evaluator]) -> Evaluator:
    def run(scope: Scope) -> bool | None:
        unknown = False
        for part in parts:
            value = part(scope)
            if value is None:
                unknown = True
            elif not value:
                return False
        return None if unknown else True

    return run


def _disjunction(parts: list[Evaluator]) -> Evaluator:
    def run(scope: Scope) -> bool | None:
        unknown = False
        for part in parts:
            value = part(scope)
            if value is None:
                unknown = True
            elif value:
                return True
        return None if unknown else False

    return run


def _addition(parts: list[Evaluator]) -> Evaluator:
    def run(scope: Scope) -> int | None:
        total = 0
        for part in parts:
            value = part(scope)
            if not isinstance(value, int):
                return None
            total += value
        return total

    return run


def _comparison(op: str, left: Evaluator, right: Evaluator) -> Evaluator:
    compare = COMPARISONS[op]

    def run(scope: Scope) -> bool | None:
        first = left(scope)
        if first is None:
            return None
        second = right(scope)
        return None if second is None else compare(first, second)

    return run


def _fact_comparison(op: str, name: str, value: Value) -> Evaluator:
    """The commonest comparison, a fact with a value, without a call for either side."""
    compare = COMPARISONS[op]

    def run(scope: Scope) -> bool | None:
        fact = scope.value(name)
        return None if fact is None else compare(fact, value)

    return run


def _fact_membership(name: str, allowed: frozenset[Value], negated: bool) -> Evaluator:
    """A fact in a list of values, without a call for the fact."""

    def run(scope: Scope) -> bool | None:
        fact = scope.value(name)
        return None if fact is None else (fact in allowed) is not negated

    return run


def _membership(left: Evaluator, allowed: frozenset[Value], negated: bool) -> Evaluator:
    def run(scope: Scope) -> bool | None:
        value = left(scope)
        return None if value is None else (value in allowed) is not negated

    return run
