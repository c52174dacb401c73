"""What a law book is made of: rules with their terms, texts, sources and examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from .counting import Count, From, Term, Unit
from .days import Calendar
from .evaluation import Evaluator, Scope
from .expression import Node
from .vocabulary import Texts, Value, Vocabulary


class Kind(StrEnum):
    """What a rule gives: a last day, a first day, a text, a question, or a way of counting."""

    DEADLINE = "deadline"
    OPENING = "opening"
    NOTICE = "notice"
    QUESTION = "question"
    COUNTING = "counting"


class Once(StrEnum):
    """Whether more than one event may start the same step.

    `first`: only the first event starts it; later ones change nothing (a second integration plan).
    `same_dates`: steps with equal dates are one step (a second letter of extension).
    """

    NO = ""
    FIRST = "first"
    SAME_DATES = "same_dates"


DATED = (Kind.DEADLINE, Kind.OPENING)


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked expression, its text, and the function it compiles to."""

    text: str
    node: Node
    evaluate: Evaluator
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermCase:
    """One way to count a rule's term; `when` None always holds. `fixed` where the amount is."""

    amount: Condition
    unit: Unit
    count: Count
    start: From
    when: Condition | None = None
    anchor: str | None = None
    opens_before_end: tuple[int, Unit] | None = None
    opens_day_after: bool = False
    fixed: Term | None = None

    def term(self, scope: Scope) -> Term | None:
        """The term in this case; None when its amount hangs on an unknown fact."""
        if self.fixed is not None:
            return self.fixed
        amount = self.amount.evaluate(scope)
        if not isinstance(amount, int):
            return None
        return Term(amount, self.unit, self.count, self.start)


@dataclass(frozen=True, slots=True)
class EventPattern:
    """An event kind, with attribute values it must have."""

    kind: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the law stands: name of the act, article, address and version of the text read."""

    law: str
    article: str = ""
    url: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a rule is law, both included; open where None."""

    starts: date | None = None
    until: date | None = None
    by_application: bool = False

    def holds(self, day: date) -> bool:
        """Whether `day` falls within."""
        return (self.starts is None or day >= self.starts) and (
            self.until is None or day <= self.until
        )

    def overlaps(self, other: "Validity") -> bool:
        """Whether some day falls within both."""
        starts = max(self.starts or date.min, other.starts or date.min)
        until = min(self.until or date.max, other.until or date.max)
        return starts <= until


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a rule, run as a test by the check. `data` is as written in the pack."""

    data: Mapping[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law. Texts are per language; `loss` 0-5 says what is lost if nobody acts."""

    id: str
    pack: str
    place: str
    track: str
    kind: Kind
    title: Texts
    what: Texts
    who: str
    triggers: tuple[str, ...]
    each_member: bool
    when: Condition | None
    assume_unknown: bool
    terms: tuple[TermCase, ...]
    once: Once
    done_by: tuple[EventPattern, ...]
    ended_by: tuple[EventPattern, ...]
    restart_by: tuple[EventPattern, ...]
    strict: bool
    if_lapsed: Texts
    lapse: str
    loss: int
    candidates: str
    transitional: bool
    validity: Validity
    sources: tuple[Source, ...]
    rights: tuple[str, ...]
    confidence: str
    confidence_note: Texts
    reviewed: bool
    amounts: tuple[str, ...]
    ask: Texts
    why: Texts
    explains: str
    examples: tuple[Example, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts its condition reads."""
        return self.when.names if self.when else ()


@dataclass(frozen=True, slots=True)
class AmountValue:
    """An amount of money (text, to keep its cents) and the days it holds."""

    eur: str
    validity: Validity


@dataclass(frozen=True, slots=True)
class Amount:
    """A dated amount the law or practice sets."""

    id: str
    title: Texts
    per: str
    values: tuple[AmountValue, ...]
    sources: tuple[Source, ...]
    confidence: str

    def on(self, day: date) -> AmountValue | None:
        """What holds on `day`; None when nothing was confirmed for it."""
        return next((value for value in self.values if value.validity.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Right:
    """A right at stake, with the treaty or act it stands in."""

    slug: str
    title: Texts
    source: str
    meaning: Texts


@dataclass(frozen=True)
class LawBook:
    """Everything in force and out of force: rules, words, days, amounts, rights."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    calendar: Calendar
    amounts: Mapping[str, Amount]
    rights: Mapping[str, Right]
    version: str
    packs: Mapping[str, Texts] = field(default_factory=dict)

    def versions_of(self, rule_id: str) -> tuple[Rule, ...]:
        """All versions of a rule, oldest first; empty when there is none."""
        found = [rule for rule in self.rules if rule.id == rule_id]
        return tuple(sorted(found, key=lambda rule: rule.validity.starts or date.min))

    def rule(self, rule_id: str) -> Rule:
        """The latest version of a rule. Raises KeyError."""
        found = self.versions_of(rule_id)
        if not found:
            raise KeyError(rule_id)
        return found[-1]

    @cached_property
    def by_trigger(self) -> Mapping[str, tuple[Rule, ...]]:
        """Rules by the kind of event that sets them off."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for kind in rule.triggers:
                found.setdefault(kind, []).append(rule)
        return {kind: tuple(rules) for kind, rules in found.items()}

    @cached_property
    def without_trigger(self) -> tuple[Rule, ...]:
        """Notices and questions that only depend on the state of the file."""
        return tuple(
            rule
            for rule in self.rules
            if not rule.triggers and rule.kind in (Kind.NOTICE, Kind.QUESTION)
        )

    @cached_property
    def explanations(self) -> Mapping[str, Rule]:
        """The counting rule that explains each effect."""
        return {rule.explains: rule for rule in self.rules if rule.kind is Kind.COUNTING}
