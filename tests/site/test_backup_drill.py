"""The drill: a backup while people write, restored elsewhere, and everything is there.

On the database that the tests run on: a file of its own, or two new databases on the same server.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from metgezel.site.backup.secret import make_key, read_key
from metgezel.site.backup.verifying import verify
from tests.site.backup_scene import PAPER
from tools.make_keys import write_once

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("METGEZEL_DATABASE_URL", "")


@dataclass
class Place:
    """A data folder with its database; everything runs in other processes."""

    folder: Path
    url: str

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", *words]

    @property
    def surroundings(self) -> dict[str, str]:
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("METGEZEL_", "COV_"))}
        own = {"METGEZEL_DATA": str(self.folder), "METGEZEL_TODAY": "2026-11-24"}
        own |= {"DJANGO_SETTINGS_MODULE": "metgezel.site.settings", "PYTHONPATH": str(ROOT)}
        return kept | own | ({"METGEZEL_DATABASE_URL": self.url} if self.url else {})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words), cwd=ROOT, env=self.surroundings,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def metgezel(self, *words: object) -> subprocess.CompletedProcess[str]:
        return self.run("metgezel.site.cli", *map(str, words))

    def scene(self, part: str) -> Any:
        done = self.run("tests.site.backup_scene", part)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout else None


def new_database(name: str) -> str:
    """The address of an empty database beside the tests' own; blank on SQLite."""
    if not SERVER:
        return ""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place with people in it."""
    place = Place(tmp_path_factory.mktemp("source"), new_database("drill_source"))
    write_once(place.folder / "keys.json")
    place.scene("fill")
    return place


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup key, apart from everything else."""
    path = tmp_path_factory.mktemp("elsewhere") / "backup.key"
    make_key(path)
    return path


@pytest.fixture(scope="module")
def backup(source: Place, key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup made between the events that another process records."""
    path = tmp_path_factory.mktemp("backups") / "tuesday"
    with subprocess.Popen(
        source.command("tests.site.backup_scene", "write"), cwd=ROOT, env=source.surroundings,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        assert writer.stdin
        assert writer.stdout
        before = {writer.stdout.readline().strip() for _ in range(3)}
        done = source.metgezel("backup", "--out", path, "--key", key)
        writer.stdin.close()
        after = set(writer.stdout.read().split())
    assert done.returncode == 0, done.stderr
    path.with_suffix(".acknowledged").write_text(json.dumps([sorted(before), sorted(after)]))
    return path


def target(tmp_path: Path) -> tuple[Place, list[object]]:
    """A place to restore in, and what the command needs to know about it."""
    place = Place(tmp_path / "restored", new_database("drill_target"))
    return place, ["--into", place.folder, *(["--database", place.url] if place.url else [])]


def test_what_was_backed_up_under_load_is_whole_elsewhere(source, backup, key, tmp_path):
    place, options = target(tmp_path)
    later = tmp_path / "anchors"
    assert source.metgezel("audit", "anchor", "--out", later).returncode == 0
    done = place.metgezel("restore", backup, "--key", key, "--anchor", later, *options)
    assert done.returncode == 0, done.stderr
    assert "This backup is from before 2026-11-24" in done.stderr
    assert "The journal is whole" in place.metgezel("audit", "verify").stdout
    there, here = place.scene("look"), source.scene("look")
    before, after = map(set, json.loads(backup.with_suffix(".acknowledged").read_text()))
    assert len(after) > 1, "nothing was written while the backup was made"
    assert before <= set(there["events"]) <= set(here["events"])
    assert len(there["events"]) == verify(backup, read_key(key)).manifest.rows["journeys_event"]
    assert there["plans_agree"]
    assert set(there["plans"]) <= set(here["plans"])
    assert (there["page"], there["number"]) == (200, ["1234567890"])
    assert there["papers"] == [PAPER.decode()]
    assert there["notes"] == ["Ünïcode\n\t\\N"]
    assert place.metgezel("migrate").returncode == 0
    assert_nothing_is_overwritten(place, backup, key, options)


def assert_nothing_is_overwritten(place: Place, backup: Path, key: Path, options: list[object]):
    again = place.metgezel("restore", backup, "--key", key, *options)
    assert (again.returncode, len(again.stderr.strip().splitlines())) == (2, 1)
    assert "not an empty folder" in again.stderr
    if place.url:
        other = place.folder.with_name("other")
        again = place.metgezel(
            "restore", backup, "--key", key, "--into", other, "--database", place.url
        )
        assert "has tables already" in again.stderr
        assert not other.exists()


def test_a_backup_of_older_tables_is_restored_and_brought_up_to_date(key, tmp_path):
    old = Place(tmp_path / "old", new_database("drill_old"))
    old.folder.mkdir()
    write_once(old.folder / "keys.json")
    old.scene("older")
    done = old.metgezel("backup", "--out", tmp_path / "backup", "--key", key)
    assert done.returncode == 0, done.stderr
    place, options = target(tmp_path)
    done = place.metgezel("restore", tmp_path / "backup", "--key", key, *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Every paper opens" in place.metgezel("papers", "check").stdout
