"""One person's plan against the same calculation in OpenFisca-core, from the same law book.

Both start from one case. Ours gives the plan: dates, states, reasons, notices, questions and
alternatives. OpenFisca builds a simulation of the situation and calculates, for every rule, whether
it applies and its dates. The tax-benefit system and the day tables are made once, outside the time.

Run with an environment that holds requirements/benchmark.txt:  python benchmarks/plan_one_person.py
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from openfisca_facts import TODAY, name_of  # noqa: E402
from openfisca_law import LawModel  # noqa: E402

from metgezel.companion.journeys.lawbook import current_lawbook  # noqa: E402
from metgezel.engines.rules import Case, LawBook, plan, read_case  # noqa: E402
from metgezel.engines.rules.law import Kind  # noqa: E402

ON = date(2026, 11, 24)
CASE = {
    "person": {"birth_date": "1990-05-01", "nationality": "SYR"},
    "household": [
        {"id": "spouse", "relation": "spouse", "birth_date": "1992-01-01",
         "whereabouts": "abroad", "family_at_entry": True},
    ],
    "events": [
        {"kind": "asylum.made", "on": "2026-06-14", "at": "territory"},
        {"kind": "asylum.registered", "on": "2026-06-16"},
        {"kind": "asylum.lodged", "on": "2026-06-20", "procedure": "ordinary"},
        {"kind": "asylum.decision", "on": "2026-09-25", "outcome": "refugee"},
        {"kind": "housing.moved", "on": "2026-10-05", "municipality": "GM0344"},
        {"kind": "brp.registered", "on": "2026-10-06"},
        {"kind": "income.reported", "on": "2026-10-05"},
    ],
}  # fmt: skip


def situation_of(case: Case, lawbook: LawBook, model: LawModel, on: date) -> Any:
    """The case as the JSON that OpenFisca's builder reads."""
    enums = model.facts.enums

    def inputs(**values: Any) -> dict[str, Any]:
        """Known values only, each for all time; words as names of the enum."""
        known = {name: value for name, value in values.items() if value is not None}
        return {
            name: {"ETERNITY": f"v_{value}" if name in enums else
                   value.isoformat() if isinstance(value, date) else value}
            for name, value in known.items()
        }  # fmt: skip

    person = case.person
    persons = {"applicant": inputs(birth_date=person.birth_date,
                                   unaccompanied_minor=person.unaccompanied_minor)}  # fmt: skip
    for member in case.household:
        where = None if member.whereabouts == "unknown" else member.whereabouts
        persons[member.id] = inputs(
            birth_date=member.birth_date, relation=member.relation, whereabouts=where,
            family_at_entry=member.family_at_entry,
        )  # fmt: skip
    household = inputs(**{name_of(TODAY, "on"): on})
    for event in case.events:
        if event.on > on:
            continue
        attributes = lawbook.vocabulary.events[event.kind].attributes.values()
        values = {a.name: event.attributes.get(a.name, a.default) for a in attributes}
        facts = {name_of(event.kind, key): value for key, value in values.items()}
        modelled = {key: value for key, value in facts.items() if key in model.facts.entities}
        about_member = model.facts.about_member(event.kind)
        where = persons[event.member or "applicant"] if about_member else household
        where |= inputs(**{name_of(event.kind, "on"): event.on}, **modelled)
    members = {"applicants": ["applicant"], "relatives": [member.id for member in case.household]}
    return {"persons": persons, "households": {"household": {**members, **household}}}


def ours_given(case: Case, lawbook: LawBook, on: date) -> set[tuple[Any, ...]]:
    """What our plan gives, in the form the model gives it."""
    found = plan(case, lawbook, on)
    steps = {
        (step.rule.id, step.member, step.starts, step.safe, step.due, step.raw)
        for shown in found.steps
        for step in (shown, *shown.alternatives)
    }
    nothing = (None, None, None, None)
    notices = {(n.rule.id, n.member, *nothing) for n in found.notices
               if n.rule.kind is not Kind.COUNTING}  # fmt: skip
    return steps | notices


