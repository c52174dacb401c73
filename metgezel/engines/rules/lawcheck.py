"""Check a law book: overlaps, conditions that can never hold, and every example as a test."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice, product
from typing import Any

from .case_check import check_case
from .case_reader import CaseErrors, read_case
from .counting import Count, DayOutOfRange, From, Term, Unit, count_term
from .expression import All, Compare, Has, In, Known, Literal, Name, Node, Not
from .expression import Any as AnyOf
from .expression_types import Context, type_of_name
from .expression_types import Kind as TypeKind
from .law import DATED, Condition, Example, Kind, LawBook, Rule
from .planner import plan
from .steps import Plan, Step
from .vocabulary import Type, Value

MOST_TRIED = 200_000
ENOUGH = 20_000


@dataclass(frozen=True)
class Report:
    """How much was checked and what is wrong, a sentence per problem."""

    rules: int
    examples: int
    problems: tuple[str, ...]


def check_lawbook(lawbook: LawBook) -> Report:
    """Check everything that can be checked without a case of one's own."""
    problems = [
        *_overlapping_versions(lawbook),
        *(problem for rule in lawbook.rules for problem in _unreachable(rule, lawbook)),
        *_overlapping_candidates(lawbook),
        *(
            problem
            for rule in lawbook.rules
            for example in rule.examples
            for problem in run_example(rule, example, lawbook)
        ),
    ]
    examples = sum(len(rule.examples) for rule in lawbook.rules)
    ids = {rule.id for rule in lawbook.rules}
    return Report(len(ids), examples, tuple(problems))


def _overlapping_versions(lawbook: LawBook) -> Iterator[str]:
    for one, other in combinations(lawbook.rules, 2):
        if one.id == other.id and one.validity.overlaps(other.validity):
            yield f"{other.place}: valid: overlaps another version of {one.id}"


class _Assignment:
    """Facts with chosen values."""

    def __init__(self, values: Mapping[str, Value | None]) -> None:
        self.values = values

    def value(self, name: str) -> Value | None:
        return self.values[name]

    def has(self, kind: str) -> bool:
        return bool(self.values[f"has {kind}"])


def _literals(node: Node, found: dict[str, set[Value | None]]) -> None:
    """Gather, per fact, the values a condition compares it with."""
    match node:
        case Name(name):
            found.setdefault(name, set())
        case Known(name):
            found.setdefault(name, set()).add(None)
        case Has(kind):
            found.setdefault(f"has {kind}", set())
        case Compare(_, left, right):
            _literals(left, found)
            _literals(right, found)
            if isinstance(left, Name) and isinstance(right, Literal):
                found[left.name].add(right.value)
        case In(left, values, _):
            _literals(left, found)
            if isinstance(left, Name):
                found[left.name].update(value.value for value in values)
        case Not(inner):
            _literals(inner, found)
        case All(parts) | AnyOf(parts):
            for part in parts:
                _literals(part, found)
        case _:
            return


def _domain(name: str, literals: set[Value | None], context: Context) -> list[Value | None]:
    """Values that make every difference a condition can see; None where it asks `known`."""
    if name.startswith("has "):
        return [True, False]
    return [*_known_domain(type_of_name(name, context), literals), *({None} & literals)]


def _known_domain(kind: TypeKind, literals: set[Value | None]) -> list[Value]:
    if kind.type is Type.ENUM:
        return [*kind.values]
    if kind.type is Type.BOOL:
        return [True, False]
    if kind.type is Type.INT:
        near = {int(v) + d for v in literals if isinstance(v, int) for d in (-1, 0, 1)}
        return [*sorted(near or {0, 1})]
    if kind.type is Type.DATE:
        days = {v + timedelta(d) for v in literals if isinstance(v, date) for d in (-1, 0, 1)}
        return [*sorted(days or {date(2026, 1, 1)})]
    return [*sorted(str(v) for v in literals if v is not None), "ZZZ"]


def _assignments(
    conditions: tuple[Condition, ...], rule: Rule, lawbook: LawBook
) -> Iterator[_Assignment]:
    found: dict[str, set[Value | None]] = {}
    for condition in conditions:
        _literals(condition.node, found)
    context = Context(lawbook.vocabulary, rule.triggers, True)
    names = sorted(found)
    domains = [_domain(name, found[name], context) for name in names]
    for values in islice(product(*domains), MOST_TRIED):
        yield _Assignment(dict(zip(names, values, strict=True)))


def _can_hold(condition: Condition, rule: Rule, lawbook: LawBook) -> bool:
    """Whether some facts make it true; unknown facts are tried where it asks `known`."""
    empty = _Unknown()
    return bool(condition.evaluate(empty)) or any(
        condition.evaluate(scope) for scope in _assignments((condition,), rule, lawbook)
    )


class _Unknown:
    """A file of which nothing is known."""

    def value(self, _: str) -> None:
        return None

    def has(self, _: str) -> bool:
        return False


