"""The journal in words a client understands: who, when, why and what."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from metgezel.foundation.access.grounds import Ground
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import Action, JournalEntry


def who_in_words(entry: JournalEntry) -> str:
    """The colleague's name; somebody whose name was erased, and a program, have none."""
    if entry.actor is None:
        return gettext("The computer program itself")
    return entry.actor.name or gettext("A colleague whose name has been erased")


def role_in_words(role: str) -> str:
    """What this person does for the association."""
    return {
        Role.COMPANION: gettext("companion"),
        Role.LEGAL_COMPANION: gettext("legal companion"),
        Role.DESK: gettext("walk-in desk"),
        Role.COORDINATOR: gettext("volunteer coordinator"),
        Role.TEAM_LEADER: gettext("team leader"),
        Role.VOLUNTEER: gettext("volunteer"),
        Role.CLIENT: gettext("you yourself"),
        Role.PRIVACY_OFFICER: gettext("privacy officer"),
    }.get(Role(role), "") if role in Role.values else ""  # fmt: skip


def why_in_words(entry: JournalEntry, reasons: Mapping[int, str]) -> str:
    """The ground, in one sentence; `reasons` are those given for drop-in keys, by number."""
    reason = reasons.get(entry.drop_in or 0)
    if entry.ground == Ground.DROP_IN and reason:
        return gettext("Opened your file for one hour, because: %(reason)s") % {"reason": reason}
    return {
        Ground.ASSIGNMENT.value: gettext("This person walks along with you."),
        Ground.TEAM_LEADER.value: gettext("This person leads the team of your location."),
        Ground.DROP_IN.value: gettext("Opened your file for one hour, for something urgent."),
        Ground.OWN_FILE.value: gettext("It is your own file."),
    }.get(entry.ground, "")


def what_in_words(entries: Iterable[JournalEntry]) -> list[str]:
    """What somebody did, each thing once, in the order it first happened."""
    said = dict.fromkeys(_sentence(entry) for entry in entries)
    return list(said)


def _sentence(entry: JournalEntry) -> str:
    thing = thing_in_words(entry.model)
    return {
        Action.READ.value: gettext("Looked in your file"),
        Action.PRINTED.value: gettext("Printed something from your file"),
        Action.EXPORTED.value: gettext("Took a copy of your file along"),
        Action.CREATED.value: gettext("Added: %(thing)s"),
        Action.CHANGED.value: gettext("Changed: %(thing)s"),
        Action.REMOVED.value: gettext("Removed: %(thing)s"),
    }.get(entry.action, gettext("Did something in your file")) % {"thing": thing}


def thing_in_words(model: str) -> str:
    """What a kind of row is to the person it is about."""
    return {
        "people.clientfile": gettext("your file"),
        "people.person": gettext("personal details"),
        "people.personlanguage": gettext("languages"),
        "people.identifier": gettext("a number of an authority"),
        "people.familytie": gettext("your family"),
        "people.household": gettext("who lives with you"),
        "people.householdmember": gettext("who lives with you"),
        "access.assignment": gettext("who walks along with you"),
        "access.dropin": gettext("a key to your file for one hour"),
        "papers.paper": gettext("a paper"),
        "privacy.consent": gettext("what you agreed to"),
        "privacy.mandate": gettext("who may act for you"),
        "journeys.event": gettext("something that happened"),
        "journeys.stepoverlay": gettext("a step of your plan"),
        "journeys.doerchange": gettext("who does a step"),
        "journeys.goal": gettext("a goal"),
        "journeys.ownstep": gettext("a step of your own"),
        "audit.journalquestion": gettext("a question about this list"),
    }.get(model, gettext("something in your file"))
