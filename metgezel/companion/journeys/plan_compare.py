"""Two plans of one file beside each other: what a change does."""

from dataclasses import dataclass

from metgezel.engines.rules import Plan, Question, Step


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What a change does to a plan; `changed` holds each step as it was and as it will be."""

    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    changed: tuple[tuple[Step, Step], ...]
    asked: tuple[Question, ...]
    plan: Plan


def compare_plans(before: Plan, after: Plan) -> PlanChange:
    """What is added, removed, changed and newly asked from one plan to another."""
    old = {step.key: step for step in before.steps}
    new = {step.key: step for step in after.steps}
    known = {(question.fact, question.member) for question in before.questions}
    return PlanChange(
        added=tuple(step for key, step in new.items() if key not in old),
        removed=tuple(step for key, step in old.items() if key not in new),
        changed=tuple(
            (old[key], step)
            for key, step in new.items()
            if key in old and _dates(old[key]) != _dates(step)
        ),
        asked=tuple(q for q in after.questions if (q.fact, q.member) not in known),
        plan=after,
    )


def _dates(step: Step) -> tuple[object, ...]:
    return step.starts, step.safe, step.due, step.state
