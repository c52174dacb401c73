"""The first command, as somebody meets it who has nothing but a copy of this folder."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = (".git", ".venv", ".bootstrap", "data", "node_modules", "*cache*", "*.mo", "*.pyc")
PATIENCE = 240  # seconds; generous, because the first start downloads


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh copy on a path with a space."""
    target = tmp_path_factory.mktemp("stranger") / "my metgezel"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return target


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a new account: an empty home, nothing of ours."""
    ours = ("METGEZEL_", "DJANGO_", "PYTEST_", "VIRTUAL_ENV", "UV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "HOME": str(tmp_path_factory.mktemp("home"))}


@pytest.fixture
def port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def starting(
    copy: Path, environment: dict[str, str], *options: str
) -> Iterator[subprocess.Popen[str]]:
    """./run in a process group of its own, as a terminal would; nothing of it stays behind."""
    with subprocess.Popen(
        [copy / "run", *options],
        cwd="/",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def lines_until_it_runs(process: subprocess.Popen[str]) -> Iterator[str]:
    """What it prints, up to and including the address."""
    assert process.stdout is not None
    give_up = time.monotonic() + PATIENCE
    for line in process.stdout:
        yield line
        if "Metgezel runs on" in line or time.monotonic() > give_up:
            return


def ctrl_c(process: subprocess.Popen[str]) -> int:
    """Press Ctrl-C, as a terminal does: at the whole group. The exit status."""
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=20)
    return process.returncode


def serves_a_page(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        return answer.status == 200 and b"Metgezel" in answer.read()


def test_a_stranger_starts_metgezel_and_starts_it_again_without_a_network(copy, stranger, port):
    with starting(copy, stranger, "--port", str(port), "--people", "20") as first:
        said = "".join(lines_until_it_runs(first))
        assert f"http://127.0.0.1:{port}" in said, said
        assert re.search(r"\S+@\S+", said), "it tells which log-ins there are"
        assert serves_a_page(port)
        assert ctrl_c(first) in {0, 130, -signal.SIGINT}

    offline = {**stranger, "UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}
    with starting(copy, offline, "--port", str(port)) as second:
        said = "".join(lines_until_it_runs(second))
        assert f"http://127.0.0.1:{port}" in said, said
        assert serves_a_page(port)


def test_the_keys_are_for_their_owner_only(copy):
    assert (copy / "data/keys.json").stat().st_mode & 0o777 == 0o600


def test_a_port_in_use_gets_one_sentence_that_says_what_to_do(copy, stranger, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with starting(copy, stranger, "--port", str(port)) as process:
            said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert f"Port {port} is already in use" in said.splitlines()[-1]
    assert "--port" in said.splitlines()[-1]


@pytest.mark.parametrize(
    "options", [["--port", "much"], ["--port", "70000"], ["--people", "0"], ["--port"], ["--what"]]
)
def test_a_wrong_option_gets_one_sentence(copy, stranger, options):
    with starting(copy, stranger, *options) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert options[0] in said
    assert len(said.splitlines()) == 1


def refused(copy: Path, environment: dict[str, str], *options: str) -> str:
    """The last line of a ./run that stopped by itself before it served anything."""
    with starting(copy, environment, *options) as process:
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said.splitlines()[-1]


def test_lost_keys_are_never_replaced_in_silence(copy, stranger, port):
    keys = copy / "data/keys.json"
    kept = keys.rename(keys.with_name("elsewhere"))
    try:
        said = refused(copy, stranger, "--port", str(port))
        assert not keys.exists()
    finally:
        kept.rename(keys)
    assert "keys is missing" in said
    assert "put your copy back" in said


def test_a_data_folder_that_cannot_be_written_is_named(copy, stranger, port, tmp_path):
    in_the_way = tmp_path / "data"
    in_the_way.write_text("not a folder")
    environment = {**stranger, "METGEZEL_DATA": str(in_the_way)}
    said = refused(copy, environment, "--port", str(port))
    assert f"Nothing can be written in the data folder {in_the_way}" in said


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("mysql://somewhere/metgezel", "starts with postgresql:// or sqlite:///"),
        ("postgresql://host:door/metgezel", "METGEZEL_DATABASE_URL"),
        ("postgresql://me@127.0.0.1:1/metgezel", "The database cannot be used"),
    ],
)
def test_a_wrong_database_address_gets_one_sentence(copy, stranger, port, tmp_path, address, why):
    environment = {**stranger, "METGEZEL_DATA": str(tmp_path)}
    assert why in refused(copy, environment, "--port", str(port), "--database", address)
    assert not (tmp_path / "keys.json").exists()


def test_a_database_of_a_newer_metgezel_is_left_alone(copy, stranger, port):
    with sqlite3.connect(copy / "data/metgezel.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES"
            " ('journeys', '0999_from_the_future', '2030-01-01')"
        )
    database.close()
    assert "newer Metgezel" in refused(copy, stranger, "--port", str(port))
