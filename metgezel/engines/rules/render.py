"""A plan in the JSON form of the command line, in Dutch or English."""

from datetime import date
from typing import Any

from .counting_words import counting_in_words, day_in_words
from .law import LawBook, Rule, Source
from .steps import Notice, Plan, Question, Reason, Step
from .vocabulary import Texts, Value

NO_AMOUNT = {
    "nl": "{title}: voor deze dag is geen bedrag bevestigd.",
    "en": "{title}: no amount was confirmed for this day.",
}
AMOUNT = {
    "nl": "{title}: € {eur} ({validity}).",
    "en": "{title}: EUR {eur} ({validity}).",
}
SPAN = {"nl": ("vanaf {0}", "tot en met {0}"), "en": ("from {0}", "until {0}")}


def text_of(texts: Texts, lang: str) -> str:
    """The text in a language; Dutch, in which the law is written, where there is none."""
    return texts.get(lang) or texts.get("nl", "")


def render_plan(plan: Plan, lawbook: LawBook, lang: str) -> dict[str, Any]:
    """The whole plan as plain data."""
    return {
        "on": plan.on.isoformat(),
        "lang": lang,
        "law_version": plan.version,
        "steps": [render_step(step, lawbook, lang, plan.on) for step in plan.steps],
        "notices": [_notice(notice, lawbook, lang, plan.on) for notice in plan.notices],
        "questions": [_question(question, lang) for question in plan.questions],
    }


def render_step(step: Step, lawbook: LawBook, lang: str, on: date) -> dict[str, Any]:
    """One step as plain data."""
    rule = step.rule
    return {
        "rule": rule.id,
        "track": rule.track,
        "title": text_of(rule.title, lang),
        "what": _with_amounts(rule, lawbook, lang, on),
        "who": rule.who,
        "state": step.state.value,
        "starts": _day(step.starts),
        "safe": _day(step.safe),
        "due": _day(step.due),
        "raw": _day(step.raw),
        "strict": rule.strict,
        "if_lapsed": text_of(rule.if_lapsed, lang),
        "because": [_reason(reason) for reason in step.because],
        "counting": counting_in_words(step.counted, lawbook.calendar, lang),
        "sources": [_source(source) for source in rule.sources],
        "rights": list(rule.rights),
        "confidence": rule.confidence,
        "confidence_note": text_of(rule.confidence_note, lang),
        "reviewed": rule.reviewed,
        "applies_to_member": step.member,
        "done_on": _day(step.done_on),
        "late": step.late,
        "assumed": step.assumed,
        "alternatives": [
            {
                "rule": other.rule.id,
                "title": text_of(other.rule.title, lang),
                "due": _day(other.due),
            }
            for other in step.alternatives
        ],
    }


def _notice(notice: Notice, lawbook: LawBook, lang: str, on: date) -> dict[str, Any]:
    rule = notice.rule
    return {
        "rule": rule.id,
        "track": rule.track,
        "title": text_of(rule.title, lang),
        "text": _with_amounts(rule, lawbook, lang, on),
        "because": [_reason(reason) for reason in notice.because],
        "sources": [_source(source) for source in rule.sources],
        "rights": list(rule.rights),
        "confidence": rule.confidence,
        "confidence_note": text_of(rule.confidence_note, lang),
        "reviewed": rule.reviewed,
        "applies_to_member": notice.member,
    }


def _question(question: Question, lang: str) -> dict[str, Any]:
    return {
        "rule": question.rule.id,
        "ask": text_of(question.ask, lang),
        "why": text_of(question.why, lang),
        "fact": question.fact,
        "applies_to_member": question.member,
    }


def _with_amounts(rule: Rule, lawbook: LawBook, lang: str, on: date) -> str:
    lines = [text_of(rule.what, lang)]
    lines += [amount_in_words(lawbook, amount, lang, on) for amount in rule.amounts]
    return "\n".join(lines)


def amount_in_words(lawbook: LawBook, amount_id: str, lang: str, on: date) -> str:
    """An amount with the days it holds, or that none was confirmed for the day."""
    words = "en" if lang == "en" else "nl"
    amount = lawbook.amounts[amount_id]
    title = text_of(amount.title, lang)
    value = amount.on(on)
    if value is None:
        return NO_AMOUNT[words].format(title=title)
    validity = value.validity
    days = zip(SPAN[words], (validity.starts, validity.until), strict=True)
    span = " ".join(text.format(day_in_words(day, words)) for text, day in days if day)
    eur = value.eur if words == "en" else value.eur.replace(".", ",")
    return AMOUNT[words].format(title=title, eur=eur, validity=span)


def _reason(reason: Reason) -> dict[str, Any]:
    if reason.event:
        return {"event": reason.event, "on": _day(reason.on)}
    return {"fact": reason.fact, "is": _plain(reason.value)}


def _plain(value: Value | None) -> Value | None:
    return value.isoformat() if isinstance(value, date) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _source(source: Source) -> dict[str, str]:
    return {
        "law": source.law,
        "article": source.article,
        "url": source.url,
        "version": source.version,
    }
