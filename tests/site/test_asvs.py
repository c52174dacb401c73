"""The table of docs/asvs.md: whole, in order, and every test that it names exists."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+)\.(\d+)\.(\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+) \|$", re.M)
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
#: How many items of level 1 and 2 each chapter of the standard has.
ITEMS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13,
         14: 9, 15: 13, 16: 16, 17: 7}  # fmt: skip
ANSWERS = {"test", "made", "operator", "partly", "missing", "does not apply"}


@cache
def functions_of(path: str) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_item_of_levels_one_and_two_is_answered_once_and_in_order():
    numbers = [tuple(map(int, row.group(1, 2, 3))) for row in ROW.finditer(TABLE)]
    assert numbers == sorted(set(numbers))
    assert Counter(chapter for chapter, _, _ in numbers) == ITEMS


def test_every_test_that_is_named_exists_and_who_says_test_names_one():
    for row in ROW.finditer(TABLE):
        number, answer, where = ".".join(row.group(1, 2, 3)), row[6], row[7]
        assert answer in ANSWERS, number
        assert answer != "test" or TEST.search(where), number
        for path, name in TEST.findall(where):
            assert name in functions_of(path), f"{number} names {path}::{name}"


def test_the_totals_above_the_table_are_those_of_the_table():
    counted = Counter(row[6] for row in ROW.finditer(TABLE))
    said = {words: int(number) for number, words in re.findall(r"(\d+) ([a-z ]+)[,.]", _totals())}
    assert said == counted


def _totals() -> str:
    return next(line for line in TABLE.splitlines() if line.startswith("Of 253: "))[8:]
