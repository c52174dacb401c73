"""Which unknown facts keep a condition undecided: what is worth asking, and nothing else."""

from functools import lru_cache

from .evaluation import Evaluator, Scope, compile_expression
from .expression import All, Any, Known, Node, Not, names_in


def undecided(node: Node, scope: Scope) -> frozenset[str]:
    """Names of the unknown facts whose answer could still decide the condition.

    A part that already fails an `and`, or already holds in an `or`, makes its neighbours
    irrelevant; a fact the condition only asks `known` of is fine as it is. Empty when the
    condition is decided.
    """
    if _compiled(node)(scope) is not None:
        return frozenset()
    match node:
        case Not(inner):
            return undecided(inner, scope)
        case All(parts) | Any(parts):
            return frozenset().union(*(undecided(part, scope) for part in parts))
        case Known():
            return frozenset()
        case _:
            return frozenset(name for name in names_in(node) if scope.value(name) is None)


@lru_cache(maxsize=4096)
def _compiled(node: Node) -> Evaluator:
    return compile_expression(node)
