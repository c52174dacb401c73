"""The language of conditions refuses whatever is not a condition, in one sentence."""

from collections.abc import Mapping

import pytest

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules.evaluation import compile_expression
from metgezel.engines.rules.expression import ExpressionError, names_in, parse
from metgezel.engines.rules.expression_types import Context, typed
from metgezel.engines.rules.undecided import undecided
from metgezel.engines.rules.vocabulary import Type, Value


class Facts:
    """Facts given one by one; the rest is unknown."""

    def __init__(self, values: Mapping[str, Value], kinds: tuple[str, ...] = ()) -> None:
        self.values = values
        self.kinds = kinds

    def value(self, name: str) -> Value | None:
        return self.values.get(name)

    def has(self, kind: str) -> bool:
        return kind in self.kinds


def context(*triggers: str, member: bool = False) -> Context:
    return Context(current_lawbook().vocabulary, triggers, member)


def judged(text: str, kinds: tuple[str, ...] = (), **values: Value) -> Value | None:
    facts = {name.replace("__", "."): value for name, value in values.items()}
    node = typed(parse(text), context("asylum.decision"), Type.BOOL)
    return compile_expression(node)(Facts(facts, kinds))


@pytest.mark.parametrize(
    "hostile",
    [
        "__import__('os').system('true')",
        "open(person.age)",
        "person.age.__class__ == 1",
        "().__class__",
        "[x for x in person.age]",
        "lambda: true",
        "person.age == 1; true",
        "person.age if true else 1",
        "{person.age}",
        "f'{person.age}'",
        "person.age ** 9 == 1",
        "person.age * 2 == 1",
        "person.age - 1 == 1",
        "`id`",
        "person.age := 3",
        "asylum.status == 'none'",
        "person.age == 1 #",
        "person.age == 0x10",
        "person.age == 1e9",
        "person.age == -1",
        "\\u0070erson.age == 1",
        "",
        "   ",
        "and",
        "not",
        "has",
        "known",
        "person.age ==",
        "person.age in",
        "person.age in []",
        "person.age in [1,",
        "(person.age == 1",
        "person.age == 1)",
        "person.age == 1 2",
        "person.age == 2026-02-30",
    ],
)
def test_what_is_no_condition_is_refused_in_one_sentence(hostile: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        typed(parse(hostile), context(), Type.BOOL)
    assert str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "long", ["person.age == 1 or " * 600, "a" * 10_000, "(" * 10_000, "not " * 2_500]
)
def test_ten_thousand_characters_are_refused(long: str) -> None:
    with pytest.raises(ExpressionError, match="longer than"):
        parse(long)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(ExpressionError, match="nested"):
        parse("(" * 60 + "person.age == 1" + ")" * 60)


def test_a_long_row_of_nots_is_read_without_running_out() -> None:
    assert judged("not " * 100 + "person.age == 1", person__age=1) is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("person.agee == 1", "'person.agee' is not in the vocabulary"),
        ("asylum.nothing.x == 1", "is not in the vocabulary"),
        ("has asylum.nothing", "is not an event kind"),
        ("asylum.status == granted", "is not one of: none, refugee, subsidiary"),
        ("asylum.status in [refugee, granted]", "is not one of"),
        ("person.age == refugee", "is not a whole number"),
        ("person.age == true", "is not a whole number"),
        ("asylum.applied == 3", "is not a date"),
        ("asylum.status < refugee", "compares numbers or dates"),
        ("person.age", "true or false is needed"),
        ("not person.age", "true or false is needed"),
        ("person.age + asylum.status == 3", "a whole number is needed"),
        ("person.age == asylum.applied", "cannot be compared"),
        ("3 == person.age", "starts with a fact"),
        ("event.outcome == refugee", "needs a trigger"),
        ("member.age == 3", "needs `each: member`"),
        ("asylum.decision.colour == red", "has no attribute 'colour'"),
        ("person.age in [asylum.applied]", "may hold only values"),
    ],
)
def test_a_wrong_word_is_named(text: str, says: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        typed(parse(text), context(), Type.BOOL)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("person.age < 18 and person.unaccompanied_minor == true", None, None),
        ("asylum.status == none and person.unaccompanied_minor == true", False, None),
        ("asylum.status == refugee or person.unaccompanied_minor == true", True, None),
        ("not (person.unaccompanied_minor == true)", None, None),
        ("known person.unaccompanied_minor", False, False),
        ("not known person.unaccompanied_minor", True, True),
        ("person.nationality in [SYR, ERI]", None, None),
        ("person.nationality not in [SYR, ERI]", None, None),
        ("asylum.status not in [none]", True, None),
        ("asylum.extension_months + 6 > 6", None, None),
        ("has court.judgment", False, False),
    ],
)
def test_what_is_unknown_stays_unknown_unless_it_does_not_matter(
    text: str, known: bool | None, unknown: bool | None
) -> None:
    assert judged(text, asylum__status="refugee") is known
    assert judged(text) is unknown


def test_only_facts_that_can_still_decide_are_asked() -> None:
    text = "person.age < 18 and (asylum.status == none or person.nationality == SYR)"
    node = typed(parse(text), context(), Type.BOOL)
    assert undecided(node, Facts({})) == {"person.age", "asylum.status", "person.nationality"}
    assert undecided(node, Facts({"person.age": 40})) == frozenset()
    assert undecided(node, Facts({"asylum.status": "none"})) == {"person.age"}


def test_and_binds_stronger_than_or() -> None:
    text = "person.age == 1 or person.age == 2 and person.age == 3"
    assert judged(text, person__age=1) is True
    assert judged(text, person__age=2) is False


def test_dates_codes_and_sums_compare() -> None:
    assert judged("person.age + 1 >= 18", person__age=17) is True
    assert judged("person.nationality == XXA", person__nationality="XXA") is True
    assert judged("has asylum.made and person.age == 1", ("asylum.made",), person__age=1) is True


def test_a_condition_tells_which_facts_it_reads() -> None:
    text = "known person.age and not (asylum.status in [none]) or person.age + 1 > 3"
    assert names_in(parse(text)) == {"person.age", "asylum.status"}
