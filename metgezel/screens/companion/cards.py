"""Turn steps of a plan into what the components show."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language, gettext

from metgezel.companion.journeys.models import PlanStep
from metgezel.engines.rules import LawBook, Step, state_of
from metgezel.engines.rules.counting_words import counting_in_words
from metgezel.engines.rules.law import Rule
from metgezel.engines.rules.render import text_of
from metgezel.screens.components import shapes
from metgezel.screens.components.days import in_words


def language() -> str:
    """The language law is shown in: English for English readers, else Dutch."""
    return "en" if get_language() == "en" else "nl"


def who_in_words(who: str) -> str:
    """Who acts, as a companion would say it."""
    return {
        "client": gettext("the client"),
        "companion": gettext("you, the companion"),
        "lawyer": gettext("the lawyer"),
        "authority": gettext("the authorities"),
        "municipality": gettext("the municipality"),
        "employer": gettext("the employer"),
    }.get(who, "")


def track_in_words(track: str) -> str:
    """The track of a step, as the lanes of the journey call it."""
    return {
        "asylum": gettext("Asylum"),
        "reception": gettext("Reception"),
        "family": gettext("Family"),
        "housing": gettext("Housing"),
        "social": gettext("Daily life"),
        "health": gettext("Health"),
        "education": gettext("School"),
        "integration": gettext("Integration"),
        "work": gettext("Work"),
        "return": gettext("Return"),
        "citizenship": gettext("Citizenship"),
        "meta": gettext("Counting"),
    }[track]


def listed_card(
    row: PlanStep, lawbook: LawBook, today: date, about: str, href: str
) -> shapes.StepCard:
    """A row of the index as a short card; `about` says whose step it is."""
    rule = lawbook.rule(row.rule)
    state = state_of(
        row.starts, row.safe, row.due, row.done_on, row.closed == "not_applicable", row.lapse, today
    )
    return shapes.StepCard(
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
        href=href,
        compact=True,
    )


def full_card(step: Step, lawbook: LawBook, today: date, state: str, about: str) -> shapes.StepCard:
    """A step with its reasons, sources and certainty."""
    rule, lang = step.rule, language()
    return shapes.StepCard(
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
        what=text_of(rule.what, lang),
        who=who_in_words(rule.who),
        about=about,
        if_lapsed=text_of(rule.if_lapsed, lang),
        because=tuple(reasons(step, lawbook)),
        counting=counting_in_words(step.counted, lawbook.calendar, lang),
        sources=tuple(sources(rule)),
        rights=", ".join(text_of(lawbook.rights[slug].title, lang) for slug in rule.rights),
        alternatives=tuple(alternatives(step)),
        confidence=rule.confidence.split("/")[-1],
        reviewed=rule.reviewed,
        note=_note(step),
        anchor=f"{rule.id}-{step.event.key[:8]}-{step.member or ''}",
    )


def _note(step: Step) -> str:
    note = text_of(step.rule.confidence_note, language())
    if not step.assumed:
        return note
    assumed = gettext("Something is not known yet; this step is shown to be on the safe side.")
    return f"{assumed} {note}".strip()


def reasons(step: Step, lawbook: LawBook) -> Iterator[str]:
    """The events and facts that made this step."""
    lang, events = language(), lawbook.vocabulary.events
    for reason in step.because:
        if reason.event and reason.on:
            yield f"{text_of(events[reason.event].label, lang)}: {in_words(reason.on)}"
        elif reason.fact and (
            attribute := lawbook.vocabulary.attribute(step.event.kind, reason.fact)
        ):
            value = attribute.values.get(str(reason.value), {})
            yield f"{text_of(attribute.label, lang)}: {text_of(value, lang) or reason.value}"


def sources(rule: Rule) -> Iterator[shapes.Source]:
    """Articles of law with their version."""
    for source in rule.sources:
        article = gettext("article %(number)s") % {"number": source.article}
        label = f"{source.law}, {article}" if source.article else source.law
        if source.version:
            label += f" ({source.version})"
        yield shapes.Source(label=label, href=source.url)


def alternatives(step: Step) -> Iterator[str]:
    """Other terms that may hold instead."""
    for other in step.alternatives:
        if other.due:
            yield f"{text_of(other.rule.title, language())}: {in_words(other.due)}"
