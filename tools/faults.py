"""Try every fault of docs/reliability.md and print its table: `python -m tools.faults`.

Everything happens in a temporary folder and on a PostgreSQL server of its own. Exit code 1 when a
try did not come out as expected. `--quick` tries less of each.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.faults import drills
from tests.faults.figures import Figure
from tests.faults.installation import Installation
from tests.services.postgresql import running_postgresql

HEAD = "| fault | on | tried | not as expected | what was seen |\n|---|---|---|---|---|"
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
Fault = Callable[[], list[Figure]]


@dataclass
class Postgres:
    """A server that can be stopped and started again as it was."""

    url: str

    @property
    def folder(self) -> Path:
        return Path(urlsplit(self.url).query.removeprefix("host="))

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        with psycopg.connect(self.url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}".encode())
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def stop(self) -> None:
        """Break off every connection and stop."""
        self._again = shlex.split((self.folder / "data/postmaster.opts").read_text())
        self._as_owner("pg_ctl", "stop", "--mode=fast", "--silent", "--wait")

    def start(self) -> None:
        """Start with the same options; returns when it answers."""
        options = shlex.join(self._again[1:])
        log = f"--log={self.folder / 'log'}"
        self._as_owner("pg_ctl", "start", log, "--silent", "--wait", f"--options={options}")

    def _as_owner(self, program: str, *words: str) -> None:
        owner = (self.folder / "data").stat()
        root = os.getuid() == 0
        subprocess.run(
            [Path(self._again[0]).with_name(program), *words, f"--pgdata={self.folder / 'data'}"],
            check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            user=owner.st_uid if root else None, group=owner.st_gid if root else None,
            extra_groups=[] if root else None,
        )  # fmt: skip


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server for this run; it syncs nothing, which a killed web server does not notice."""
    with running_postgresql() as url:
        yield Postgres(url)


def main(arguments: list[str]) -> int:
    """Try all, print the table; 1 when something did not come out as expected."""
    parser = argparse.ArgumentParser(prog="python -m tools.faults")
    parser.add_argument("--quick", action="store_true", help="fewer tries of each")
    parser.add_argument("--only", default="", help="only faults with this word in their name")
    options = parser.parse_args(arguments)
    rows, wrong = [], 0
    with tempfile.TemporaryDirectory() as folder, postgres() as server:
        for name, where, fault in faults(Path(folder), server, 1 if options.quick else 4):
            if options.only not in name:
                continue
            print(f"{where}: {name}", file=sys.stderr, flush=True)
            for figure in fault():
                rows.append(figure.row(where))
                wrong += len(figure.wrong)
                for words in figure.wrong[:10]:
                    print(f"    NOT AS EXPECTED: {words[:400]}", file=sys.stderr, flush=True)
    print(HEAD, *rows, sep="\n")
    print(f"\n{wrong} tries did not come out as expected" if wrong else "\nAll as expected")
    return 1 if wrong else 0


def faults(folder: Path, server: Postgres, times: int) -> Iterator[tuple[str, str, Fault]]:
    """Name, database and what to run; each has an installation of its own."""
    for where in (SQLITE, POSTGRESQL):
        yield from _on_both(where, folder, server if where == POSTGRESQL else None, times)
    new = _installations(folder / "one", None)
    yield "disk", SQLITE, lambda: [drills.disk_full(new())]
    yield "backup", SQLITE, lambda: [drills.old_backup(new(), folder / "backup")]
    on_server = _installations(folder / "away", server)
    yield "away", POSTGRESQL, lambda: [drills.database_gone(on_server(), server.stop, server.start)]


def _on_both(
    where: str, folder: Path, server: Postgres | None, times: int
) -> Iterator[tuple[str, str, Fault]]:
    new = _installations(folder / where, server)
    yield "in one process", where, lambda: _inside(new(), times)
    yield "killed", where, lambda: [drills.killed_while_saving(new(), 100 * times)]
    yield "wrong key", where, lambda: [drills.wrong_key(new(), folder / f"{where}-other")]


def _installations(folder: Path, server: Postgres | None) -> Callable[[], Installation]:
    """Makes a new, empty installation at each call."""
    made: list[Installation] = []

    def new() -> Installation:
        name = f"{folder.name.lower()}_{len(made)}"
        made.append(Installation(folder / name, server.database(name) if server else ""))
        return made[-1]

    return new


def _inside(place: Installation, times: int) -> list[Figure]:
    return [Figure(**one) for one in place.inside("faults", times)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
