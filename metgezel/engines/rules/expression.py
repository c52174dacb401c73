"""The language of conditions: small, typed by the vocabulary, without calls or attributes.

Grammar:
    or_expr   := and_expr ("or" and_expr)*
    and_expr  := not_expr ("and" not_expr)*
    not_expr  := "not" not_expr | comparison
    comparison:= "has" KIND | "known" NAME | "(" or_expr ")"
               | sum [("==" | "!=" | "<" | "<=" | ">" | ">=") sum]
               | sum ["not"] "in" "[" literal, ... "]"
    sum       := operand ("+" operand)*
    operand   := NAME | INTEGER | DATE | WORD
A bare word is an enum value or a code. Texts longer than 500 characters are refused.
"""

import re
from dataclasses import dataclass
from datetime import date

LONGEST = 500
DEEPEST = 40
KEYWORDS = frozenset({"and", "or", "not", "in", "has", "known", "true", "false"})
_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<int>\d+)(?![\w.])|(?P<name>[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<op>==|!=|<=|>=|<|>|\+|\(|\)|\[|\]|,))"
)


class ExpressionError(ValueError):
    """A condition that cannot be read; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, by its dotted name."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A whole number, a date, a truth value, or a bare word."""

    value: int | date | bool | str


@dataclass(frozen=True, slots=True)
class Has:
    """Whether an event of this kind is in the file."""

    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whether a fact is known."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared; `op` is ==, !=, <, <=, > or >=."""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class In:
    """A value in a list of literals."""

    left: "Node"
    values: tuple[Literal, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    inner: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Whole numbers added up."""

    parts: tuple["Node", ...]


Node = Name | Literal | Has | Known | Compare | In | Not | All | Any | Sum


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    if len(text) > LONGEST:
        raise ExpressionError(f"the condition is longer than {LONGEST} characters")
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ExpressionError(
                f"'{text[at : at + 20].strip()}' is not allowed here; a condition has only names, "
                "values, comparisons, and, or, not, in, has, known"
            )
        found.append(_Token(match.lastgroup, match.group(match.lastgroup), match.start()))
        at = match.end()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    def peek(self, *texts: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].text in texts

    def take(self, *texts: str) -> bool:
        if self.peek(*texts):
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise ExpressionError(f"'{text}' is missing {self.where()}")

    def where(self) -> str:
        if self.at >= len(self.tokens):
            return "at the end"
        return f"before '{self.tokens[self.at].text}'"

    def word(self) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at].kind != "name":
            raise ExpressionError(f"a name is missing {self.where()}")
        token = self.tokens[self.at]
        if token.text in KEYWORDS:
            raise ExpressionError(f"'{token.text}' cannot be used as a name")
        self.at += 1
        return token.text

    def any(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(f"the condition is nested more than {DEEPEST} deep")
        parts = [self.all()]
        while self.take("or"):
            parts.append(self.all())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def all(self) -> Node:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def negation(self) -> Node:
        negated = False
        while self.take("not"):
            negated = not negated
        inner = self.comparison()
        return Not(inner) if negated else inner

    def comparison(self) -> Node:
        if self.take("has"):
            return Has(self.word())
        if self.take("known"):
            return Known(self.word())
        if self.take("("):
            inner = self.any()
            self.expect(")")
            return inner
        left = self.sum()
        for op in ("==", "!=", "<=", ">=", "<", ">"):
            if self.take(op):
                return Compare(op, left, self.sum())
        negated = self.peek("not")
        if negated:
            self.at += 1
            self.expect("in")
        if negated or self.take("in"):
            return In(left, self.literals(), negated)
        return left

    def literals(self) -> tuple[Literal, ...]:
        self.expect("[")
        values = [self.literal()]
        while self.take(","):
            values.append(self.literal())
        self.expect("]")
        return tuple(values)

    def literal(self) -> Literal:
        operand = self.operand()
        if isinstance(operand, Name):
            raise ExpressionError(f"'{operand.name}' is a fact; a list may hold only values")
        return operand

    def sum(self) -> Node:
        parts: list[Node] = [self.operand()]
        while self.take("+"):
            parts.append(self.operand())
        return parts[0] if len(parts) == 1 else Sum(tuple(parts))

    def operand(self) -> Name | Literal:
        if self.at >= len(self.tokens):
            raise ExpressionError("the condition ends too early")
        token = self.tokens[self.at]
        if token.kind == "int":
            self.at += 1
            return Literal(int(token.text))
        if token.kind == "date":
            self.at += 1
            return Literal(_date(token.text))
        if token.text in ("true", "false"):
            self.at += 1
            return Literal(token.text == "true")
        word = self.word()
        return Name(word) if "." in word else Literal(word)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ExpressionError(f"{text} is not a day of the calendar") from None


def parse(text: str) -> Node:
    """Read a condition. Raises ExpressionError with a sentence."""
    parser = _Parser(text)
    node = parser.any()
    if parser.at < len(parser.tokens):
        raise ExpressionError(f"nothing may follow {parser.where()}")
    return node


def names_in(node: Node) -> frozenset[str]:
    """Every fact the expression reads."""
    match node:
        case Name(name) | Known(name):
            return frozenset({name})
        case Compare(_, left, right):
            return names_in(left) | names_in(right)
        case In(left, _, _):
            return names_in(left)
        case Not(inner):
            return names_in(inner)
        case All(parts) | Any(parts) | Sum(parts):
            return frozenset().union(*(names_in(part) for part in parts))
        case _:
            return frozenset()
