"""What somebody else did to a file since a page was opened, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from metgezel.companion.journeys.case_of_file import attributes_from_json
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import (
    Event,
    FileChange,
    Goal,
    OwnStep,
    StepOverlay,
    What,
)
from metgezel.engines.rules.render import text_of
from metgezel.foundation.access.door import Visitor
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.models import ClientFile, Identifier
from metgezel.screens.components.days import in_words

from .law_words import Ties, attributes_in_words, language


@dataclass(frozen=True)
class Thing:
    """What a change is about: its name, how it stands now, and its values by form field."""

    name: str
    now: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    event: Event | None = None


@dataclass(frozen=True)
class Meanwhile:
    """One change by somebody: who, when ("" unknown), what kind, and of what.

    `subject` is that of FileChange: it tells one goal from another.
    """

    by: str
    at: str
    what: What
    thing: Thing
    did: str
    subject: str = ""


def changes_since(file: ClientFile, version: int, reader: Visitor) -> Sequence[Meanwhile]:
    """Everything done to a file after a version of it, in the order in which it was done."""
    found = FileChange.objects.visible_to(reader).filter(file=file, version__gt=version)
    return [_meanwhile(change, reader) for change in found.select_related("by", "file__person")]


def _meanwhile(change: FileChange, reader: Visitor) -> Meanwhile:
    at = localtime(change.at)
    what = What(change.what)
    return Meanwhile(
        by=change.by.name if change.by else "",
        at=_("%(day)s at %(time)s") % {"day": in_words(at.date()), "time": f"{at:%H:%M}"},
        what=what,
        thing=THINGS.get(what, _unnamed)(change, reader),
        did=str(what.label),
        subject=change.subject,
    )


def _unnamed(change: FileChange, reader: Visitor) -> Thing:
    return Thing(change.file.number)


def _event(change: FileChange, reader: Visitor) -> Thing:
    """An event; what was taken back has no values any more."""
    try:
        number = UUID(change.subject)
    except ValueError:
        return _unnamed(change, reader)
    event = Event.objects.visible_to(reader).filter(pk=number).first()
    if event is None:
        return _unnamed(change, reader)
    kind = current_lawbook().vocabulary.events.get(event.kind)
    name = text_of(kind.label, language()) if kind else event.kind
    if event.withdrawn:
        return Thing(name, _("This did not happen"), event=event)
    values = {**event.attributes, "on": event.on, "document_reference": event.document_reference}
    ties = change.file.family_ties.select_related("relative").order_by("key")
    return Thing(name, event_in_words(event, {tie.key: tie for tie in ties}), values, event)


def event_in_words(event: Event, ties: Ties) -> str:
    """The day of an event and what was recorded of it, in one line."""
    vocabulary = current_lawbook().vocabulary
    attributes = attributes_from_json(event.kind, event.attributes, vocabulary)
    facts = attributes_in_words(event.kind, attributes, vocabulary, ties)
    said = [
        f"{what} {value}" if what.endswith("?") else f"{what}: {value}" for what, value in facts
    ]
    return ". ".join([in_words(event.on), *said])


def _step(change: FileChange, reader: Visitor) -> Thing:
    rule, _space, key = change.subject.partition(" ")
    versions = current_lawbook().versions_of(rule)
    title = text_of(versions[-1].title, language()) if versions else rule
    overlays = StepOverlay.objects.visible_to(reader).filter(file=change.file, rule=rule)
    keys = {f"{one.event_root} {one.member}".strip(): one for one in overlays.order_by("id")}
    return Thing(title, _step_now(keys[key]) if key in keys else "")


def _step_now(overlay: StepOverlay) -> str:
    if overlay.done_on:
        return _("done on %(day)s") % {"day": in_words(overlay.done_on)}
    if overlay.not_applicable_reason:
        return _("does not apply: %(reason)s") % {"reason": overlay.not_applicable_reason}
    return overlay.get_doer_display()


def _relative(change: FileChange, reader: Visitor) -> Thing:
    ties = change.file.family_ties.select_related("relative")
    tie = next((tie for tie in ties.order_by("key") if tie.key == change.subject), None)
    if tie is None:
        return Thing(_("Family"))
    known = tie.family_at_entry
    values = {
        "given_name": tie.relative.given_name,
        "family_name": tie.relative.family_name,
        "name_own_script": tie.relative.name_own_script,
        "birth_date": BirthDate.of(tie.relative),
        "relation": tie.relation,
        "whereabouts": tie.whereabouts,
        "family_at_entry": "" if known is None else ("yes" if known else "no"),
    }
    now = f"{tie.get_relation_display()}, {tie.get_whereabouts_display()}"
    return Thing(str(tie.relative), now, values)


def _person(change: FileChange, reader: Visitor) -> Thing:
    person = change.file.person
    values = {f.name: getattr(person, f.name) for f in person._meta.concrete_fields}
    minor = {True: "yes", False: "no", None: ""}[person.unaccompanied_minor]
    numbers = Identifier.objects.visible_to(reader).filter(person=person, kind="v_number")
    number = numbers.first()
    values |= {"birth_date": BirthDate.of(person), "unaccompanied_minor": minor}
    values["v_number"] = number.value if number else ""
    return Thing(str(person), values=values)


def _goal(change: FileChange, reader: Visitor) -> Thing:
    goal = Goal.objects.visible_to(reader).filter(file=change.file, pk=_number(change)).first()
    if goal is None:
        return _unnamed(change, reader)
    return Thing(_("Goal"), goal.words, {"words": goal.words, "done_on": goal.reached_on})


def _own_step(change: FileChange, reader: Visitor) -> Thing:
    mine = OwnStep.objects.visible_to(reader).filter(file=change.file, pk=_number(change)).first()
    if mine is None:
        return _unnamed(change, reader)
    values: dict[str, object] = {"title": mine.title, "due": mine.due, "doer": mine.doer}
    values |= {"goal": mine.goal_id, "done_on": mine.done_on}
    now = _("done on %(day)s") % {"day": in_words(mine.done_on)} if mine.done_on else ""
    return Thing(mine.title, now, values)


def _number(change: FileChange) -> int:
    return int(change.subject) if change.subject.isdecimal() else 0


THINGS: Mapping[What, Callable[[FileChange, Visitor], Thing]] = {
    What.RECORDED: _event,
    What.CORRECTED: _event,
    What.WITHDRAWN: _event,
    What.STEP: _step,
    What.RELATIVE: _relative,
    What.PERSON: _person,
    What.GOAL: _goal,
    What.OWN_STEP: _own_step,
}
