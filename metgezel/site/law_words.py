"""A plan and a rule as plain text for the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from metgezel.engines.rules.law import Rule


def plan_in_words(plan: dict[str, Any]) -> Iterator[str]:
    """A rendered plan, a few lines per step."""
    yield f"Plan: {plan['on']}"
    for step in plan["steps"]:
        days = [f"{name} {step[name]}" for name in ("starts", "safe", "due") if step[name]]
        member = f" ({step['applies_to_member']})" if step["applies_to_member"] else ""
        yield ""
        yield f"[{step['state']}] {step['title']}{member} - {step['rule']}"
        yield f"  {'; '.join(days)}; {step['who']}"
        yield f"  {step['what']}"
        yield f"  {step['counting']}"
        yield f"  {_sources(step['sources'])} [{step['confidence']}]"
    for heading, texts in (
        ("!", [(n["rule"], n["text"]) for n in plan["notices"]]),
        ("?", [(q["rule"], q["ask"]) for q in plan["questions"]]),
    ):
        for rule, text in texts:
            yield ""
            yield f"{heading} {text} - {rule}"


def rule_in_words(rule: Rule, lang: str) -> Iterator[str]:
    """One version of a rule: text, validity, sources, examples."""
    yield f"{rule.id}: {rule.title[lang]}"
    yield f"  {rule.what.get(lang) or rule.ask.get(lang, '')}"
    yield f"  kind: {rule.kind}; track: {rule.track}; who: {rule.who or '-'}"
    yield f"  trigger: {', '.join(rule.triggers) or '-'}"
    yield f"  when: {rule.when.text if rule.when else '-'}"
    for case in rule.terms:
        when = f" when {case.when.text}" if case.when else ""
        yield f"  term: {case.amount.text} {case.unit} ({case.count}, from {case.start}){when}"
    span = f"{rule.validity.starts or '...'} - {rule.validity.until or '...'}"
    yield f"  valid: {span} (by {'application' if rule.validity.by_application else 'trigger'})"
    yield f"  confidence: {rule.confidence} {rule.confidence_note.get(lang, '')}".rstrip()
    yield f"  reviewed: {'yes' if rule.reviewed else 'no'}"
    for source in rule.sources:
        yield f"  source: {source.law} {source.article} {source.url} {source.version}".rstrip()
    for example in rule.examples:
        yield f"  example: {_plainly(example.data)}"


def _plainly(content: object) -> str:
    """An example as it stands in the pack, on one line."""
    if isinstance(content, Mapping):
        return (
            "{" + ", ".join(f"{name}: {_plainly(value)}" for name, value in content.items()) + "}"
        )
    if isinstance(content, list):
        return "[" + ", ".join(_plainly(item) for item in content) + "]"
    return str(content).lower() if isinstance(content, bool) else str(content)


def _sources(sources: list[dict[str, str]]) -> str:
    return "; ".join(f"{source['law']} {source['article']}".strip() for source in sources)
