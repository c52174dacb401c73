"""Read one rule of a pack: its condition, its term, what closes it, and on what it rests."""

import re
from typing import Any

from .counting import Count, From, Term, Unit
from .evaluation import compile_expression
from .expression import ExpressionError, Literal, names_in, parse
from .expression_types import Context, typed
from .law import (
    DATED,
    Condition,
    EventPattern,
    Example,
    Kind,
    Once,
    Rule,
    TermCase,
    Validity,
)
from .strict_yaml import Fields, without_lines
from .tables_reader import read_confidence, read_source
from .vocabulary import Type, Vocabulary

TRACKS = (
    "asylum", "reception", "work", "family", "integration", "social", "housing", "health",
    "education", "return", "citizenship", "meta",
)  # fmt: skip
WHO = ("client", "companion", "lawyer", "authority", "municipality", "employer")
EFFECTS = (
    "", "start_day_after", "rolled", "not_rolled", "apr_rolled", "holiday", "safe_date", "regime",
)  # fmt: skip
RULE_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


class RuleReader:
    """Reads rules against a vocabulary and the names of amounts and rights."""

    def __init__(
        self, vocabulary: Vocabulary, amounts: frozenset[str], rights: frozenset[str]
    ) -> None:
        self.vocabulary = vocabulary
        self.amounts = amounts
        self.rights = rights

    def read(self, content: object, name: str, pack: str) -> Rule:
        """One rule of the pack in file `name`. Raises PackError."""
        fields = Fields(content, name)
        rule_id = fields.text("id")
        fields.place += f", rule {rule_id}"
        if not RULE_ID.fullmatch(rule_id):
            raise fields.error("id", "small letters, digits and hyphens only")
        kind = Kind(fields.choice("kind", tuple(Kind)))
        rule = Rule(
            id=rule_id,
            pack=pack,
            place=fields.place,
            kind=kind,
            **_shown(fields, kind),
            **self._applies(fields),
            **_consequences(fields),
            **self._grounds(fields),
            examples=tuple(
                Example(
                    without_lines(Fields(item, fields.place).content),
                    f"{fields.place}, example {number}",
                )
                for number, item in enumerate(fields.items("examples"), 1)
            ),
        )
        fields.finish()
        _check_shape(rule, fields)
        return rule

    def _applies(self, fields: Fields) -> dict[str, Any]:
        """To whom and when: trigger, condition, term, and what closes it."""
        triggers = self._triggers(fields)
        each = fields.choice("each", ("", "member"), "") == "member"
        about_member = each or (
            bool(triggers)
            and all("member" in self.vocabulary.events[k].attributes for k in triggers)
        )
        context = Context(self.vocabulary, triggers, about_member)
        return {
            "triggers": triggers,
            "each_member": each,
            "when": self._condition(fields, "when", context, Type.BOOL),
            "assume_unknown": fields.choice("unknown", ("ask", "assume"), "ask") == "assume",
            "terms": self._terms(fields, context),
            "once": Once(fields.choice("once", tuple(Once), Once.NO)),
            "done_by": self._patterns(fields, "done_by"),
            "ended_by": self._patterns(fields, "ended_by"),
            "restart_by": self._patterns(fields, "restart_by"),
            "candidates": fields.text("candidates", ""),
            "transitional": fields.flag("transitional", False),
            "validity": _validity(fields),
        }

    def _grounds(self, fields: Fields) -> dict[str, Any]:
        """On what it rests, and how sure that is."""
        return {
            "sources": tuple(read_source(item, fields.place) for item in fields.items("sources")),
            "rights": _known(fields, "rights", self.rights),
            "amounts": _known(fields, "amounts", self.amounts),
            "confidence": read_confidence(fields),
            "confidence_note": fields.texts("confidence_note", required=False),
            "reviewed": fields.flag("reviewed", False),
        }

    def _triggers(self, fields: Fields) -> tuple[str, ...]:
        value = fields.get("on", [])
        kinds = value if isinstance(value, list) else [value]
        for kind in kinds:
            if not isinstance(kind, str) or kind not in self.vocabulary.events:
                raise fields.error("on", f"'{kind}' is not an event kind of the vocabulary")
        return tuple(kinds)

    def _condition(
        self, fields: Fields, field: str, context: Context, expected: Type
    ) -> Condition | None:
        value = fields.get(field)
        if value is None:
            return None
        text = str(value).lower() if isinstance(value, bool) else str(value)
        try:
            node = typed(parse(text), context, expected)
        except (ExpressionError, RecursionError) as problem:
            raise fields.error(field, str(problem)) from None
        return Condition(text, node, compile_expression(node), tuple(sorted(names_in(node))))

    def _terms(self, fields: Fields, context: Context) -> tuple[TermCase, ...]:
        value = fields.get("term")
        if value is None:
            return ()
        cases = value if isinstance(value, list) else [value]
        return tuple(self._term(case, f"{fields.place}, term", context) for case in cases)

    def _term(self, content: object, place: str, context: Context) -> TermCase:
        fields = Fields(content, place)
        units = [unit for unit in Unit if unit in fields.content]
        if len(units) != 1:
            raise fields.error("term", f"exactly one of {', '.join(Unit)} is needed")
        amount = self._condition(fields, units[0], context, Type.INT)
        anchor = fields.text("anchor", "") or None
        if anchor and anchor not in self.vocabulary.events:
            raise fields.error("anchor", f"'{anchor}' is not an event kind of the vocabulary")
        before_end, day_after = _opens(fields)
        if amount is None:
            raise fields.error(units[0], "an amount is needed")
        count = Count(fields.choice("count", tuple(Count), Count.ATW))
        start = From(fields.choice("from", tuple(From), From.TRIGGER))
        number = amount.node.value if isinstance(amount.node, Literal) else None
        case = TermCase(
            amount=amount,
            unit=units[0],
            count=count,
            start=start,
            when=self._condition(fields, "when", context, Type.BOOL),
            anchor=anchor,
            opens_before_end=before_end,
            opens_day_after=day_after,
            fixed=Term(number, units[0], count, start) if isinstance(number, int) else None,
        )
        fields.finish()
        return case

    def _patterns(self, fields: Fields, field: str) -> tuple[EventPattern, ...]:
        return tuple(self._pattern(item, field, fields) for item in fields.items(field))

    def _pattern(self, content: object, field: str, rule: Fields) -> EventPattern:
        if isinstance(content, str):
            content = {"kind": content}
        fields = Fields(content, f"{rule.place}, {field}")
        kind = fields.text("kind")
        if kind not in self.vocabulary.events:
            raise fields.error("kind", f"'{kind}' is not an event kind of the vocabulary")
        attributes: dict[str, Any] = dict(Fields(fields.get("with", {}), fields.place).content)
        for name, value in attributes.items():
            attribute = self.vocabulary.attribute(kind, str(name))
            if attribute is None or (attribute.values and value not in list(attribute.values)):
                raise fields.error("with", f"'{kind}' has no {name} '{value}'")
        fields.finish()
        return EventPattern(kind, attributes)


