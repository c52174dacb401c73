"""The law packs on disk; knows no Django, so that the command line can read law without it."""

import os
from functools import cache
from pathlib import Path

from metgezel.engines.rules import LawBook, LawErrors, read_lawbook

DEFAULT_LAW = Path(os.environ.get("METGEZEL_LAW") or Path(__file__).resolve().parents[3] / "law/nl")
LARGEST_FILE = 1_000_000


def read_law_directory(directory: Path) -> LawBook:
    """Read every .yaml file of a directory. Raises LawErrors with a sentence per problem."""
    if not directory.is_dir():
        raise LawErrors([f"{directory}: is not a directory with law packs"])
    texts, problems = {}, []
    for path in sorted(directory.glob("*.yaml")):
        try:
            if path.stat().st_size > LARGEST_FILE:
                problems.append(f"{path.name}: the file is larger than {LARGEST_FILE:,} bytes")
                continue
            texts[path.name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            problems.append(f"{path.name}: is not a text in UTF-8")
        except OSError as problem:
            problems.append(f"{path.name}: cannot be read ({problem.strerror})")
    if problems:
        raise LawErrors(problems)
    return read_lawbook(texts)


@cache
def current_lawbook() -> LawBook:
    """The law this installation works with; read once per process."""
    return read_law_directory(DEFAULT_LAW)
