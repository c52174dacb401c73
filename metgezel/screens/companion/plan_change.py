"""What a change would do to the plan, as the page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.recording import PlanChange
from metgezel.engines.rules import Step
from metgezel.engines.rules.render import text_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.days import in_words
from metgezel.screens.components.shapes import StepCard
from metgezel.screens.components.tables import Column, Row, Table
from metgezel.screens.components.words import STATES

from .cards import full_card, language

#: Names of relatives by their key in the file.
Names = Mapping[str, str]


@dataclass(frozen=True)
class ChangeInCards:
    """New steps as cards; steps that get another day, and that disappear, as tables."""

    added: list[StepCard]
    changed: Table | None
    removed: Table | None
    asked: list[str]


def change_in_cards(
    change: PlanChange | None, file: ClientFile | None = None
) -> ChangeInCards | None:
    """Turn a change of plan into what the page shows; None stays None.

    With a file, steps about a relative say about whom.
    """
    if change is None:
        return None
    ties = file.family_ties.select_related("relative").order_by("key") if file else ()
    names = {tie.key: str(tie.relative) for tie in ties}
    return ChangeInCards(
        added=[_card(step, names) for step in change.added],
        changed=_changed(change.changed, names),
        removed=_removed(change.removed, names),
        asked=[text_of(question.ask, language()) for question in change.asked],
    )


def step_in_words(step: Step) -> str:
    """Where a step stands, and the day that counts: "Soon: by Thursday 24 December 2026"."""
    state = str(STATES[step.state.value].label)
    if step.done_on:
        return _("Done on %(day)s") % {"day": in_words(step.done_on)}
    if until := step.safe or step.due:
        return _("%(state)s: by %(day)s") % {"state": state, "day": in_words(until)}
    if step.starts:
        return _("%(state)s: from %(day)s") % {"state": state, "day": in_words(step.starts)}
    return state


def _changed(pairs: Sequence[tuple[Step, Step]], names: Names) -> Table | None:
    if not pairs:
        return None
    rows = [Row((_title(new, names), step_in_words(old), step_in_words(new))) for old, new in pairs]
    columns = (Column(_("Step")), Column(_("Now")), Column(_("Becomes")))
    return Table(_("These steps get another day or state"), columns, rows)


def _removed(steps: Sequence[Step], names: Names) -> Table | None:
    if not steps:
        return None
    rows = [Row((_title(step, names), step_in_words(step))) for step in steps]
    return Table(_("These steps disappear"), (Column(_("Step")), Column(_("Now"))), rows)


def _title(step: Step, names: Names) -> str:
    title, about = text_of(step.rule.title, language()), names.get(step.member or "", "")
    return f"{title} ({about})" if about else title


def _card(step: Step, names: Names) -> StepCard:
    about = names.get(step.member or "", "")
    whole = full_card(step, current_lawbook(), current_day(), step.state.value, about)
    return replace(whole, compact=True, note="")
