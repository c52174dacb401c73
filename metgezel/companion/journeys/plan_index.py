"""The plan of a file, and its index in the database."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from metgezel.engines.rules import Case, Plan, State, Step, plan
from metgezel.foundation.people.models import ClientFile

from .case_of_file import case_of
from .lawbook import current_lawbook
from .models import OwnStep, PlanStep, StepOverlay

CLOSED = {State.DONE: "done", State.NOT_APPLICABLE: "not_applicable"}


class StepKey(NamedTuple):
    """What a step is recognised by, whenever the plan is computed again."""

    rule: str
    event_root: UUID
    member: str = ""

    @property
    def subject(self) -> str:
        """The key in one line, as a change of the file names it."""
        return f"{self.rule} {self.event_root} {self.member}".strip()


def plan_of(file: ClientFile, today: date) -> Plan:
    """Run the engine for a file as it stands in the database."""
    return plan_of_case(case_of(file, current_lawbook().vocabulary), today)


def plan_of_case(case: Case, today: date) -> Plan:
    """Run the engine for a case at hand."""
    return plan(case, current_lawbook(), today)


def recompute_plan(file: ClientFile, today: date) -> Plan:
    """Replace the index by what the engine says now. Call within the change's transaction."""
    found = plan_of(file, today)
    rows = index_rows(file, found, StepOverlay.objects.filter(file=file))
    PlanStep.objects.filter(file=file).delete()
    PlanStep.objects.bulk_create(rows)
    file.law_version = found.version
    file.next_due = next_due(rows, OwnStep.objects.filter(file=file))
    file.save(update_fields=["law_version", "next_due"])
    return found


def index_rows(
    file: ClientFile, found: Plan, overlays: Iterable[StepOverlay] = ()
) -> list[PlanStep]:
    """A plan as rows, not yet stored; what people did is laid over them."""
    by_key = {overlay_key(overlay): overlay for overlay in overlays}
    return [index_row(file, step, by_key.get(step_key(step))) for step in found.steps]


def next_due(rows: Iterable[PlanStep], own: Iterable[OwnStep] = ()) -> date | None:
    """The first safe day among open steps, those of the law and the person's own."""
    days = [row.safe or row.due for row in rows if not row.closed]
    days += [step.due for step in own if step.done_on is None]
    return min((day for day in days if day), default=None)


def step_key(step: Step) -> StepKey:
    """The key of a step of the engine."""
    return StepKey(step.rule.id, UUID(step.event.key), step.member or "")


def overlay_key(overlay: StepOverlay) -> StepKey:
    """The key of the step this was done to."""
    return StepKey(overlay.rule, overlay.event_root, overlay.member)


def index_row(file: ClientFile, step: Step, overlay: StepOverlay | None) -> PlanStep:
    """One step as a row; what people did wins over what the engine saw."""
    closed, done_on = CLOSED.get(step.state, ""), step.done_on
    if overlay is not None and overlay.done_on:
        closed, done_on = "done", overlay.done_on
    elif overlay is not None and overlay.not_applicable_reason:
        closed = "not_applicable"
    return PlanStep(
        file=file,
        **step_key(step)._asdict(),
        track=step.rule.track,
        who=step.rule.who,
        starts=step.starts,
        safe=step.safe,
        due=step.due,
        raw=step.raw,
        strict=step.rule.strict,
        loss=step.rule.loss,
        lapse=step.rule.lapse,
        closed=closed,
        done_on=done_on,
    )
