"""A step the law asks once, though more than one event would start it."""

from .law import Once
from .steps import State, Step

CLOSED = (State.DONE, State.NOT_APPLICABLE)


def without_repeats(steps: list[Step]) -> list[Step]:
    """Merge the steps of each rule that says `once`; all other steps stay as they are."""
    kept: list[Step] = []
    groups: dict[tuple[object, ...], list[Step]] = {}
    for step in steps:
        if step.rule.once is Once.NO:
            kept.append(step)
        else:
            groups.setdefault(_sameness(step), []).append(step)
    return [*kept, *(_merged(group) for group in groups.values())]


def _sameness(step: Step) -> tuple[object, ...]:
    """Steps for which this is equal are one step."""
    if step.rule.once is Once.FIRST:
        return step.rule.id, step.member
    return step.rule.id, step.member, step.starts, step.due


def _merged(group: list[Step]) -> Step:
    """Recognised by its first event, so that a later letter does not make it another step.

    Of equal dates the latest event tells the reasons, unless an earlier step was closed: an event
    closes only what stands before the next one of the trigger's kind.
    """
    group.sort(key=lambda step: (step.event.on, step.event.kind, step.event.key))
    first = group[0]
    if first.rule.once is Once.FIRST:
        return first
    closed = (step for step in group if step.state in CLOSED)
    return next(closed, group[-1])._replace(event=first.event)
