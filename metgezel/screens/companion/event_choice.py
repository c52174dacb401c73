"""What can have happened, to choose from: what the plan waits for first, then by group."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.http import urlencode

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import Plan, State
from metgezel.engines.rules.render import text_of
from metgezel.engines.rules.vocabulary import EventKind, Vocabulary

from .cards import language

#: What companions record most, the most frequent first; the others follow as the law lists them.
OFTEN = (
    "asylum.decision", "asylum.lodged", "housing.offered", "housing.moved", "brp.registered",
    "family.applied", "family.decision", "family.arrived", "income.applied",
    "integration.pip_signed", "work.started", "court.appeal_filed",
)  # fmt: skip
LIKELY_AT_MOST = 6
WAITING = (State.OPEN, State.DUE_SOON, State.OVERDUE, State.UPCOMING)
ICONS = {
    "asylum": "shield", "court": "law", "family": "family", "housing": "house",
    "income": "money", "integration": "language", "work": "work", "return": "return",
    "other": "calendar",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One kind of event as a card."""

    label: str
    hint: str
    href: str
    icon: str


@dataclass(frozen=True)
class Group:
    """Kinds that belong together."""

    title: str
    choices: list[Choice]


def likely_choices(plan: Plan, today: date) -> list[Choice]:
    """What the plan waits for, the most urgent first; what is most recorded in an empty plan."""
    vocabulary = current_lawbook().vocabulary
    waiting = [step for step in plan.steps if step.state in WAITING]
    waiting.sort(key=lambda step: (step.safe or step.due or date.max, -step.rule.loss))
    awaited = [pattern.kind for step in waiting for pattern in step.rule.done_by]
    possible = {kind.kind: kind for kind in _possible(vocabulary, today)}
    kinds = [name for name in dict.fromkeys([*awaited, *OFTEN]) if name in possible]
    return [_choice(possible[name]) for name in kinds[:LIKELY_AT_MOST]]


def choices_by_group(words: str, today: date) -> list[Group]:
    """Kinds that can still happen and hold all these words, by group."""
    vocabulary = current_lawbook().vocabulary
    order = list(vocabulary.groups)
    found = [kind for kind in _possible(vocabulary, today) if _holds(kind, vocabulary, words)]
    found.sort(key=lambda kind: (order.index(kind.group), _rank(kind)))
    return [
        Group(text_of(vocabulary.groups[group], language()), [_choice(kind) for kind in kinds])
        for group, kinds in groupby(found, key=lambda kind: kind.group)
    ]


def _possible(vocabulary: Vocabulary, today: date) -> Iterator[EventKind]:
    return (k for k in vocabulary.events.values() if k.until is None or today <= k.until)


def _rank(kind: EventKind) -> int:
    return OFTEN.index(kind.kind) if kind.kind in OFTEN else len(OFTEN)


def _holds(kind: EventKind, vocabulary: Vocabulary, words: str) -> bool:
    """Whether each word stands somewhere in what the kind says, its answers included."""
    said = " ".join(_texts(kind, vocabulary)).casefold()
    return all(word in said for word in words.casefold().split())


def _texts(kind: EventKind, vocabulary: Vocabulary) -> Iterable[str]:
    lang = language()
    yield from (text_of(t, lang) for t in (kind.label, kind.hint, vocabulary.groups[kind.group]))
    for attribute in kind.attributes.values():
        yield text_of(attribute.label, lang)
        yield from (text_of(texts, lang) for texts in attribute.values.values())


def _choice(kind: EventKind) -> Choice:
    lang = language()
    return Choice(
        label=text_of(kind.label, lang),
        hint=text_of(kind.hint, lang),
        href=f"?{urlencode({'kind': kind.kind})}",
        icon=ICONS.get(kind.group, "calendar"),
    )
