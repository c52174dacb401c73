"""Turn steps of a plan, and steps people added, into what the components show."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext

from metgezel.companion.journeys.models import OwnStep, PlanStep
from metgezel.engines.rules import LawBook, State, Step, state_of
from metgezel.engines.rules.counting_words import counting_in_words
from metgezel.engines.rules.render import text_of
from metgezel.screens.components.shapes import StepCard

from .grouping import When
from .law_words import (
    Ties,
    alternatives,
    doer_in_words,
    language,
    reasons,
    track_in_words,
    what_in_words,
    who_in_words,
)
from .source_words import sources

__all__ = ["anchor_of", "full_card", "language", "listed_card", "own_card", "own_state", "pressing"]


def anchor_of(rule: str, event: object, member: str) -> str:
    """The place of a step on the person's page."""
    return f"{rule}-{str(event)[:8]}-{member}"


def listed_card(row: PlanStep, lawbook: LawBook, today: date, about: str, href: str) -> StepCard:
    """A row of the index as a short card; `about` says whose step it is."""
    rule = lawbook.rule(row.rule)
    state = state_of(
        row.starts, row.safe, row.due, row.done_on, row.closed == "not_applicable", row.lapse, today
    )
    return StepCard(
        title=text_of(rule.title, language()),
        state=state.value,
        today=today,
        starts=row.starts,
        safe=row.safe,
        due=row.due,
        strict=row.strict,
        who=who_in_words(row.who),
        about=about,
        track=track_in_words(row.track),
        track_icon=f"track-{row.track}",
        href=f"{href}#{anchor_of(row.rule, row.event_root, row.member)}",
        compact=True,
    )


def full_card(
    step: Step, lawbook: LawBook, today: date, state: str, about: str, ties: Ties | None = None
) -> StepCard:
    """A step with its reasons, sources and certainty."""
    rule, lang = step.rule, language()
    return StepCard(
        title=text_of(rule.title, lang),
        state=state,
        today=today,
        starts=step.starts,
        safe=step.safe,
        due=step.due,
        done_on=step.done_on,
        strict=rule.strict,
        track=track_in_words(rule.track),
        track_icon=f"track-{rule.track}",
        what=what_in_words(rule, lawbook, today),
        who=who_in_words(rule.who),
        about=about,
        if_lapsed=text_of(rule.if_lapsed, lang),
        because=tuple(reasons(step, lawbook, ties or {})),
        counting=counting_in_words(step.counted, lawbook.calendar, lang),
        sources=tuple(sources(rule, lang)),
        rights=", ".join(text_of(lawbook.rights[slug].title, lang) for slug in rule.rights),
        alternatives=tuple(alternatives(step)),
        confidence=rule.confidence.split("/")[-1],
        reviewed=rule.reviewed,
        note=_note(step),
        anchor=anchor_of(rule.id, step.event.key, step.member or ""),
    )


def own_card(step: OwnStep, today: date, about: str = "", href: str = "") -> StepCard:
    """A step people added; `href` leads to its place on the person's page from elsewhere."""
    goal = step.goal
    return StepCard(
        title=step.title,
        state=own_state(step, today).value,
        today=today,
        safe=step.due,
        due=step.due,
        done_on=step.done_on,
        track=track_in_words("own"),
        track_icon="pencil",
        what=gettext("For the goal: %(goal)s") % {"goal": goal.words} if goal else "",
        who=doer_in_words(step.doer),
        about=about,
        href=href and f"{href}#own-{step.pk}",
        anchor="" if href else f"own-{step.pk}",
        compact=bool(href),
    )


def pressing(card: StepCard, when: When) -> StepCard:
    """Say "this week" where "soon" would stand under the heading "now"."""
    if when is When.NOW and card.state == State.DUE_SOON:
        return replace(card, state="this_week")
    return card


def own_state(step: OwnStep, today: date) -> State:
    """Where an own step stands; one that is late can always still be done."""
    return state_of(None, step.due, step.due, step.done_on, False, "still_helps", today)


def _note(step: Step) -> str:
    note = text_of(step.rule.confidence_note, language())
    if not step.assumed:
        return note
    assumed = gettext("Something is not known yet; this step is shown to be on the safe side.")
    return f"{assumed} {note}".strip()
