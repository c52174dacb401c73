"""An installation that can be started, filled, killed and looked at, as ./run would start it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.make_keys import write_once

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@dataclass
class Installation:
    """A data folder with keys; a database of its own, or the file in the folder."""

    folder: Path
    url: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_once(self.folder / "keys.json")

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("METGEZEL_", "COV_"))}
        own = {
            "METGEZEL_DATA": str(self.folder), "METGEZEL_TODAY": "2026-11-24",
            "METGEZEL_DEMO": "1", "DJANGO_SETTINGS_MODULE": "metgezel.site.settings",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        address = {"METGEZEL_DATABASE_URL": self.url} if self.url else {}
        return {**kept, **own, **address, **self.more}

    def run(self, *words: object) -> "subprocess.CompletedProcess[str]":
        """Run a module of ours to its end."""
        return subprocess.run(
            [sys.executable, "-m", *map(str, words)], cwd=ROOT, env=self.surroundings,
            capture_output=True, text=True, timeout=3600, check=False,
        )  # fmt: skip

    def inside(self, *words: object) -> Any:
        """What a part of tests.faults.inside answers."""
        done = self.run("tests.faults.inside", *words)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout)

    @contextmanager
    def serving(self) -> Iterator["Server"]:
        """The web server of ./run on a free port; nothing of it stays behind."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        # In a file: a pipe that nobody reads fills up, and a server that cannot log stands still.
        log = self.folder.with_name(f"{self.folder.name}-{port}.log")
        with log.open("w") as said, subprocess.Popen(
            [sys.executable, "tools/serve.py", str(port)], cwd=ROOT, env=self.surroundings,
            stdout=said, stderr=said, start_new_session=True,
        ) as process:  # fmt: skip
            server = Server(process, port, log)
            try:
                server.wait_until_it_answers()
                yield server
            finally:
                server.kill()


@dataclass
class Server:
    """A started web server: a process group of its own."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def wait_until_it_answers(self) -> None:
        """RuntimeError with its last words when it does not."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if self.process.poll() is not None:
                raise RuntimeError(self.log.read_text()[-1000:])
            with suppress(OSError, http.client.HTTPException):
                asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                asked.request("GET", "/account/login/")
                asked.getresponse().read()
                return
            time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """SIGKILL to all of it: no process gets to finish anything."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()
