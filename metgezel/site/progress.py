"""How far a long command is: a bar on a terminal, now and then a line elsewhere."""

import sys
import time


class Progress:
    """Call it with how many are done.

    Args:
        total: how many there are, at least 1.
        things: what is counted, such as "people".
    """

    def __init__(self, total: int, things: str) -> None:
        self.total = total
        self.things = things
        self.started = time.monotonic()
        self.told = 0.0

    def __call__(self, done: int) -> None:
        share = done / self.total
        text = f"{done:,} of {self.total:,} {self.things}, {self._time(share)}"
        if sys.stdout.isatty():
            self._bar(done, share, text)
        elif share - self.told >= 0.1 or done == self.total:
            self.told = share
            print(f"  {text}", flush=True)

    def _time(self, share: float) -> str:
        seconds = time.monotonic() - self.started
        if share == 1 or not share:
            return in_short(seconds)
        return f"about {in_short(seconds / share * (1 - share))} to go"

    def _bar(self, done: int, share: float, text: str) -> None:
        """Redraw the line when it would look different."""
        if share - self.told < 0.001 and done != self.total:
            return
        self.told = share
        end = "\n" if done == self.total else ""
        print(f"\r  [{'#' * round(30 * share):<30}] {text:<70}", end=end, flush=True)


def in_short(seconds: float) -> str:
    """Return seconds as "45 s" or "3 min 20 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
