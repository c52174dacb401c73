"""Packs may come from anyone: each mistake is named by file and line, and nothing runs."""

import pytest

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.engines.rules import LawErrors, read_lawbook
from metgezel.engines.rules.lawcheck import check_lawbook
from metgezel.engines.rules.lawdiff import differences
from metgezel.engines.rules.strict_yaml import PackError, read_yaml
from tests.engines.rules.small_law import RULE, changed, files

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "line 1: anchors (&name) are not allowed"),
        ("a: *b", "references (*name) are not allowed"),
        ("a: !!python/object/apply:os.system ['true']", "tags (!name) are not allowed"),
        ("a: !!python/name:os.system", "tags (!name) are not allowed"),
        ("a: !!timestamp x", "tags (!name) are not allowed"),
        ("a: !own x", "tags (!name) are not allowed"),
        ("a: 1\nb: 2\na: 3", "line 3: 'a' stands here twice"),
        ("? [a, b]\n: c", "only a plain name"),
        ("<<: {a: b}", "only a plain name"),
        ("a: [", "line 1"),
        ("a: b\n c: d", "line 2"),
        ("a: \x00", "not readable"),
        ("a: 2026-02-30", "line 1: 2026-02-30 is not a day"),
        ("a: 2026-02-03T00:00:00", "is not a day"),
        ("[" * 5_000, "nested more than 20 deep"),
        ("a: b\n---\na: c", "another document"),
        ("#" * 2_000_000, "larger than 1,000,000"),
    ],
)
def test_hostile_yaml_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(PackError) as refused:
        read_yaml("pack.yaml", text)
    assert str(refused.value).startswith("pack.yaml")
    assert says in str(refused.value)


def test_on_yes_and_no_are_words_here() -> None:
    assert read_yaml("p", "on: [yes, no, off]")["on"] == ["yes", "no", "off"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("loss: 5", "loss: 6", "loss: a whole number from 0 to 5"),
        ("loss: 5", "los: 5", "unknown field los"),
        ("track: asylum", "track: sport", "track: 'sport' is not one of"),
        ("id: appeal", "id: Appeal!", "id: small letters"),
        ("confidence: V1", "confidence: sure", "confidence: 'sure'"),
        ("confidence: V1", "confidence: GK", "confidence_note"),
        ("confidence: V1", "confidence: V1\n    rights: [luck]", "rights: 'luck'"),
        ("confidence: V1", "confidence: V1\n    amounts: [[a]]", "amounts: '['a']'"),
        ("confidence: V1", "confidence: V1\n    sources: [{law: a, url: 'http://a'}]", "url"),
        ("confidence: V1", "confidence: V1\n    valid: {from: 2026-02-02, until: 2026-01-01}",
         "until: lies before from"),
        ("on: asylum.decision", "on: asylum.guess", "on: 'asylum.guess'"),
        ("on: asylum.decision", "on: {a: b}", "on: '{'a': 'b'"),
        ("term: {weeks: 2}", "term: {weeks: 2, days: 1}", "exactly one of"),
        ("term: {weeks: 2}", "term: {weeks: soon}", "weeks: this gives a word"),
        ("term: {weeks: 2}", "term: {weeks: 2, anchor: [a]}", "anchor"),
        ("term: {weeks: 2}", "term: [{weeks: 2}, {weeks: 3}]", "only the last case"),
        ("when: event.outcome == unfounded", "when: __import__('os')", "when: "),
        ("when: event.outcome == unfounded", "when: event.outcome == no", "when: 'no'"),
        ("done_by: [court.appeal_filed]", "done_by: [{kind: court.judgment, with: {outcome: [x]}}]",
         "has no outcome"),
        ("done_by: [court.appeal_filed]", "done_by: [{kind: court.judgment, with: 5}]", "fields"),
        ("title: {nl: Beroep, en: Appeal}", "title: {nl: Beroep}", "exactly the texts nl and en"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule_names_file_rule_and_field(old: str, new: str, says: str) -> None:
    with pytest.raises(LawErrors) as refused:
        read_lawbook(files(changed(old, new)))
    [problem] = refused.value.problems
    assert problem.startswith("small.yaml")
    assert says in problem
    assert "\n" not in problem


def test_a_broken_rule_does_not_hide_the_next_one() -> None:
    other = RULE.replace("pack: small", "pack: other").replace("loss: 5", "loss: 9")
    with pytest.raises(LawErrors) as refused:
        read_lawbook(files(changed("loss: 5", "loss: 7"), other=other))
    assert [problem.split(",")[0] for problem in refused.value.problems] == [
        "other.yaml",
        "small.yaml",
    ]


def problems_of(pack: str, **more: str) -> tuple[str, ...]:
    return check_lawbook(read_lawbook(files(pack, **more))).problems


def test_the_small_rule_itself_is_right() -> None:
    assert problems_of(RULE) == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("due: 2026-12-28", "due: 2026-12-25", "due is 2026-12-28, expected 2026-12-25"),
        ("expect: {due: 2026-12-28}", "expect: not_shown", "expected not_shown"),
        ("expect: {due: 2026-12-28}", "expect: 5", "dates are needed"),
        ("expect: {due: 2026-12-28}", "expects: shown", "expect: is missing"),
        ("on: 2026-12-11, outcome: unfounded", "on: 2026-12-11, outcome: no", "outcome: 'no'"),
        ("when: event.outcome == unfounded",
         "when: event.outcome == unfounded and event.outcome == refugee", "can never hold"),
        ("when: event.outcome == unfounded",
         "when: event.outcome == unfounded and person.age < 18 and person.age > 17",
         "can never hold"),
        ("term: {weeks: 2}", "term: {years: 9999}", "further than this program counts"),
    ],
)  # fmt: skip
def test_the_check_finds_what_is_wrong_in_meaning(old: str, new: str, says: str) -> None:
    assert any(says in problem for problem in problems_of(changed(old, new)))


