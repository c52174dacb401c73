"""Read a law directory's texts into a law book; every error names file, line and field."""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from .counting import Count, From, Term, Unit
from .days import Calendar
from .evaluation import compile_expression
from .expression import ExpressionError, Literal, names_in, parse
from .expression_types import Context, typed
from .law import (
    DATED,
    Amount,
    Condition,
    EventPattern,
    Example,
    Kind,
    LawBook,
    Right,
    Rule,
    TermCase,
    Validity,
)
from .strict_yaml import Fields, PackError, read_yaml, without_lines
from .tables_reader import (
    AMOUNTS_FILE,
    CALENDAR_FILE,
    RIGHTS_FILE,
    read_amounts,
    read_calendar,
    read_confidence,
    read_rights,
    read_source,
)
from .vocabulary import Type, Vocabulary
from .vocabulary_reader import FILE as VOCABULARY_FILE
from .vocabulary_reader import read_vocabulary

TRACKS = (
    "asylum", "reception", "work", "family", "integration", "social", "housing", "health",
    "education", "return", "citizenship", "meta",
)  # fmt: skip
WHO = ("client", "companion", "lawyer", "authority", "municipality", "employer")
EFFECTS = (
    "", "start_day_after", "rolled", "not_rolled", "apr_rolled", "holiday", "safe_date", "regime",
)  # fmt: skip
RULE_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
T = TypeVar("T")


class LawErrors(ValueError):
    """Everything that is wrong with a law directory, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_lawbook(files: Mapping[str, str]) -> LawBook:
    """Read texts by file name. Raises LawErrors with every problem found."""
    problems: list[str] = []
    empty = Vocabulary({}, {}, {})
    if VOCABULARY_FILE not in files:
        raise LawErrors([f"{VOCABULARY_FILE}: this file is missing"])
    vocabulary = _collect(problems, empty, read_vocabulary, files[VOCABULARY_FILE])
    if problems:
        raise LawErrors(problems)
    no_amounts: dict[str, Amount] = {}
    no_rights: dict[str, Right] = {}
    calendar = _collect(problems, Calendar(), read_calendar, files.get(CALENDAR_FILE, ""))
    amounts = _collect(problems, no_amounts, read_amounts, files.get(AMOUNTS_FILE, ""))
    rights = _collect(problems, no_rights, read_rights, files.get(RIGHTS_FILE, ""))
    reader = _PackReader(vocabulary, frozenset(amounts), frozenset(rights), problems)
    special = {VOCABULARY_FILE, CALENDAR_FILE, AMOUNTS_FILE, RIGHTS_FILE}
    for name in sorted(set(files) - special):
        _collect(problems, None, partial(reader.read, name), files[name])
    if problems:
        raise LawErrors(problems)
    digest = hashlib.sha256("\0".join(f"{k}\0{files[k]}" for k in sorted(files)).encode())
    return LawBook(
        tuple(reader.rules), vocabulary, calendar, amounts, rights, digest.hexdigest()[:12],
        reader.packs,
    )  # fmt: skip


def _collect(problems: list[str], default: T, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except PackError as problem:
        problems.append(str(problem))
        return default


class _PackReader:
    """Reads packs one by one, gathering rules and problems."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        amounts: frozenset[str],
        rights: frozenset[str],
        problems: list[str],
    ) -> None:
        self.vocabulary = vocabulary
        self.amounts = amounts
        self.rights = rights
        self.problems = problems
        self.rules: list[Rule] = []
        self.packs: dict[str, dict[str, str]] = {}

    def read(self, name: str, text: str) -> None:
        """Read one pack; a broken rule is reported and the next one still read."""
        fields = Fields(read_yaml(name, text), name)
        pack = fields.text("pack")
        self.packs[pack] = fields.texts("title")
        for content in fields.items("rules"):
            try:
                self.rules.append(self._rule(content, name, pack))
            except PackError as problem:
                self.problems.append(str(problem))
        fields.finish()

    def _rule(self, content: object, name: str, pack: str) -> Rule:
        fields = Fields(content, name)
        rule_id = fields.text("id")
        fields.place += f", rule {rule_id}"
        if not RULE_ID.fullmatch(rule_id):
            raise fields.error("id", "small letters, digits and hyphens only")
        kind = Kind(fields.choice("kind", tuple(Kind)))
        triggers = self._triggers(fields)
        each = fields.choice("each", ("", "member"), "") == "member"
        about_member = each or (
            bool(triggers)
            and all("member" in self.vocabulary.events[k].attributes for k in triggers)
        )
        context = Context(self.vocabulary, triggers, about_member)
        rule = Rule(
            id=rule_id,
            pack=pack,
            place=fields.place,
            track=fields.choice("track", TRACKS),
            kind=kind,
            title=fields.texts("title"),
            what=fields.texts("what", required=kind is not Kind.QUESTION),
            who=fields.choice("who", ("", *WHO), "" if kind not in DATED else None),
            triggers=triggers,
            each_member=each,
            when=self._condition(fields, "when", context, Type.BOOL),
            assume_unknown=fields.choice("unknown", ("ask", "assume"), "ask") == "assume",
            terms=self._terms(fields, context),
            done_by=self._patterns(fields, "done_by"),
            ended_by=self._patterns(fields, "ended_by"),
            restart_by=self._patterns(fields, "restart_by"),
            strict=fields.flag("strict", False),
            if_lapsed=fields.texts("if_lapsed", required=False),
            lapse=fields.choice("lapse", ("right_lost", "still_helps"), "still_helps"),
            loss=fields.integer("loss", 0, 0, 5),
            candidates=fields.text("candidates", ""),
            transitional=fields.flag("transitional", False),
            validity=self._validity(fields),
            sources=tuple(read_source(source, fields.place) for source in fields.items("sources")),
            rights=self._known(fields, "rights", self.rights),
            confidence=read_confidence(fields),
            confidence_note=fields.texts("confidence_note", required=False),
            reviewed=fields.flag("reviewed", False),
            amounts=self._known(fields, "amounts", self.amounts),
            ask=fields.texts("ask", required=kind is Kind.QUESTION),
            why=fields.texts("why", required=kind is Kind.QUESTION),
            explains=fields.choice("explains", EFFECTS, ""),
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

    def _validity(self, fields: Fields) -> Validity:
        by_application = fields.choice("valid_by", ("trigger", "application"), "trigger")
        content = fields.get("valid") or {}
        span = Fields(content, f"{fields.place}, valid")
        validity = Validity(span.day("from"), span.day("until"), by_application == "application")
        span.finish()
        if validity.starts and validity.until and validity.until < validity.starts:
            raise span.error("until", "lies before from")
        return validity

    def _known(self, fields: Fields, field: str, known: frozenset[str]) -> tuple[str, ...]:
        for slug in fields.items(field):
            if not isinstance(slug, str) or slug not in known:
                raise fields.error(
                    field, f"'{slug}' is not known; allowed: {', '.join(sorted(known))}"
                )
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
    elif rule.terms:
        raise fields.error("term", f"a {rule.kind} has no term")
    if rule.kind is Kind.COUNTING and not rule.explains:
        raise fields.error("explains", "a counting rule says what it explains")
    if rule.confidence != "V1" and not rule.confidence_note:
        raise fields.error("confidence_note", "says in words what is unsure; needed unless V1")
    if not rule.examples:
        raise fields.error("examples", "at least one is needed")
    if rule.kind in DATED and len(rule.examples) < 2:
        raise fields.error("examples", "a dated rule needs at least two")
