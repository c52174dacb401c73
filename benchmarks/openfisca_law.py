"""Our law book as an OpenFisca tax-benefit system: per rule whether it applies, and its days.

Built as a user of OpenFisca would: the system once, then a simulation per situation. Ends are read
from day tables, one look-up per date. Made lighter than our plan: no state, no reasons, no
questions, no explanations of counting.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
from openfisca_conditions import UNKNOWN_DAY
from openfisca_core.periods import period as period_of
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_facts import NO_DAY, TODAY, FactModel, name_of
from openfisca_rule import PARTS, RuleModel

from metgezel.engines.rules import Case, LawBook, Rule
from metgezel.engines.rules.counting import Counted, Term, count_back, count_term
from metgezel.engines.rules.law import Kind, TermCase

FIRST_DAY, LAST_DAY = date(2018, 1, 1), date(2028, 12, 31)
PERIOD = period_of("2026-11")  # any will do: the facts of a case hold for all time
Days = tuple[date | None, date | None, date | None, date | None]


class LawModel:
    """The system, and which variables are the answers of which rule."""

    first_day = FIRST_DAY

    def __init__(self, lawbook: LawBook) -> None:
        self.lawbook = lawbook
        self.facts = FactModel(lawbook.vocabulary)
        self.answers: dict[str, tuple[Rule, Any, list[str]]] = {}
        self.not_covered: list[str] = []
        self.tables: dict[tuple[Any, ...], Any] = {}
        for rule in lawbook.rules:
            if rule.kind in (Kind.COUNTING, Kind.QUESTION):
                self.not_covered.append(rule.id)
                continue
            for kind in rule.triggers or (TODAY,):
                RuleModel(self, rule, kind).define()

    @property
    def covered(self) -> int:
        """How many rules are in the system."""
        return len({rule.id for rule, _, _ in self.answers.values()})

    def table(self, rule: Rule, case: TermCase, amount: int) -> Any:
        """The four dates per starting day, days by parts; counted once per way of counting."""
        term = Term(amount, case.unit, case.count, case.start)
        key = (rule.kind, term, case.opens_before_end, case.opens_day_after)
        if key not in self.tables:
            span = range((LAST_DAY - FIRST_DAY).days + 1)
            counted = [count_term(FIRST_DAY + timedelta(d), term, self.lawbook.calendar)
                       for d in span]  # fmt: skip
            rows = [[day or NO_DAY for day in _dates(rule, case, one)] for one in counted]
            self.tables[key] = np.array([*rows, [NO_DAY] * len(PARTS)], dtype="M8[D]")
        return self.tables[key]

    def build(self, situation: Any) -> Any:
        """A simulation of one situation."""
        return SimulationBuilder().build_from_dict(self.facts.system, situation)

    def names(self, kinds: Iterable[str] | None = None) -> list[str]:
        """The answers of every rule, or of the rules that these kinds of events set off."""
        ends = None if kinds is None else tuple(f"__by__{name_of(kind)}" for kind in kinds)
        return [
            name
            for key, (_, _, names) in self.answers.items()
            if ends is None or key.endswith(ends)
            for name in names
        ]

    def run(self, simulation: Any, names: list[str]) -> None:
        """Calculate the answers."""
        for name in names:
            simulation.calculate(name, PERIOD)

    def given(self, simulation: Any, case: Case) -> set[tuple[Any, ...]]:
        """The rules that apply, to whom, and their dates, as our plan would say it."""
        people = [None, *(member.id for member in case.household)]
        found = set()
        for rule, entity, (applies, *dates) in self.answers.values():
            for row in np.flatnonzero(simulation.calculate(applies, PERIOD)):
                days = [simulation.calculate(name, PERIOD)[row] for name in dates]
                who = people[row] if entity is self.facts.person else None
                known = [day.item() if day > UNKNOWN_DAY else None for day in days]
                found.add((rule.id, who, *known, *[None] * (4 - len(known))))
        return found


def _dates(rule: Rule, case: TermCase, counted: Counted) -> Days:
    if rule.kind is Kind.OPENING:
        return counted.due + timedelta(days=case.opens_day_after), None, None, None
    starts = counted.starts
    if case.opens_before_end:
        starts = count_back(counted.raw, *case.opens_before_end)
    return starts, counted.safe, counted.due, counted.raw