def _shown(fields: Fields, kind: Kind) -> dict[str, Any]:
    """What the reader sees, and who acts."""
    return {
        "track": fields.choice("track", TRACKS),
        "title": fields.texts("title"),
        "what": fields.texts("what", required=kind is not Kind.QUESTION),
        "who": fields.choice("who", ("", *WHO), "" if kind not in DATED else None),
        "ask": fields.texts("ask", required=kind is Kind.QUESTION),
        "why": fields.texts("why", required=kind is Kind.QUESTION),
        "explains": fields.choice("explains", EFFECTS, ""),
    }


def _consequences(fields: Fields) -> dict[str, Any]:
    """What happens when nobody acts in time."""
    return {
        "strict": fields.flag("strict", False),
        "if_lapsed": fields.texts("if_lapsed", required=False),
        "lapse": fields.choice("lapse", ("right_lost", "still_helps"), "still_helps"),
        "loss": fields.integer("loss", 0, 0, 5),
    }


def _validity(fields: Fields) -> Validity:
    by_application = fields.choice("valid_by", ("trigger", "application"), "trigger")
    content = fields.get("valid") or {}
    span = Fields(content, f"{fields.place}, valid")
    validity = Validity(span.day("from"), span.day("until"), by_application == "application")
    span.finish()
    if validity.starts and validity.until and validity.until < validity.starts:
        raise span.error("until", "lies before from")
    return validity


def _known(fields: Fields, field: str, known: frozenset[str]) -> tuple[str, ...]:
    for slug in fields.items(field):
        if not isinstance(slug, str) or slug not in known:
            raise fields.error(field, f"'{slug}' is not known; allowed: {', '.join(sorted(known))}")
    return tuple(fields.items(field))


def _opens(fields: Fields) -> tuple[tuple[int, Unit] | None, bool]:
    value = fields.get("opens")
    if value is None:
        return None, False
    if value == "day_after":
        return None, True
    before = Fields(Fields(value, fields.place).get("before_end"), f"{fields.place}, before_end")
    units = [unit for unit in Unit if unit in before.content]
    if len(units) != 1:
        raise fields.error("opens", "day_after or before_end with one unit is needed")
    return (before.integer(units[0], 0, 1, 1000), units[0]), False


def _check_shape(rule: Rule, fields: Fields) -> None:
    """What a kind of rule must and may not have."""
    if rule.kind in DATED:
        if not rule.triggers:
            raise fields.error("on", f"a {rule.kind} needs the event it starts from")
        if not rule.terms:
            raise fields.error("term", f"a {rule.kind} needs a term")
        if any(case.when is None for case in rule.terms[:-1]):
            raise fields.error("term", "only the last case may be without `when`")
    elif rule.terms or rule.once:
        raise fields.error("term", f"a {rule.kind} has no term and no `once`")
    if rule.kind is Kind.COUNTING and not rule.explains:
        raise fields.error("explains", "a counting rule says what it explains")
    if rule.confidence != "V1" and not rule.confidence_note:
        raise fields.error("confidence_note", "says in words what is unsure; needed unless V1")
    if not rule.examples:
        raise fields.error("examples", "at least one is needed")
    if rule.kind in DATED and len(rule.examples) < 2:
        raise fields.error("examples", "a dated rule needs at least two")
