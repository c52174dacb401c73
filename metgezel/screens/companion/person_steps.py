"""The steps of one person, those of the law and her own, under now, soon, later and past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import DoerChange, OwnStep, StepOverlay
from metgezel.companion.journeys.plan_index import StepKey, overlay_key, step_key
from metgezel.engines.rules import Plan, State, Step
from metgezel.foundation.access.door import Visitor
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.days import in_words
from metgezel.screens.components.shapes import StepCard

from .cards import full_card, own_card, own_state, pressing
from .grouping import When, when_in_words, when_of
from .law_words import Ties, doer_in_words

SHORT = (When.LATER, When.PAST)  # what can wait takes little room
BEGUN = "begun"  # something the authorities give, which has already begun: nothing to do


@dataclass(frozen=True, slots=True)
class LawStep:
    """A step the law gives, with what people did to it."""

    step: Step
    key: StepKey
    overlay: StepOverlay | None
    card: StepCard

    @property
    def address(self) -> str:
        """The step in the query of its page."""
        key = self.key
        return urlencode({"rule": key.rule, "event": key.event_root, "member": key.member})

    @property
    def open(self) -> bool:
        """Whether somebody can still say that it is done or not needed."""
        return self.card.state not in (State.DONE, State.NOT_APPLICABLE, BEGUN)

    @property
    def closed_by_people(self) -> bool:
        """Whether people closed it, so that people can open it again."""
        overlay = self.overlay
        return overlay is not None and bool(overlay.done_on or overlay.not_applicable_reason)


class Entry(NamedTuple):
    """One line of a group: a step of the law or one of people's own."""

    card: StepCard
    law: LawStep | None = None
    own: OwnStep | None = None


class Group(NamedTuple):
    """Steps that ask for attention equally soon."""

    name: str
    when: When
    entries: Sequence[Entry]

    @property
    def past(self) -> bool:
        """Whether nobody needs to look at these any more."""
        return self.when is When.PAST


def overlays_of(user: Visitor, file: ClientFile) -> dict[StepKey, StepOverlay]:
    """What people did to the steps of a file."""
    found = StepOverlay.objects.visible_to(user).filter(file=file).select_related("changed_by")
    return {overlay_key(overlay): overlay for overlay in found}


def doers_of(user: Visitor, file: ClientFile) -> dict[int, list[DoerChange]]:
    """Who did each step from which day on, by the number of its overlay."""
    changes: dict[int, list[DoerChange]] = {}
    for change in DoerChange.objects.visible_to(user).filter(overlay__file=file):
        changes.setdefault(change.overlay_id, []).append(change)
    return changes


def law_steps(
    plan: Plan,
    overlays: Mapping[StepKey, StepOverlay],
    doers: Mapping[int, Sequence[DoerChange]],
    ties: Ties,
) -> list[LawStep]:
    """Every step of a plan as it now stands."""
    found = []
    for step in plan.steps:
        key = step_key(step)
        overlay = overlays.get(key)
        history = doers.get(overlay.pk, ()) if overlay else ()
        found.append(LawStep(step, key, overlay, _card(step, overlay, history, plan.on, ties)))
    return found


def groups_of(steps: Iterable[LawStep], own: Iterable[OwnStep], day: date) -> list[Group]:
    """All steps under their headings; what is late and what comes first stands on top."""
    entries: dict[When, list[Entry]] = {when: [] for when in When}
    for found in steps:
        when = _when(found, day)
        entries[when].append(
            Entry(replace(pressing(found.card, when), compact=when in SHORT), law=found)
        )
    for step in own:
        when = when_of(own_state(step, day), step.due, day)
        entries[when].append(Entry(pressing(own_card(step, day), when), own=step))
    for when in (When.NOW, When.SOON, When.LATER):
        entries[when].sort(
            key=lambda entry: entry.card.safe or entry.card.due or entry.card.starts or date.max
        )
    return [
        Group(_heading(when, found), when, tuple(found)) for when, found in entries.items() if found
    ]


def _heading(when: When, found: Sequence[Entry]) -> str:
    name = when_in_words(when)
    return f"{name} ({len(found)})" if when is When.PAST else name


def _when(found: LawStep, day: date) -> When:
    if found.card.state == BEGUN:
        return When.PAST
    return when_of(State(found.card.state), found.step.safe or found.step.due, day)


def _card(
    step: Step, overlay: StepOverlay | None, history: Sequence[DoerChange], day: date, ties: Ties
) -> StepCard:
    tie = ties.get(step.member or "")
    about = str(tie.relative) if tie else ""
    card = full_card(step, current_lawbook(), day, _state(step, overlay), about, ties)
    if overlay is None:
        return card
    return replace(
        card,
        who=doer_in_words(overlay.doer) if overlay.doer else card.who,
        done_on=overlay.done_on or card.done_on,
        set_aside=overlay.not_applicable_reason,
        doers=tuple(_since(change) for change in history),
    )


def _since(change: DoerChange) -> str:
    return gettext("since %(day)s: %(who)s") % {
        "day": in_words(change.on),
        "who": doer_in_words(change.doer),
    }


def _state(step: Step, overlay: StepOverlay | None) -> str:
    if overlay is not None and overlay.done_on:
        return State.DONE
    if overlay is not None and overlay.not_applicable_reason:
        return State.NOT_APPLICABLE
    if step.state is State.OPEN and step.due is None and step.rule.who == "authority":
        return BEGUN
    return step.state.value
