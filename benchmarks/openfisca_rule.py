"""One rule of law as OpenFisca variables: whether it applies, and its dates."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from openfisca_conditions import UNKNOWN_DAY, Formula, amount_of, formula_of
from openfisca_facts import NO_DAY, TODAY, name_of

from metgezel.engines.rules import Rule
from metgezel.engines.rules.expression import Literal
from metgezel.engines.rules.facts import PACT
from metgezel.engines.rules.law import EventPattern, Kind

MOST = 53  # amounts that hang on a fact: a row of the table for each, from 0 on
PARTS = ("starts", "safe", "due", "raw")


class RuleModel:
    """One rule as seen from one kind of event."""

    def __init__(self, model: Any, rule: Rule, kind: str) -> None:
        self.model, self.rule, self.kind, self.facts = model, rule, kind, model.facts
        self.entity = self.facts.person if rule.each_member else self.facts.entity_of(kind)
        self.name = name_of(rule.id, "by", kind)
        self.trigger = self.read(name_of(kind, "on"))

    def read(self, variable: str) -> Formula:
        return self.facts.fact(self.entity, variable).read

    def seen(self, name: str) -> Any:
        return self.facts.seen(name, self.kind, self.entity)

    def define(self) -> None:
        """Add the variables of this rule."""
        when = [formula_of(self.rule.when.node, self.seen)] if self.rule.when else []
        least = 1 if self.rule.assume_unknown else 2
        in_force, row, base = self._in_force(), self._row(), self._base()
        ended = None if self.rule.terms else self._happened(self.rule.ended_by)
        trigger, each = self.trigger, self.rule.each_member
        relative = self.facts.household.RELATIVE

        def applies(rows: Any, period: Any) -> Any:
            day = trigger(rows, period)
            holds = (day > UNKNOWN_DAY) & in_force(rows, period, day)
            if each:
                holds = holds & rows.has_role(relative)
            for condition in when:
                holds = holds & (condition(rows, period) >= least)
            if ended is not None:
                holds = holds & (ended(rows, period) == UNKNOWN_DAY)
            if row is not None and base is not None:
                holds = holds & (row(rows, period) >= 0) & (base(rows, period) > UNKNOWN_DAY)
            return holds

        names = [self.facts.add(name_of(self.name, "applies"), self.entity, bool, applies)]
        if row is not None and base is not None:
            names += self._dates(names[0], base, row)
        self.model.answers[self.name] = self.rule, self.entity, names

    def _dates(self, applies: str, base: Formula, row: Formula) -> Iterator[str]:
        """The dates as look-ups; an opening has only a first day.

        The last column of a table is no day at all, for where the rule does not apply: one read
        and one look-up per date.
        """
        table = np.stack(self._tables())
        nowhere, first_day = table.shape[1] - 1, np.datetime64(self.model.first_day)

        def index(rows: Any, period: Any) -> Any:
            days = (base(rows, period) - first_day).astype(int)
            return np.where(rows(applies, period), days, nowhere)

        at = self.facts.add(name_of(self.name, "index"), self.entity, int, index)
        for number, part in enumerate(PARTS[: 1 if self.rule.kind is Kind.OPENING else 4]):
            formula = _looked_up(at, row, table[:, :, number])
            yield self.facts.add(name_of(self.name, part), self.entity, date, formula)

    def _in_force(self) -> Any:
        validity = self.rule.validity
        first = np.datetime64(validity.starts or NO_DAY)
        last = np.datetime64(validity.until or date.max)
        if not validity.by_application:
            return lambda rows, period, day: (day >= first) & (day <= last)
        applied_on = self.seen("asylum.applied").read
        pact, transitional = np.datetime64(PACT), self.rule.transitional

        def in_force(rows: Any, period: Any, day: Any) -> Any:
            applied = applied_on(rows, period)
            counts = np.where(applied > UNKNOWN_DAY, applied, day)
            holds = (counts >= first) & (counts <= last)
            old = (applied > UNKNOWN_DAY) & (applied < pact) & (day >= pact)
            return holds | old if transitional else holds

        return in_force

    def _row(self) -> Formula | None:
        """Which row of the table: the first case that holds, plus an amount that is a fact."""
        if not self.rule.terms:
            return None
        if len(self.rule.terms) == 1 and isinstance(self.rule.terms[0].amount.node, Literal):
            return lambda rows, period: np.zeros(rows.count, dtype=int)
        cases, offset = [], 0
        for case in self.rule.terms:
            fixed = isinstance(case.amount.node, Literal)
            amount = None if fixed else amount_of(case.amount.node, self.seen)
            when = formula_of(case.when.node, self.seen) if case.when else None
            cases.append((when, amount, offset))
            offset += 1 if fixed else MOST

        def formula(rows: Any, period: Any) -> Any:
            found = np.full(rows.count, -1)
            for when, amount, first in reversed(cases):
                value = first if amount is None else amount(rows, period)
                value = value if amount is None else np.where(value < 0, -1, value + first)
                found = value if when is None else np.where(when(rows, period) == 2, value, found)
            return np.broadcast_to(found, rows.count)

        return self.read(self.facts.add(name_of(self.name, "row"), self.entity, int, formula))

    def _tables(self) -> list[Any]:
        tables = []
        for case in self.rule.terms:
            node = case.amount.node
            amounts = [node.value] if isinstance(node, Literal) else range(MOST)
            tables += [self.model.table(self.rule, case, int(amount)) for amount in amounts]
        return tables

    def _base(self) -> Formula | None:
        """The day the term counts from: trigger, anchor, or a new start."""
        if not self.rule.terms:
            return None
        anchors = {case.anchor for case in self.rule.terms}
        base = self.trigger
        if anchors != {None}:
            base = self._anchored()
        if not self.rule.restart_by:
            return base
        again = self._happened(self.rule.restart_by)

        def formula(rows: Any, period: Any) -> Any:
            restart = again(rows, period)
            return np.where(restart > UNKNOWN_DAY, restart, base(rows, period))

        return formula

    def _anchored(self) -> Formula:
        """Cases may count from different days, so the base follows the case that holds."""
        bases = [
            self.seen(f"{case.anchor}.on").read if case.anchor else self.trigger
            for case in self.rule.terms
        ]
        if len(bases) == 1:
            return bases[0]
        row = self.read(name_of(self.name, "row"))
        if not all(isinstance(case.amount.node, Literal) for case in self.rule.terms):
            raise NotImplementedError(f"{self.rule.id}: cases with anchors and amounts from facts")
        return lambda rows, period: np.choose(
            np.maximum(row(rows, period), 0), [one(rows, period) for one in bases]
        )

    def _happened(self, patterns: tuple[EventPattern, ...]) -> Formula:
        """The latest day, from the trigger on, of an event that matches one of the patterns."""
        matches = [self._match(one) for one in patterns if one.kind != self.kind]
        trigger = self.trigger if self.kind != TODAY else None

        def formula(rows: Any, period: Any) -> Any:
            latest = np.full(rows.count, UNKNOWN_DAY)
            since = UNKNOWN_DAY if trigger is None else trigger(rows, period)
            for match in matches:
                day = match(rows, period)
                latest = np.maximum(latest, np.where(day >= since, day, UNKNOWN_DAY))
            return latest

        return formula

    def _match(self, pattern: EventPattern) -> Formula:
        """The day of an event with these attributes; of whom the row is about, or of nobody."""
        home = self.facts.entity_of(pattern.kind)
        own = [
            (self.facts.values[name_of(pattern.kind, key)], name_of(pattern.kind, key), str(value))
            for key, value in pattern.attributes.items()
        ]
        on = name_of(pattern.kind, "on")

        def of_home(rows: Any, period: Any) -> Any:
            day = rows(on, period)
            for values, variable, value in own:
                code = 1 + list(values or ()).index(value)
                day = np.where(np.asarray(rows(variable, period)) == code, day, UNKNOWN_DAY)
            return day

        if home is self.entity:
            return self._of_whom(of_home) if home is self.facts.person else of_home
        if self.entity is self.facts.person:
            return lambda rows, period: of_home(rows.household, period)
        return lambda rows, period: _latest(rows, of_home(rows.members, period))

    def _of_whom(self, day_of: Formula) -> Formula:
        """An event about nobody in particular is kept with the applicant and counts for all."""
        applicant = self.facts.household.APPLICANT

        def formula(rows: Any, period: Any) -> Any:
            days, household = day_of(rows, period), rows.household
            first = household.value_from_person(days, applicant, default=UNKNOWN_DAY)
            anyone = _latest(household, days)
            own = np.maximum(days, first)
            return np.where(rows.has_role(applicant), anyone, own)

        return formula


def _latest(household: Any, days: Any) -> Any:
    return household.max(days.astype(int)).astype(int).astype("M8[D]")


def _looked_up(at: str, row: Formula, table: Any) -> Formula:
    if len(table) == 1:
        days = table[0]
        return lambda rows, period: days[rows(at, period)]
    return lambda rows, period: table[row(rows, period), rows(at, period)]
