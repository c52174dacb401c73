"""What happened to one person, and what was mended since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext

from metgezel.companion.journeys.case_of_file import attributes_from_json
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event
from metgezel.engines.rules.render import text_of
from metgezel.foundation.access.door import Visitor
from metgezel.foundation.access.grounds import may_read
from metgezel.foundation.access.kept import Kept
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.days import in_words

from .law_words import Ties, attributes_in_words, language


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stood there before, and why it was changed."""

    day: str
    facts: Sequence[tuple[str, str]]
    reason: str
    mended: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as a companion reads it; the day stands first in the title."""

    event: Event
    title: str
    facts: Sequence[tuple[str, str]]
    recorded: str
    earlier: Sequence[Earlier]


def events_of(user: Visitor, file: ClientFile) -> list[Event]:
    """All events of a file, with what they replaced: one query."""
    found = Event.objects.visible_to(user).filter(file=file)
    events = list(found.select_related("recorded_by").order_by("-on", "-recorded_at"))
    _keep_back(user, file, [e for e in events if _is_legal(e) and e.recorded_by_id != user.pk])
    return events


def _is_legal(event: Event) -> bool:
    return current_lawbook().vocabulary.events[event.kind].group == "court" and bool(event.note)


def _keep_back(user: Visitor, file: ClientFile, legal: Iterable[Event]) -> None:
    """Put a sentence in the place of notes about the court that this reader may not read."""
    legal = list(legal)
    if legal and not may_read(user, file.pk, Kept.LEGAL):
        for event in legal:
            event.note = gettext("Kept for the legal companion and the person herself.")


def standing(events: Iterable[Event]) -> list[Event]:
    """The events as they are now believed to have happened."""
    return [event for event in events if event.replaced_by_id is None and not event.withdrawn]


def happened(events: Sequence[Event], ties: Ties) -> list[Happened]:
    """What happened, the newest first; each with the versions that stood there before."""
    replaced = {event.replaced_by_id: event for event in events if event.replaced_by_id}
    return [_happened(event, replaced, ties) for event in events if event.replaced_by_id is None]


def _happened(event: Event, replaced: Mapping[UUID, Event], ties: Ties) -> Happened:
    earlier, newer = [], event
    while (older := replaced.get(newer.pk)) is not None:
        earlier.append(
            Earlier(in_words(older.on), _facts(older, ties), newer.correction_reason, _by(newer))
        )
        newer = older
    return Happened(
        event=event,
        title=f"{in_words(event.on)}: {_title(event)}",
        facts=_facts(event, ties),
        recorded=_by(event),
        earlier=earlier,
    )


def _title(event: Event) -> str:
    kind = current_lawbook().vocabulary.events[event.kind]
    title = text_of(kind.label, language())
    if event.withdrawn:
        return gettext("%(title)s (did not happen)") % {"title": title}
    return gettext("%(title)s (mended)") % {"title": title} if event.correction_reason else title


def _facts(event: Event, ties: Ties) -> list[tuple[str, str]]:
    vocabulary = current_lawbook().vocabulary
    attributes = attributes_from_json(event.kind, event.attributes, vocabulary)
    found = list(attributes_in_words(event.kind, attributes, vocabulary, ties))
    if event.document_reference:
        found.append((gettext("Letter"), event.document_reference))
    if event.note:
        found.append((gettext("Note"), event.note))
    return found


def _by(event: Event) -> str:
    day = in_words(localdate(event.recorded_at))
    if event.recorded_by is None:
        return day
    return gettext("%(who)s, %(day)s") % {"who": event.recorded_by, "day": day}
