"""What the engine knows by a code, said in words a companion uses."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import get_language, gettext

from metgezel.companion.journeys.models import Doer
from metgezel.engines.rules import LawBook, Reason, Rule, Step
from metgezel.engines.rules.render import amount_in_words, text_of
from metgezel.engines.rules.vocabulary import Attribute, Type, Value, Vocabulary
from metgezel.foundation.people.countries import country_name
from metgezel.foundation.people.models import FamilyTie
from metgezel.foundation.people.municipalities import municipality_name
from metgezel.screens.components.days import in_words

Ties = Mapping[str, FamilyTie]


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


def doer_in_words(doer: str) -> str:
    """Who took a step upon herself, as a companion would say it."""
    return {
        Doer.CLIENT: gettext("the client alone"),
        Doer.TOGETHER: gettext("together"),
        Doer.COMPANION: gettext("the companion"),
    }[Doer(doer)]


def doer_choices() -> list[tuple[str, str]]:
    """The same, to choose from."""
    return [(doer.value, doer_in_words(doer)) for doer in Doer]


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
        "own": gettext("Own steps"),
    }[track]


def what_in_words(rule: Rule, lawbook: LawBook, on: date) -> str:
    """What to do or know, with the amounts that hold on a day."""
    lang = language()
    lines = [text_of(rule.what, lang)]
    lines += [amount_in_words(lawbook, amount, lang, on) for amount in rule.amounts]
    return " ".join(filter(None, lines))


def alternatives(step: Step) -> Iterator[str]:
    """Other terms that may hold instead."""
    for other in step.alternatives:
        if other.due:
            yield f"{text_of(other.rule.title, language())}: {in_words(other.due)}"


def reasons(step: Step, lawbook: LawBook, ties: Ties) -> Iterator[str]:
    """The events and facts that made this step."""
    vocabulary = lawbook.vocabulary
    for reason in step.because:
        if reason.event and reason.on:
            label = text_of(vocabulary.events[reason.event].label, language())
            yield _said(label, in_words(reason.on))
        elif reason.fact:
            yield _fact(step, reason, vocabulary, ties)


def attributes_in_words(
    kind: str, attributes: Mapping[str, Value], vocabulary: Vocabulary, ties: Ties
) -> Iterator[tuple[str, str]]:
    """What was recorded of an event: (what, value)."""
    for name, value in attributes.items():
        attribute = vocabulary.attribute(kind, name)
        if attribute is not None:
            yield text_of(attribute.label, language()), _attribute(attribute, value, ties)


def _fact(step: Step, reason: Reason, vocabulary: Vocabulary, ties: Ties) -> str:
    if (label := _facts().get(reason.fact)) is not None:
        return _said(label, _plain(reason.value))
    kind, name = vocabulary.split(reason.fact)
    kind = kind or step.event.kind
    if name == "on":
        return _said(text_of(vocabulary.events[kind].label, language()), _plain(reason.value))
    attribute = vocabulary.attribute(kind, name)
    if attribute is None or reason.value is None:
        return _said(reason.fact, _plain(reason.value))
    return _said(text_of(attribute.label, language()), _attribute(attribute, reason.value, ties))


def _said(what: str, value: str) -> str:
    return f"{what} {value}" if what.endswith("?") else f"{what}: {value}"


def _attribute(attribute: Attribute, value: Value, ties: Ties) -> str:
    match attribute.type:
        case Type.ENUM:
            return text_of(attribute.values.get(str(value), {}), language()) or str(value)
        case Type.CODE if attribute.code_of == "country":
            return country_name(str(value), language())
        case Type.CODE:
            return municipality_name(str(value))
        case Type.MEMBER:
            return str(ties[str(value)].relative) if str(value) in ties else str(value)
        case _:
            return _plain(value)


def _plain(value: Value | None) -> str:
    if value is None:
        return gettext("not known")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return in_words(value)
    return _codes().get(str(value), str(value))


def _facts() -> dict[str, str]:
    return {
        "person.age": gettext("Age"),
        "person.nationality": gettext("Nationality"),
        "person.unaccompanied_minor": gettext("Came as a child without parents?"),
        "member.relation": gettext("Family member"),
        "member.age": gettext("Age of the family member"),
        "member.age_at_application": gettext(
            "Age of the family member on the day asylum was applied for"
        ),
        "member.whereabouts": gettext("Where the family member is"),
        "member.family_at_entry": gettext("Family before coming to the Netherlands?"),
        "asylum.applied": gettext("Asylum was applied for"),
        "asylum.regime": gettext("Which rules hold"),
        "asylum.transitional": gettext("Applied under the old rules, decided under the new?"),
        "asylum.status": gettext("Permit"),
        "asylum.age_at_application": gettext("Age on the day asylum was applied for"),
        "asylum.extension_months": gettext("Months the decision was postponed"),
    }


def _codes() -> dict[str, str]:
    return {
        "none": gettext("no asylum permit"),
        "refugee": gettext("refugee status"),
        "subsidiary": gettext("subsidiary protection"),
        "pre_pact": gettext("the rules from before 12 June 2026"),
        "pact": gettext("the rules since 12 June 2026"),
        "abroad": gettext("abroad"),
        "netherlands": gettext("in the Netherlands"),
        **{value: str(label) for value, label in FamilyTie.Relation.choices},
    }
