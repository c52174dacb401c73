"""Read a law directory's texts into a law book; every error names file, line and field."""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from .days import Calendar
from .law import Amount, LawBook, Right, Rule
from .rule_reader import RuleReader
from .strict_yaml import Fields, PackError, read_yaml
from .tables_reader import (
    AMOUNTS_FILE,
    CALENDAR_FILE,
    RIGHTS_FILE,
    read_amounts,
    read_calendar,
    read_rights,
)
from .vocabulary import Vocabulary
from .vocabulary_reader import FILE as VOCABULARY_FILE
from .vocabulary_reader import read_vocabulary

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
    rules = RuleReader(vocabulary, frozenset(amounts), frozenset(rights))
    reader = _PackReader(rules, problems)
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

    def __init__(self, reader: RuleReader, problems: list[str]) -> None:
        self.reader = reader
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
                self.rules.append(self.reader.read(content, name, pack))
            except PackError as problem:
                self.problems.append(str(problem))
        fields.finish()