def test_the_check_finds_two_versions_valid_on_the_same_day() -> None:
    other = RULE.replace("pack: small", "pack: other")
    assert any("overlaps another version" in p for p in problems_of(RULE, other=other))
    first = changed("loss: 5", "loss: 5\n    valid: {until: 2026-06-11}")
    second = other.replace("loss: 5", "loss: 5\n    valid: {from: 2026-06-12}")
    found = problems_of(first, other=second)
    assert not any("overlaps" in problem for problem in found)


def test_the_check_finds_two_candidates_that_can_hold_together() -> None:
    first = changed("loss: 5", "loss: 5\n    candidates: appeal")
    other = first.replace("pack: small", "pack: other").replace("id: appeal", "id: other")
    assert any("answers the same question" in p for p in problems_of(first, other=other))


def test_the_law_of_the_netherlands_is_without_problems() -> None:
    report = check_lawbook(current_lawbook())
    assert report.problems == ()
    assert report.rules == 132


def test_no_difference_is_found_between_a_law_and_itself() -> None:
    assert list(differences(read_lawbook(files()), read_lawbook(files()))) == []


def test_differences_are_said_in_words() -> None:
    old = read_lawbook(files())
    term = read_lawbook(files(changed("weeks: 2", "weeks: 3")))
    assert list(differences(old, term)) == [
        "appeal: term: was 2 weeks (atw); becomes 3 weeks (atw)"
    ]
    renamed = read_lawbook(files(changed("id: appeal", "id: new")))
    assert list(differences(old, renamed)) == ["appeal: removed", "new: added: Appeal"]
    calendar = read_lawbook(files(calendar="days: []"))
    assert "2026-05-15: no longer equated with a holiday by decree" in differences(old, calendar)


def test_another_text_is_another_version() -> None:
    assert read_lawbook(files()).version == read_lawbook(files()).version
    assert read_lawbook(files()).version != read_lawbook(files(RULE + "# note\n")).version
