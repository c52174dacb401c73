"""The audit of packages: what it says of a source that knows, that does not, and that is away."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tools import audit

WEAK_YAML, WEAK_DJANGO = ("pyyaml", "5.3"), ("django", "4.2")


def against(name: str) -> dict[str, Any]:
    """A weakness as OSV tells it."""
    mended = [{"introduced": "0"}, {"fixed": "99"}]
    affected = {
        "package": {"name": name, "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": mended}],
    }
    return {"id": f"TEST-{name}", "summary": "weak", "affected": [affected]}


@contextmanager
def source(knows: set[tuple[str, str]], silent_about: str = "") -> Iterator[str]:
    """A list of weaknesses on this machine that knows these (name, version) pairs."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            pair = asked["package"]["name"], asked["version"]
            answer = {"vulns": [against(pair[0])]} if pair in knows else {}
            self.send_response(500 if pair[0] == silent_about else 200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_words: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@pytest.fixture(autouse=True)
def two_packages(tmp_path, monkeypatch):
    locked = tmp_path / "runtime.txt"
    locked.write_text(
        "django==4.2 \\\n    --hash=sha256:00\npillow==11.0 \\\n    --hash=sha256:00\n"
    )
    monkeypatch.setattr(audit, "LOCKED", locked)


def test_a_source_that_knows_nothing_against_us_is_an_all_clear(capsys):
    with source({WEAK_YAML}) as address:
        assert audit.main(["--source", address]) == 0
    assert capsys.readouterr().out == "2 packages audited, 0 known weaknesses\n"


def test_a_known_weakness_fails_the_audit_and_is_named(capsys):
    with source({WEAK_YAML, WEAK_DJANGO}) as address:
        assert audit.main(["--source", address]) == 1
    assert "django 4.2: TEST-django, mended in 99" in capsys.readouterr().out


def test_a_source_that_cannot_be_reached_is_no_all_clear(capsys):
    with source(set()) as address:
        pass  # it has gone
    assert audit.main(["--source", address]) == 2
    assert "This is no all-clear" in capsys.readouterr().err


def test_a_source_that_knows_nothing_at_all_is_no_all_clear(capsys):
    with source(set()) as address:
        assert audit.main(["--source", address]) == 2
    assert "knows nothing against pyyaml==5.3" in capsys.readouterr().err


def test_one_package_without_an_answer_is_no_all_clear(capsys):
    with source({WEAK_YAML}, silent_about="pillow") as address:
        assert audit.main(["--source", address]) == 2
    assert capsys.readouterr().err.startswith("Not audited: ")
