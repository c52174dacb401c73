"""Which events close a step, end it, or start its term again."""

from datetime import date

from .cases import Event
from .facts import TriggerScope
from .law import EventPattern, Once


def closers(
    patterns: tuple[EventPattern, ...], scope: TriggerScope, once: Once = Once.NO
) -> list[Event]:
    """Events that match, oldest first, from the trigger on and before the next of its kind.

    Where only the first trigger counts, the next of its kind is no limit. Seen from no trigger but
    the day of the plan, every event of the file counts.
    """
    found: list[Event] = []
    for pattern in patterns:
        for event in scope.timeline.by_kind.get(pattern.kind, ()):
            if _closes(event, pattern, scope, once):
                found.append(event)
    if len(found) > 1:
        found.sort(key=lambda event: event.on)
    return found


def _closes(event: Event, pattern: EventPattern, scope: TriggerScope, once: Once) -> bool:
    until = None if once is Once.FIRST else scope.until
    return (
        _in_time(event, scope.event, until) and scope.concerns(event) and _matches(event, pattern)
    )


def _in_time(event: Event, trigger: Event | None, until: date | None) -> bool:
    if trigger is None:
        return True
    if event.on < trigger.on or event is trigger:
        return False
    # the next trigger of the same kind may itself end the step: a withdrawal ends a permit
    return until is None or event.on < until or (event.on == until and event.kind == trigger.kind)


def _matches(event: Event, pattern: EventPattern) -> bool:
    wanted = pattern.attributes
    return not wanted or all(event.attributes.get(name) == wanted[name] for name in wanted)
