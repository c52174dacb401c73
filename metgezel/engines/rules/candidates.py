"""Rules that answer the same question: where more than one may hold, the earliest end counts."""

from datetime import date

from .steps import Step


def earliest_candidates(steps: list[Step]) -> list[Step]:
    """Of steps that answer the same question, keep the one that ends first."""
    kept: list[Step] = []
    groups: dict[tuple[str, int, str | None], list[Step]] = {}
    for step in steps:
        if step.rule.candidates:
            key = (step.rule.candidates, id(step.event), step.member)
            groups.setdefault(key, []).append(step)
        else:
            kept.append(step)
    for group in groups.values():
        first, *others = sorted(group, key=step_order)
        kept.append(first._replace(alternatives=tuple(others)) if others else first)
    return kept


def step_order(step: Step) -> tuple[date, str, str, str]:
    """By last day, then first day, then what the step is recognised by."""
    day = step.due or step.starts or date.max
    return day, step.rule.id, step.event.key, step.member or ""
