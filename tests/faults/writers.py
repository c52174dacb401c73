"""People who save at the same time, each in a file of her own, and remember what they were told."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "f" * 32
SAVED, SAVED_ALREADY, AWAY = {302, 303}, 422, 503
SENTENCE = "even niet bij de gegevens"


@dataclass
class Writer:
    """Saves one event after another; asks again after a 503 until it is stored."""

    file: str
    session: str
    port: int
    told: list[str] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    version: int = 2
    gives_up: bool = True
    longest_wait: float = 0.0

    def run(self, stop: threading.Event) -> None:
        """Until told to stop, or until there is no server any more."""
        since = time.monotonic()
        while not stop.is_set():
            letter = f"{self.file}/{self.version}"
            answer = self.save(letter)
            self.answers[answer] = self.answers.get(answer, 0) + 1
            if answer == "saved":
                self.told.append(letter)
                self.version += 1
                self.longest_wait = max(self.longest_wait, time.monotonic() - since)
                since = time.monotonic()
            elif answer == "no connection" and self.gives_up:
                return
            else:
                stop.wait(0.2)

    def save(self, letter: str) -> str:
        """Send one event; what came of it, in a word."""
        sent = {
            "csrfmiddlewaretoken": TOKEN, "version": self.version, "on": "2026-10-01",
            "document_reference": letter, "action": "save",
        }  # fmt: skip
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        where = f"/people/{self.file}/happened/?kind=asylum.made"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", where, urlencode(sent), headers)
            response = connection.getresponse()
            page = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return "no connection"
        finally:
            connection.close()
        return _in_a_word(response.status, page)


def _in_a_word(status: int, page: str) -> str:
    if status in SAVED or (status == SAVED_ALREADY and "Er is niets verloren" in page):
        return "saved"
    if status == AWAY:
        return "503 with the sentence" if SENTENCE in page else "503 without a sentence"
    return str(status)


@dataclass
class Crowd:
    """All writers at once, each in a thread."""

    writers: list[Writer]
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let everybody begin."""
        for writer in self.writers:
            thread = threading.Thread(target=writer.run, args=(self.stop,), daemon=True)
            thread.start()
            self.threads.append(thread)

    def end(self) -> None:
        """Let everybody finish what she is at."""
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=90)

    @property
    def told(self) -> set[str]:
        """Every letter of which somebody was told that it is stored."""
        return {letter for writer in self.writers for letter in list(writer.told)}

    def answers(self) -> dict[str, int]:
        """How often each answer came."""
        total: dict[str, int] = {}
        for writer in self.writers:
            for answer, times in writer.answers.items():
                total[answer] = total.get(answer, 0) + times
        return total
