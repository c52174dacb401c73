"""Asks ClamAV whether it knows a content as malware, when an installation has one.

``METGEZEL_CLAMAV`` names its socket: ``unix:/run/clamav/clamd.ctl`` or ``host:3310``. The content
goes over as clamd's INSTREAM command: pieces with their length in front, and a length of nought.
"""

import socket
from contextlib import closing

PIECE = 64 * 1024
PATIENCE = 30  # seconds for each step; a large paper takes a few


class ScannerUnreachable(Exception):
    """There is a scanner, but it did not give an answer."""


def is_infected(content: bytes, address: str) -> bool:
    """Whether the scanner at this address recognises the content.

    Raises:
        ScannerUnreachable: it cannot be reached, or says something else than yes or no.
    """
    try:
        with closing(_connected(address)) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                scanner.sendall(len(piece).to_bytes(4, "big") + piece)
            scanner.sendall(bytes(4))
            answer = _until_nought(scanner)
    except (OSError, ValueError) as problem:
        raise ScannerUnreachable(f"{address}: {problem}") from problem
    if answer.endswith(b" FOUND"):
        return True
    if answer == b"stream: OK":
        return False
    raise ScannerUnreachable(f"{address}: {answer[:100].decode(errors='replace') or 'no answer'}")


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(PATIENCE)
        try:
            scanner.connect(address.removeprefix("unix:"))
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _until_nought(scanner: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 1000:
        received = scanner.recv(1000)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n")
