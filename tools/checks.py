"""Run every check of the project and count them; `python -m tools.checks [--fast]`.

A check that cannot run has failed: nothing is left out in silence. The last line counts
all of it together, tests and other checks alike.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.services.postgresql import running_postgresql
from tools.compile_translations import PACKAGE, compile_stale

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"
NOT_UNIT = ("--ignore=tests/browser", "--ignore=tests/start")
# Tests that start programs and kill or restore them; as long as a quarter of all others together.
DRILLS = (
    "--ignore=tests/companion/journeys/test_killed_while_saving.py",
    "--ignore=tests/site/test_backup_drill.py",
)


@dataclass
class Tally:
    """What passed, and what did not, by name."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)

    def add(self, name: str, passed: int, failed: int) -> None:
        """Count a part; a part that ran nothing at all has failed."""
        self.passed += passed
        self.failed += [name] * (failed or (0 if passed else 1))


@dataclass(frozen=True)
class Part:
    """One announced part of the run; `run` returns (passed, failed)."""

    name: str
    run: Callable[[], tuple[int, int]]


def command(*words: str) -> Callable[[], tuple[int, int]]:
    """A check that is one command: silent when it passes, shown in full when not."""

    def run() -> tuple[int, int]:
        done = subprocess.run(
            [BIN / words[0], *words[1:]],
            cwd=ROOT,
            env=_environment({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout, flush=True)
        return (0, 1) if done.returncode else (1, 0)

    return run


def tests(*words: str) -> Callable[[], tuple[int, int]]:
    """A run of pytest; a skipped test counts as failed, for it hides a missing part."""
    return lambda: _pytest(words, {})


def tests_on_both(*words: str) -> tuple[int, int]:
    """The same tests on SQLite and on a PostgreSQL server of our own, at the same time.

    What the second one says is shown when it is done, so that the two do not mix.
    """
    with (
        running_postgresql() as url,
        tempfile.TemporaryFile("w+") as said,
        ThreadPoolExecutor() as pool,
    ):
        second = pool.submit(_pytest, words, {"METGEZEL_DATABASE_URL": url}, said)
        print("    on SQLite:", flush=True)
        passed, failed = _pytest(words, {})
        print("    on PostgreSQL:", flush=True)
        more, wrong = second.result()
        said.seek(0)
        print(said.read(), flush=True)
    return passed + more, failed + wrong


def _pytest(
    words: tuple[str, ...], variables: Mapping[str, str], said: IO[str] | None = None
) -> tuple[int, int]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [BIN / "python", "-m", "pytest", "-q", f"--junit-xml={report}", *words],
            cwd=ROOT,
            env=_environment(variables),
            stdout=said,
            check=False,
        )
        if not report.exists():
            return 0, 1
        passed, failed = _counts(report)
    return passed, failed or (1 if done.returncode else 0)


def _counts(report: Path) -> tuple[int, int]:
    """Passed and not passed in pytest's own report (which we wrote ourselves just now)."""
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
    if suite is None:
        return 0, 1
    total = int(suite.get("tests", 0))
    failed = sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
    return max(0, total - failed), failed


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """This process's environment on the tests' settings; nothing of an installation's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("METGEZEL_")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "metgezel.site.settings_test", **variables}


STATIC = [
    Part("Style", command("ruff", "check")),
    Part("Layout of the code", command("ruff", "format", "--check")),
    Part("Types", command("mypy")),
    Part("Walls between the rooms", command("lint-imports")),
    Part("Templates", command("djlint", "metgezel", "--lint", "--quiet")),
    Part("Law packs", command("metgezel", "law", "check")),
    Part("Migrations", command("metgezel", "django", "makemigrations", "--check", "--dry-run")),
    Part("List of what Metgezel is made of", command("python", "-m", "tools.sbom")),
]
FAST = [
    *STATIC,
    Part("Tests on SQLite, without the drills", tests("tests", *NOT_UNIT, *DRILLS)),
]
FULL = [
    *STATIC,
    Part("Tests on SQLite and PostgreSQL", lambda: tests_on_both("tests", *NOT_UNIT)),
    Part("Tests in a browser", tests("tests/browser")),
    Part("A start as a stranger", tests("tests/start")),
]


@contextmanager
def announced(number: int, total: int, name: str) -> Iterator[None]:
    """Say what runs now and how long it took."""
    print(f"{number}/{total} {name}", flush=True)
    started = time.monotonic()
    yield
    print(f"    done in {time.monotonic() - started:.1f} s", flush=True)


def run_all(parts: list[Part]) -> Tally:
    """Run every part, whatever the ones before it said."""
    tally = Tally()
    for number, part in enumerate(parts, 1):
        with announced(number, len(parts), part.name):
            try:
                tally.add(part.name, *part.run())
            except (OSError, RuntimeError) as problem:
                print(f"{part.name} could not run: {problem}", flush=True)
                tally.add(part.name, 0, 1)
    return tally


def main() -> int:
    """Run what was asked for; 0 when everything passed."""
    compile_stale(PACKAGE)
    tally = run_all(FAST if "--fast" in sys.argv[1:] else FULL)
    for name in dict.fromkeys(tally.failed):
        print(f"Not passed: {name} ({tally.failed.count(name)})")
    print(f"{tally.passed} passed, {len(tally.failed)} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
