"""`metgezel plan` and `metgezel law`: the rules engine at the command line, no database."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from metgezel.companion.journeys.lawbook import DEFAULT_LAW, read_law_directory
from metgezel.engines.rules import (
    CaseErrors,
    LawBook,
    LawErrors,
    check_case,
    plan,
    read_case,
    render_plan,
)
from metgezel.engines.rules.counting import DayOutOfRange
from metgezel.engines.rules.law import Rule
from metgezel.engines.rules.lawcheck import check_lawbook
from metgezel.engines.rules.lawdiff import differences

from .law_words import plan_in_words, rule_in_words

LARGEST_CASE = 2_000_000
Run = Callable[[argparse.Namespace], int]


class Refused(Exception):
    """Input that cannot be used; a sentence per problem."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `plan CASE.json` and `law list | show | check | diff`."""
    planning = commands.add_parser("plan", help="compute the plan of one case")
    planning.add_argument("case", type=Path)
    planning.add_argument("--format", choices=("json", "text"), default="json")
    _common(planning, _plan)
    law = commands.add_parser("law", help="list, show, check and compare rules")
    verbs = law.add_subparsers(required=True)
    _common(verbs.add_parser("list", help="rules in force on a day"), _list)
    showing = verbs.add_parser("show", help="one rule: text, validity, sources, examples")
    showing.add_argument("rule")
    _common(showing, _show)
    checking = verbs.add_parser("check", help="schema, vocabulary, overlaps, examples")
    checking.add_argument("directory", type=Path, nargs="?", default=DEFAULT_LAW)
    checking.set_defaults(run=_answering(_check))
    comparing = verbs.add_parser("diff", help="what changed between two directories")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.set_defaults(run=_answering(_diff))


def _common(parser: argparse.ArgumentParser, run: Run) -> None:
    parser.add_argument("--on", help="the day to look from, as 2026-06-12 (default: today)")
    parser.add_argument("--law", type=Path, default=DEFAULT_LAW, help="directory of law packs")
    parser.add_argument("--lang", default="nl")
    parser.set_defaults(run=_answering(run))


def _answering(run: Run) -> Run:
    """Turn refused input into sentences on stderr and exit code 2."""

    def answer(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except (Refused, CaseErrors, LawErrors) as refused:
            problems = list(refused.problems)
        except DayOutOfRange as far:
            problems = [str(far)]
        for problem in problems:
            print(problem, file=sys.stderr)
        return 2

    return answer


def _day(text: str | None, option: str) -> date:
    if text is None:
        return date.today()  # noqa: DTZ011 - the user's own day is meant
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:
            raise ValueError
        return day
    except ValueError:
        raise Refused(f"{option}: '{text}' is not a day; write it as 2026-06-12") from None


def _read_json(path: Path) -> object:
    try:
        if path.stat().st_size > LARGEST_CASE:
            raise Refused(
                f"{path}: the file is larger than {LARGEST_CASE // 1_000_000} MB, which no case "
                "needs; nothing was stored"
            )
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except OSError as problem:
        raise Refused(f"{path}: cannot be read ({problem.strerror})") from None
    except json.JSONDecodeError as problem:
        raise Refused(f"{path}, line {problem.lineno}: not JSON ({problem.msg})") from None
    except (UnicodeDecodeError, RecursionError, ValueError) as problem:
        raise Refused(f"{path}: not readable as JSON in UTF-8 ({problem})") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose names stand there once; JSON itself would keep the last in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{twice}' stands twice in one object")
    return found


def _plan(options: argparse.Namespace) -> int:
    on = _day(options.on, "--on")
    lawbook = read_law_directory(options.law)
    case = read_case(_read_json(options.case), lawbook.vocabulary)
    wrong = check_case(case, lawbook.vocabulary, on)
    if wrong:
        lang = "nl" if options.lang == "nl" else "en"
        raise Refused(*(f"{item.where}.on: {item.message[lang]}" for item in wrong))
    found = render_plan(plan(case, lawbook, on), lawbook, options.lang)
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print(plan_in_words(found))
    return 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _in_force(lawbook: LawBook, on: date) -> list[Rule]:
    """Rules that hold on a day; those that follow the application run on for old cases."""
    return sorted(
        (rule for rule in lawbook.rules if rule.validity.holds(on)), key=lambda rule: rule.id
    )


def _list(options: argparse.Namespace) -> int:
    on = _day(options.on, "--on")
    lang = "en" if options.lang == "en" else "nl"
    rules = _in_force(read_law_directory(options.law), on)
    for rule in rules:
        print(f"{rule.id:32} {rule.track:12} {rule.confidence:9} {rule.title[lang]}")
    print(f"{len(rules)} rules in force on {on}")
    return 0


def _show(options: argparse.Namespace) -> int:
    lawbook = read_law_directory(options.law)
    versions = lawbook.versions_of(options.rule)
    if not versions:
        raise Refused(f"'{options.rule}' is not a rule; `metgezel law list` names them all")
    for rule in versions:
        _print(rule_in_words(rule, "en" if options.lang == "en" else "nl"))
    return 0


def _check(options: argparse.Namespace) -> int:
    try:
        report = check_lawbook(read_law_directory(options.directory))
        rules, examples, problems = report.rules, report.examples, report.problems
    except LawErrors as errors:
        rules, examples, problems = 0, 0, tuple(errors.problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{rules} rules, {examples} examples, {len(problems)} problems")
    return 2 if problems else 0


def _diff(options: argparse.Namespace) -> int:
    found = list(differences(read_law_directory(options.old), read_law_directory(options.new)))
    _print(found or ["No differences."])
    return 0
