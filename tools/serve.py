"""Serve Metgezel on this machine until Ctrl-C; prints the address once it answers."""

import contextlib
import http.client
import os
import sys
import threading
import time

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

HOST = "127.0.0.1"
SITE = os.environ.get("METGEZEL_HOSTS", "").split(",")[0].strip() or HOST  # what it answers to
PATIENCE = 30  # seconds until we stop waiting for the first answer


def announce(port: int) -> None:
    """Wait for the first answer, then say where to go."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/", headers={"Host": SITE})
            connection.getresponse()
            print(f"\nMetgezel runs on http://{HOST}:{port} (Ctrl-C stops it)", flush=True)
            return
        time.sleep(0.1)


if __name__ == "__main__":
    PORT = int(sys.argv[1])
    threading.Thread(target=announce, args=(PORT,), daemon=True).start()
    Granian(
        "metgezel.site.wsgi:application",
        address=HOST,
        port=PORT,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        backpressure=64,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,  # an open connection of a browser does not hold up Ctrl-C
    ).serve()
