"""The journey of one person as a picture: one lane per track, on one time line."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event, OwnStep
from metgezel.engines.rules.render import text_of
from metgezel.screens.components.journey import Journey, Lane, Mark

from .cards import own_state
from .law_words import language, track_in_words
from .person_steps import BEGUN, LawStep

LANES = (
    "asylum", "family", "reception", "housing", "social", "integration", "work", "education",
    "health", "return", "citizenship", "own",
)  # fmt: skip
LANE_OF = {"court": "asylum", "income": "social", "meta": "asylum", "other": "asylum"}


def journey_of(
    events: Iterable[Event], steps: Iterable[LawStep], own: Iterable[OwnStep], day: date
) -> Journey:
    """What happened and what is to come, as it now stands with all that people did."""
    lanes: dict[str, list[Mark]] = {}
    for lane, mark in (*_happened(events), *_steps(steps), *_own(own, day)):
        lanes.setdefault(LANE_OF.get(lane, lane), []).append(mark)
    return Journey(
        today=day,
        lanes=[
            Lane(key=key, label=track_in_words(key), marks=lanes[key], icon=f"track-{key}")
            for key in LANES
            if key in lanes
        ],
        label=_("The journey"),
    )


def _happened(events: Iterable[Event]) -> Iterable[tuple[str, Mark]]:
    kinds = current_lawbook().vocabulary.events
    for event in events:
        kind = kinds[event.kind]
        yield kind.group, Mark(on=event.on, label=text_of(kind.label, language()))


def _steps(steps: Iterable[LawStep]) -> Iterable[tuple[str, Mark]]:
    for found in steps:
        step, card = found.step, found.card
        on = card.done_on or step.safe or step.due or step.starts
        if on is not None:
            begun = card.state == BEGUN
            mark = Mark(
                on=on,
                label=card.title,
                kind="event" if begun else "deadline",
                state="" if begun else card.state,
                href=f"#{card.anchor}",
                note=card.about,
            )
            yield step.rule.track, mark


def _own(steps: Iterable[OwnStep], day: date) -> Iterable[tuple[str, Mark]]:
    for step in steps:
        on = step.done_on or step.due
        if on is not None:
            state = own_state(step, day).value
            yield (
                "own",
                Mark(on=on, label=step.title, kind="own", state=state, href=f"#own-{step.pk}"),
            )
