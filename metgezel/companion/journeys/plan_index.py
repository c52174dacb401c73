"""The plan of a file, and its index in the database."""

from datetime import date
from uuid import UUID

from django.db import transaction

from metgezel.engines.rules import Case, LawBook, Plan, State, Step, plan
from metgezel.foundation.people.models import ClientFile

from .case_of_file import case_of
from .lawbook import current_lawbook
from .models import PlanStep, StepOverlay

CLOSED = {State.DONE: "done", State.NOT_APPLICABLE: "not_applicable"}
OverlayKey = tuple[str, UUID, str]


def plan_of(file: ClientFile, today: date) -> Plan:
    """Run the engine for a file as it stands in the database."""
    lawbook = current_lawbook()
    return plan(case_of(file, lawbook.vocabulary), lawbook, today)


def recompute_plan(file: ClientFile, today: date) -> Plan:
    """Replace the index by what the engine says now. Call within the change's transaction."""
    lawbook = current_lawbook()
    found = plan(case_of(file, lawbook.vocabulary), lawbook, today)
    overlays = {overlay_key(o): o for o in StepOverlay.objects.filter(file=file)}
    rows = [index_row(file, step, overlays.get(step_key(step))) for step in found.steps]
    PlanStep.objects.filter(file=file).delete()
    PlanStep.objects.bulk_create(rows)
    file.law_version = found.version
    file.next_due = next_due(rows)
    file.save(update_fields=["law_version", "next_due"])
    return found


def recompute_behind(today: date) -> int:
    """Compute every plan that was made with another version of the law; how many there were.

    Each file is a transaction of its own, so it may be stopped and started again.
    """
    behind = ClientFile.objects.exclude(law_version=current_lawbook().version)
    numbers = list(behind.order_by("pk").values_list("pk", flat=True))
    for number in numbers:
        with transaction.atomic():
            locked = ClientFile.objects.select_for_update(of=("self",)).get(pk=number)
            recompute_plan(locked, today)
    return len(numbers)


def plan_rows(
    file: ClientFile, case: Case, lawbook: LawBook, today: date
) -> tuple[Plan, list[PlanStep]]:
    """The plan of a case and its rows, not yet stored: for filling many files at once."""
    found = plan(case, lawbook, today)
    return found, [index_row(file, step, None) for step in found.steps]


def next_due(rows: list[PlanStep]) -> date | None:
    """The first safe day among open steps."""
    days = [row.safe or row.due for row in rows if not row.closed]
    return min((day for day in days if day), default=None)


def step_key(step: Step) -> OverlayKey:
    """What a step is recognised by."""
    return step.rule.id, UUID(step.event.key), step.member or ""


def overlay_key(overlay: StepOverlay) -> OverlayKey:
    """The same for what people did to it."""
    return overlay.rule, overlay.event_root, overlay.member


def index_row(file: ClientFile, step: Step, overlay: StepOverlay | None) -> PlanStep:
    """One step as a row; what people did wins over what the engine saw."""
    closed, done_on = CLOSED.get(step.state, ""), step.done_on
    if overlay is not None and overlay.done_on:
        closed, done_on = "done", overlay.done_on
    elif overlay is not None and overlay.not_applicable_reason:
        closed = "not_applicable"
    rule, root, member = step_key(step)
    return PlanStep(
        file=file,
        rule=rule,
        event_root=root,
        member=member,
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
