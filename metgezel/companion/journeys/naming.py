"""Events and rules of law by the names people know them by."""

from metgezel.engines.rules.render import text_of

from .lawbook import current_lawbook


def event_name(kind: str, language: str) -> str:
    """What kind of event it is; the code itself when the law of today no longer knows it."""
    event = current_lawbook().vocabulary.events.get(kind)
    return text_of(event.label, language) if event else kind


def rule_title(rule: str, language: str) -> str:
    """The title of the latest version of a rule; the code itself when there is none."""
    versions = current_lawbook().versions_of(rule)
    return text_of(versions[-1].title, language) if versions else rule
