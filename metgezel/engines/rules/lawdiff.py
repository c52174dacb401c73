"""What changed between two law books, in words."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from .law import Condition, LawBook, Rule, TermCase

LABELS = {
    "title": "title", "what": "what to do", "who": "who acts", "triggers": "trigger",
    "each_member": "per household member", "when": "for whom", "assume_unknown": "when unknown",
    "terms": "term", "done_by": "done by", "ended_by": "ended by", "restart_by": "restarted by",
    "strict": "strict deadline", "if_lapsed": "if lapsed", "lapse": "when it lapses",
    "loss": "what is lost", "candidates": "competes with", "transitional": "transitional",
    "validity": "valid", "sources": "sources", "rights": "rights", "confidence": "confidence",
    "confidence_note": "what is unsure", "reviewed": "reviewed", "amounts": "amounts",
    "track": "track", "kind": "kind", "ask": "question", "why": "why", "once": "given once",
}  # fmt: skip


def differences(old: LawBook, new: LawBook) -> Iterator[str]:
    """A sentence per rule added, removed or changed, and per amount and holiday."""
    before, after = _versions(old), _versions(new)
    for key in sorted(set(before) - set(after)):
        yield f"{_name(key)}: removed"
    for key in sorted(set(after) - set(before)):
        yield f"{_name(key)}: added: {after[key].title['en']}"
    for key in sorted(set(before) & set(after)):
        for change in _changes(before[key], after[key]):
            yield f"{_name(key)}: {change}"
    for amount in sorted(set(old.amounts) | set(new.amounts)):
        if old.amounts.get(amount) != new.amounts.get(amount):
            yield f"amount {amount}: changed"
    for day in sorted(set(old.calendar.decrees) ^ set(new.calendar.decrees)):
        added = day in new.calendar.decrees
        yield f"{day}: {'now' if added else 'no longer'} equated with a holiday by decree"


def _versions(lawbook: LawBook) -> dict[tuple[str, str], Rule]:
    return {(r.id, str(r.validity.starts or "always")): r for r in lawbook.rules}


def _name(key: tuple[str, str]) -> str:
    return key[0] if key[1] == "always" else f"{key[0]} (from {key[1]})"


def _changes(old: Rule, new: Rule) -> Iterator[str]:
    for field in fields(Rule):
        if field.name not in LABELS:
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        if _comparable(before) != _comparable(after):
            yield f"{LABELS[field.name]}: was {_words(before)}; becomes {_words(after)}"


def _comparable(value: Any) -> Any:
    """Conditions hold compiled functions, which differ between readings; compare their text."""
    if isinstance(value, Condition):
        return value.text
    if isinstance(value, TermCase):
        return tuple(_comparable(getattr(value, field.name)) for field in fields(TermCase))
    if isinstance(value, tuple):
        return tuple(_comparable(item) for item in value)
    return value


def _words(value: Any) -> str:
    if isinstance(value, Condition):
        return f"'{value.text}'"
    if isinstance(value, TermCase):
        when = f" when {value.when.text}" if value.when else ""
        return f"{value.amount.text} {value.unit} ({value.count}){when}"
    if isinstance(value, tuple):
        return ", ".join(_words(item) for item in value) or "nothing"
    if isinstance(value, dict):
        return f"'{value.get('en', '')}'"
    return "nothing" if value in (None, "") else str(value)
