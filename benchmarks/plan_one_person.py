"""One person's plan against an equivalent calculation in OpenFisca-core, in one run.

Equivalent: OpenFisca gets one variable per dated rule of our law book, each with a condition on
three facts and a last day read from the same counted terms; it computes all of them for one person.
It computes no reasons, notices and questions, which our figure includes.

Run with an environment that holds requirements/benchmark.txt:  python benchmarks/plan_one_person.py
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core import entities, simulation_builder, taxbenefitsystems, variables
from openfisca_core.periods import DateUnit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from metgezel.companion.journeys.lawbook import current_lawbook  # noqa: E402
from metgezel.engines.rules import LawBook, plan, read_case  # noqa: E402
from metgezel.engines.rules.counting import Term, count_term  # noqa: E402
from metgezel.engines.rules.law import DATED  # noqa: E402

ON = date(2026, 11, 24)
TRIGGER = date(2026, 9, 25)
MONTH = "2026-11"
EVENTS = [
    {"kind": "asylum.made", "on": "2026-06-14", "at": "territory"},
    {"kind": "asylum.registered", "on": "2026-06-16"},
    {"kind": "asylum.lodged", "on": "2026-06-20", "procedure": "ordinary"},
    {"kind": "asylum.decision", "on": "2026-09-25", "outcome": "refugee"},
    {"kind": "housing.moved", "on": "2026-10-05", "municipality": "GM0344"},
    {"kind": "brp.registered", "on": "2026-10-06"},
    {"kind": "income.reported", "on": "2026-10-05"},
]
FAMILY = [
    {"id": "spouse", "relation": "spouse", "birth_date": "1992-01-01", "whereabouts": "abroad",
     "family_at_entry": True},
]  # fmt: skip


def openfisca_run(lawbook: LawBook) -> tuple[Callable[[], None], int]:
    """A function that computes every dated rule once for one new person, and their number."""
    person = entities.Entity("person", "persons", "A person", "")
    system = taxbenefitsystems.TaxBenefitSystem([person])
    facts = {"outcome": int, "age": int, "permit": bool, "event_day": int}
    for name, kind in facts.items():
        system.add_variable(_variable(name, kind, person, None))
    rules = [rule for rule in lawbook.rules if rule.kind in DATED]
    for number, rule in enumerate(rules):
        amount = rule.terms[-1].amount.text
        term = Term(
            int(amount) if amount.isdigit() else 6, rule.terms[-1].unit, rule.terms[-1].count
        )
        days = np.array(
            [count_term(date.fromordinal(d), term, lawbook.calendar).due.toordinal()
             for d in range(TRIGGER.toordinal() - 30, TRIGGER.toordinal() + 30)]
        )  # fmt: skip
        system.add_variable(_variable(f"rule_{number}", int, person, _formula(days, number % 8)))
    inputs = {"persons": {"p": {
        "outcome": {MONTH: 3}, "age": {MONTH: 36}, "permit": {MONTH: True},
        "event_day": {MONTH: TRIGGER.toordinal()},
    }}}  # fmt: skip

    def run() -> None:
        simulation = simulation_builder.SimulationBuilder().build_from_dict(system, inputs)
        for number in range(len(rules)):
            simulation.calculate(f"rule_{number}", MONTH)

    return run, len(rules)


def _variable(name: str, kind: type, person: Any, formula: Any) -> Any:
    content = {"value_type": kind, "entity": person, "definition_period": DateUnit.MONTH,
               "label": name}  # fmt: skip
    if formula is not None:
        content["formula"] = formula
    return type(name, (variables.Variable,), content)


def _formula(days: Any, outcome: int) -> Any:
    first = TRIGGER.toordinal() - 30

    def formula(person: Any, period: Any) -> Any:
        applies = (
            (person("outcome", period) != outcome)
            & (person("age", period) >= 18)
            & person("permit", period)
        )
        return np.where(applies, days[person("event_day", period) - first], 0)

    return formula


def median_ms(run: Callable[[], object], times: int) -> float:
    """The median time of one call, in milliseconds."""
    spans = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        spans.append(time.perf_counter() - started)
    return 1000 * statistics.median(spans)


def main() -> None:
    """Print figure, baseline and ratio."""
    lawbook = current_lawbook()
    case = read_case({"person": {"birth_date": "1990-05-01", "nationality": "SYR"},
                      "household": FAMILY, "events": EVENTS}, lawbook.vocabulary)  # fmt: skip
    found = plan(case, lawbook, ON)
    ours = median_ms(lambda: plan(case, lawbook, ON), 1000)
    theirs_run, number = openfisca_run(lawbook)
    theirs = median_ms(theirs_run, 20)
    print(
        f"plan for one person, {len(lawbook.rules)} rules ({len(found.steps)} steps): {ours:.3f} ms"
    )
    print(f"OpenFisca-core, the {number} dated rules of them: {theirs:.1f} ms")
    print(f"ratio: {theirs / ours:.0f} x   (budget: under 0.5 ms, and 100 x)")


if __name__ == "__main__":
    main()