def acceptance_cases(lawbook: LawBook) -> Iterator[tuple[str, Case, date]]:
    """The whole files of tests/cases with the day each is looked at."""
    for path in sorted((ROOT / "tests" / "cases").glob("*.expected.json")):
        name = path.name.removesuffix(".expected.json")
        content = json.loads((path.parent / f"{name}.json").read_text("utf-8"))
        on = date.fromisoformat(json.loads(path.read_text("utf-8"))["on"])
        yield name, read_case(content, lawbook.vocabulary), on


def compare(model: LawModel, lawbook: LawBook) -> None:
    """Print for how many cases both give the same, and what differs. Exits 1 on a difference."""
    equal, skipped, different = 0, [], []
    for name, case, on in acceptance_cases(lawbook):
        kinds = Counter((e.kind, e.member) for e in case.events if e.on <= on)
        if max(kinds.values(), default=0) > 1:
            skipped.append(name)
            continue
        theirs = model.given(model.build(situation_of(case, lawbook, model, on)), case)
        differs = sorted(theirs ^ ours_given(case, lawbook, on), key=str)
        equal += not differs
        different += [f"{name}: {item}" for item in differs]
    print(f"the same result in {equal} whole files; not comparable, because a kind of event comes "
          f"twice: {', '.join(skipped)}")  # fmt: skip
    if different:
        sys.exit("different:\n" + "\n".join(different))


def median_ms(run: Callable[[Any], object], times: int, ready: Callable[[], Any]) -> float:
    """The median processor time of one call, in milliseconds; what `ready` makes is not timed.

    Processor time, because on a busy machine a long run waits for others and a short one does not.
    """
    spans = []
    for _ in range(times):
        given = ready()
        started = time.process_time()
        run(given)
        spans.append(time.process_time() - started)
    return 1000 * statistics.median(spans)


def measure(model: LawModel, case: Case, lawbook: LawBook) -> None:
    """Print figures and ratios for one case."""
    situation = situation_of(case, lawbook, model, ON)
    every, set_off = model.names(), model.names([TODAY, *(e.kind for e in case.events)])
    ours = median_ms(lambda _: plan(case, lawbook, ON), 2000, lambda: None)
    read = median_ms(
        lambda _: plan(read_case(CASE, lawbook.vocabulary), lawbook, ON), 2000, lambda: None
    )
    print(f"our plan: {ours:.3f} ms; with reading the case: {read:.3f} ms")
    for names, which in ((every, "every rule"), (set_off, "only rules whose event happened")):
        theirs(model, situation, names, which, ours)


def theirs(model: LawModel, situation: Any, names: list[str], which: str, ours: float) -> None:
    """Print OpenFisca's figures for some of the answers, and how many times ours they are."""
    whole = median_ms(lambda _: model.run(model.build(situation), names), 30, lambda: None)
    alone = median_ms(lambda s: model.run(s, names), 30, lambda: model.build(situation))
    print(f"OpenFisca-core, {which}, {len(names)} answers: {whole:.1f} ms, {whole / ours:.0f} x")
    print(f"  without building the simulation: {alone:.1f} ms, {alone / ours:.0f} x")


def main() -> None:
    """Check that both give the same, then print figures and ratios."""
    lawbook = current_lawbook()
    model = LawModel(lawbook)
    print(f"{model.covered} of {len(lawbook.rules)} rules in OpenFisca; not: "
          f"{', '.join(model.not_covered)}")  # fmt: skip
    compare(model, lawbook)
    case = read_case(CASE, lawbook.vocabulary)
    given = model.given(model.build(situation_of(case, lawbook, model, ON)), case)
    assert given == ours_given(case, lawbook, ON)
    print(f"the case of the measurement: the same {len(given)} results")
    measure(model, case, lawbook)
    print("the budget: under 0.5 ms, and 100 x")


if __name__ == "__main__":
    main()
