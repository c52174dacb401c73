"""The scanner is asked as it expects, and without an answer nothing is taken for clean."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from metgezel.companion.papers.scanning import ScannerUnreachable, is_infected

EICAR = b"harmless but known"


@contextmanager
def scanner(answer: bytes | None = None, path: str = "") -> Iterator[str]:
    """A stand-in for clamd on this machine: for one client; finds EICAR unless told otherwise."""
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as server:
        server.bind(path or ("127.0.0.1", 0))
        server.listen()

        def serve() -> None:
            client, _ = server.accept()
            with client, client.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(said.read(4), "big"):
                    content += said.read(size)
                found = b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"
                client.sendall(found if answer is None else answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"unix:{path}" if path else f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(10)


def test_a_clean_paper_passes_and_a_known_danger_does_not():
    with scanner() as address:
        assert not is_infected(b"x" * 200_000, address)
    with scanner() as address:
        assert is_infected(b"x" * 200_000 + EICAR, address)


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK, I think\0", b"OK" * 900]
)
def test_an_answer_that_is_neither_yes_nor_no_is_no_answer(answer):
    with scanner(answer) as address, pytest.raises(ScannerUnreachable):
        is_infected(b"x", address)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/no/such/socket", "clamd", "host:port"])
def test_a_scanner_that_is_not_there_is_said(address):
    with pytest.raises(ScannerUnreachable, match=address):
        is_infected(b"x", address)


def test_a_socket_of_this_machine_will_do(tmp_path):
    with scanner(path=str(tmp_path / "clamd")) as address:
        assert is_infected(EICAR, address)
