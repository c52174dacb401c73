"""How far a long fill is, and how long it will still take."""

import sys
import time
from collections.abc import Callable
from typing import TextIO


class Progress:
    """A bar on a terminal; elsewhere a line at every tenth part."""

    def __init__(
        self, total: int, to: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.total = total
        self.to = to or sys.stdout
        self.clock = clock
        self.started = clock()
        self.told = 0.0

    def __call__(self, done: int) -> None:
        """Tell that so many are done."""
        share, finished = done / self.total, done == self.total
        words = f"{done:,} of {self.total:,} people, {self._time(done)}"
        if self.to.isatty():
            bar = "#" * round(30 * share)
            print(
                f"\r  [{bar:<30}] {words:<60}",
                end="\n" if finished else "",
                file=self.to,
                flush=True,
            )
        elif share - self.told >= 0.1 or finished:
            self.told = share
            print(f"  {words}", file=self.to, flush=True)

    def _time(self, done: int) -> str:
        seconds = self.clock() - self.started
        if done == self.total:
            return f"done in {in_short(seconds)}"
        return f"about {in_short(seconds / done * (self.total - done))} to go"


def in_short(seconds: float) -> str:
    """Seconds as "45 s" or "3 min 20 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