def _unreachable(rule: Rule, lawbook: LawBook) -> Iterator[str]:
    if rule.when is not None and not _can_hold(rule.when, rule, lawbook):
        yield f"{rule.place}: when: can never hold"
    for number, case in enumerate(rule.terms, 1):
        if case.when is not None and not _can_hold(case.when, rule, lawbook):
            yield f"{rule.place}: term case {number}: when: can never hold"


def _overlapping_candidates(lawbook: LawBook) -> Iterator[str]:
    """Two rules of one group under one regime may never both hold for the same trigger."""
    grouped = [rule for rule in lawbook.rules if rule.candidates and rule.kind in DATED]
    for one, other in combinations(grouped, 2):
        if one.candidates != other.candidates or not set(one.triggers) & set(other.triggers):
            continue
        if one.id == other.id or not one.validity.overlaps(other.validity):
            continue
        if _both_can_hold(one, other, lawbook):
            yield (
                f"{other.place}: when: can hold together with {one.id}, "
                f"which answers the same question ({one.candidates})"
            )


def _both_can_hold(one: Rule, other: Rule, lawbook: LawBook) -> bool:
    conditions = tuple(c for c in (one.when, other.when) if c is not None)
    if len(conditions) < 2:
        return True
    scopes = islice(_assignments(conditions, one, lawbook), ENOUGH)
    return any(all(c.evaluate(scope) for c in conditions) for scope in scopes)


def run_example(rule: Rule, example: Example, lawbook: LawBook) -> Iterator[str]:
    """Run one example; yields what differs from what it expects."""
    data = dict(example.data)
    expected = data.pop("expect", None)
    data.pop("note", None)
    if expected is None:
        yield f"{example.place}: expect: is missing"
        return
    if "count" in data:
        yield from _counting_example(data, expected, example.place, lawbook)
        return
    on = data.pop("on", None)
    content = {"person": {}, **data}
    try:
        case = read_case(content, lawbook.vocabulary)
    except CaseErrors as problem:
        yield from (f"{example.place}: {sentence}" for sentence in problem.problems)
        return
    if on is not None and not isinstance(on, date):
        yield f"{example.place}: on: a date as 2026-06-12 is needed"
        return
    on = on or max((event.on for event in case.events), default=date(2026, 11, 24))
    wrong = check_case(case, lawbook.vocabulary, on)
    yield from (f"{example.place}: {item.where}: {item.message['en']}" for item in wrong)
    if wrong:
        return
    try:
        found = plan(case, lawbook, on)
    except DayOutOfRange as problem:
        yield f"{example.place}: {problem}"
        return
    yield from _compare(rule, found, expected, example.place)


def _compare(rule: Rule, found: Plan, expected: Any, place: str) -> Iterator[str]:
    steps = [
        step
        for shown in found.steps
        for step in (shown, *shown.alternatives)
        if step.rule.id == rule.id
    ]
    shown = False
    if rule.kind is Kind.QUESTION:
        shown = any(q.rule.id == rule.id and not q.fact for q in found.questions)
    elif rule.kind in DATED:
        shown = bool(steps)
    elif rule.kind in (Kind.NOTICE, Kind.COUNTING):
        shown = any(notice.rule.id == rule.id for notice in found.notices)
    if expected in ("shown", "not_shown"):
        if shown is not (expected == "shown"):
            yield f"{place}: expected {expected}, but it is {'' if shown else 'not '}shown"
    elif not isinstance(expected, Mapping):
        yield f"{place}: expect: shown, not_shown or dates are needed"
    elif not any(_differences(step, expected, len(steps)) == [] for step in steps):
        first = steps[0] if steps else None
        differences = _differences(first, expected, len(steps)) if first else ["no step came out"]
        yield f"{place}: " + "; ".join(differences)


def _differences(step: Step, expected: Mapping[str, Any], steps: int) -> list[str]:
    found = {
        "steps": steps,
        "starts": step.starts,
        "raw": step.raw,
        "safe": step.safe,
        "due": step.due,
        "state": step.state.value,
        "member": step.member,
        "assumed": step.assumed,
        "late": step.late,
    }
    return [
        f"{name} is {found.get(name, 'not known')}, expected {value}"
        for name, value in expected.items()
        if name not in found or found[name] != value
    ]


def _counting_example(
    data: Mapping[str, Any], expected: Any, place: str, lawbook: LawBook
) -> Iterator[str]:
    content = data["count"] if isinstance(data["count"], Mapping) else {}
    start = content.get("from")
    units = [unit for unit in Unit if unit in content]
    if not isinstance(start, date) or len(units) != 1 or not isinstance(expected, Mapping):
        yield f"{place}: count: from, one unit and expected dates are needed"
        return
    try:
        term = Term(
            int(content[units[0]]),
            units[0],
            Count(content.get("count", "atw")),
            From(content.get("start", "trigger")),
        )
        counted = count_term(start, term, lawbook.calendar)
    except (ValueError, TypeError) as problem:
        yield f"{place}: count: {problem}"
        return
    found = {"starts": counted.starts, "raw": counted.raw, "safe": counted.safe, "due": counted.due}
    for name, value in expected.items():
        if found.get(name) != value:
            yield f"{place}: {name} is {found.get(name)}, expected {value}"
