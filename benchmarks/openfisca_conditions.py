"""Our checked conditions as numpy formulas over OpenFisca variables, three-valued as ours.

No is 0, unknown 1, yes 2: then `and` is the least, `or` the most, `not` the mirror image.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from metgezel.engines.rules.evaluation import COMPARISONS
from metgezel.engines.rules.expression import (
    All,
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
from metgezel.engines.rules.expression import Any as AnyOf

UNKNOWN_DAY = np.datetime64("0001-01-01")
Formula = Callable[[Any, Any], Any]  # (population, period) -> array, one value per row


class Fact:
    """A variable as a condition reads it. `values`: of an enum, in the order of their codes."""

    def __init__(self, read: Formula, values: Sequence[str] | None, day: bool = False) -> None:
        self.read = read
        self.values = values
        self.day = day

    def known(self, array: Any) -> Any:
        """Where it is known: an enum starts with `unknown`, a number is then below zero."""
        if self.day:
            return array > UNKNOWN_DAY
        return np.asarray(array) > 0 if self.values else array >= 0


def formula_of(node: Node, fact: Callable[[str], Fact]) -> Formula:
    """A condition as a formula that gives 0, 1 or 2 per row."""
    match node:
        case All(parts):
            return _folded(np.minimum, [formula_of(part, fact) for part in parts])
        case AnyOf(parts):
            return _folded(np.maximum, [formula_of(part, fact) for part in parts])
        case Not(inner):
            opposite = formula_of(inner, fact)
            return lambda rows, period: 2 - opposite(rows, period)
        case Has(kind):
            return _known(fact(f"{kind}.on:any"))
        case Known(name):
            return _known(fact(name))
        case In(Name(name), values, negated):
            return _one_of(fact(name), [str(v.value) for v in values], negated)
        case Compare(op, Name(name), right):
            return _comparison(op, fact(name), right, fact)
        case Name(name):
            return _one_of(fact(name), ["True"], False)
    raise NotImplementedError(str(node))


def amount_of(node: Node, fact: Callable[[str], Fact]) -> Formula:
    """A number as a formula; below zero is unknown."""
    match node:
        case Literal(value):
            return lambda rows, period: value
        case Name(name):
            return fact(name).read
        case Sum(parts):
            terms = [amount_of(part, fact) for part in parts]
            return lambda rows, period: sum(term(rows, period) for term in terms)
    raise NotImplementedError(str(node))


def _folded(least_or_most: Any, parts: list[Formula]) -> Formula:
    return lambda rows, period: reduce(least_or_most, [part(rows, period) for part in parts])


def _known(fact: Fact) -> Formula:
    return lambda rows, period: 2 * fact.known(fact.read(rows, period))


def _one_of(fact: Fact, wanted: Sequence[str], negated: bool) -> Formula:
    """An enum against a list: one look-up by code."""
    values = fact.values or ()
    answers = [1, *(2 * ((value in wanted) is not negated) for value in values)]
    table = np.array(answers, dtype=np.int8)
    return lambda rows, period: table[np.asarray(fact.read(rows, period))]


def _comparison(op: str, left: Fact, right: Node, fact: Callable[[str], Fact]) -> Formula:
    compare = COMPARISONS[op]
    if isinstance(right, Literal) and left.values:
        return _one_of(left, [str(right.value)], op == "!=")
    if isinstance(right, Literal):
        value = np.datetime64(right.value) if left.day else right.value

        def with_value(rows: Any, period: Any) -> Any:
            array = left.read(rows, period)
            return np.where(left.known(array), 2 * compare(array, value), 1)

        return with_value
    if not isinstance(right, Name):
        raise NotImplementedError(str(right))
    other = fact(right.name)

    def with_fact(rows: Any, period: Any) -> Any:
        first, second = left.read(rows, period), other.read(rows, period)
        known = left.known(first) & other.known(second)
        return np.where(known, 2 * compare(first, second), 1)

    return with_fact
