"""The journey picture: parallel lanes on one time line, drawn from today outward.

Near days are wide and far years narrow, because next week asks more of people than 2029.
Everything here is plain arithmetic in whole SVG units; the template only writes it down.
"""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import get_language_bidi, gettext

from .days import in_words, relative, tick
from .words import STATES

WIDTH = 1040
NAMES = 150  # room for the names of the lanes
EDGE = 16
TOP = 56  # room for the dates above the lanes
ROW = 28
LETTER = 7.4  # mean width of a letter at the font size of the picture
LONGEST = 34  # letters of a label; the whole text stands in the list
PAST_ROWS = 3  # what happened may go without a label, what is to come never does
TICKS = (-1825, -730, -365, -182, -91, -30, 0, 7, 30, 91, 182, 365, 730, 1825, 3650)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something on a lane.

    kind: event (happened on `on`), deadline (safe date is `on`), step (from `on` to `until`),
    own (a step of the person's own making). state: the engine's word for it, or empty.
    """

    on: dt.date
    label: str
    kind: str = "event"
    state: str = ""
    until: dt.date | None = None
    href: str = ""
    note: str = ""

    @property
    def last(self) -> dt.date:
        """The day that counts: the end of a stretch, else the day itself."""
        return self.until or self.on

    @property
    def look(self) -> str:
        """Which shape is drawn: each has its own form as well as its own colour."""
        return "event" if self.kind == "event" else self.state or "open"


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One track of the plan with its marks."""

    key: str
    label: str
    marks: Sequence[Mark] = ()
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class Journey:
    """Everything the picture and its text alternative say."""

    today: dt.date
    lanes: Sequence[Lane]
    label: str

    def marks(self) -> list[tuple[int, Lane, Mark]]:
        """All marks in order of time, each with the place of its lane."""
        found = [(i, lane, mark) for i, lane in enumerate(self.lanes) for mark in lane.marks]
        return sorted(found, key=lambda item: (item[2].last, item[0], item[2].label))


def stretch(days: int) -> float:
    """Turn days from today into distance: even steps near by, ever smaller ones far away."""
    distance = math.log1p(abs(days) / 12)
    return distance if days >= 0 else -0.6 * distance


class Scale:
    """Days to places between `start` and `end`."""

    def __init__(self, today: dt.date, days: Sequence[dt.date], start: int, end: int) -> None:
        offsets = [(day - today).days for day in days]
        self.today = today
        self.first = min([*offsets, -30])
        self.last = max([*offsets, 120])
        self._low, self._high = stretch(self.first), stretch(self.last)
        self._start, self._span = start, end - start

    def at(self, day: dt.date) -> int:
        """Return the place of a day; later days never stand before earlier ones."""
        place = (stretch((day - self.today).days) - self._low) / (self._high - self._low)
        return round(self._start + place * self._span)


class Tick(NamedTuple):
    """A day named above the lanes."""

    x: int
    label: str
    distance: str
    is_today: bool


class Drawn(NamedTuple):
    """A mark with its place; `label` is empty when there was no room for it."""

    mark: Mark
    x: int
    start: int
    width: int
    y: int
    label: str
    label_x: int
    anchor: str
    title: str


@dataclass
class DrawnLane:
    """A lane with its place and height."""

    lane: Lane
    y: int
    height: int = ROW
    marks: list[Drawn] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """Everything the SVG template needs."""

    width: int
    height: int
    past: tuple[int, int]
    today_x: int
    names_x: int
    lanes: Sequence[DrawnLane]
    ticks: Sequence[Tick]


def draw(journey: Journey, *, mirrored: bool = False) -> Picture:
    """Place everything; `mirrored` for languages that run from right to left."""
    days = [day for _, _, mark in journey.marks() for day in (mark.on, mark.last)]
    scale = Scale(journey.today, days, NAMES + EDGE, WIDTH - EDGE)
    lanes: list[DrawnLane] = []
    y = TOP
    for lane in journey.lanes:
        lanes.append(_draw_lane(lane, scale, y, mirrored))
        y += lanes[-1].height
    here = scale.at(journey.today)
    return Picture(
        width=WIDTH,
        height=y + EDGE,
        past=(_flip(NAMES, mirrored, here - NAMES), here - NAMES),
        today_x=_flip(here, mirrored),
        names_x=_flip(0, mirrored),
        lanes=lanes,
        ticks=list(_ticks(scale, mirrored)),
    )


def _flip(x: int, mirrored: bool, width: int = 0) -> int:
    return WIDTH - x - width if mirrored else x


def _ticks(scale: Scale, mirrored: bool) -> Iterator[Tick]:
    today = scale.today
    taken = [scale.at(today)]
    yield Tick(_flip(taken[0], mirrored), tick(today, today), relative(today, today), True)
    for offset in sorted(TICKS, key=abs):
        day = today + dt.timedelta(days=offset)
        x = scale.at(day)
        if not scale.first <= offset <= scale.last or x > WIDTH - 50 or x < NAMES + 45:
            continue
        if all(abs(x - other) >= 96 for other in taken):
            taken.append(x)
            yield Tick(_flip(x, mirrored), tick(day, today), relative(day, today), False)


def _draw_lane(lane: Lane, scale: Scale, y: int, mirrored: bool) -> DrawnLane:
    drawn = DrawnLane(lane, y)
    ends: list[int] = []  # where the last label of each row ends
    for mark in sorted(lane.marks, key=lambda mark: (mark.on, mark.last)):
        _place(drawn, mark, scale, ends, mirrored)
    drawn.height = max(len(ends), 1) * ROW + 20
    return drawn


def _place(lane: DrawnLane, mark: Mark, scale: Scale, ends: list[int], mirrored: bool) -> None:
    start, x = scale.at(mark.on), scale.at(mark.last)
    label = mark.label if len(mark.label) <= LONGEST else mark.label[: LONGEST - 1].rstrip() + "…"
    room = round(len(label) * LETTER) + 20
    after = x + room <= WIDTH
    low, high = (start, x + room) if after else (start - room, x)
    row = _free_row(ends, low)
    if mark.kind == "event" and row >= PAST_ROWS and _free_row(ends, x) < len(ends):
        row, label, high = _free_row(ends, x), "", x + 8
    ends.extend([0] * (row + 1 - len(ends)))
    ends[row] = max(ends[row], high + 6)
    lane.marks.append(
        Drawn(
            mark=mark,
            x=_flip(x, mirrored),
            start=_flip(start, mirrored, x - start),
            width=x - start,
            y=lane.y + 10 + row * ROW + ROW // 2,
            label=label,
            label_x=_flip(x + 15 if after else start - 15, mirrored),
            anchor="start" if after else "end",
            title=f"{mark.label}: {in_words(mark.last)}",
        )
    )


def _free_row(ends: list[int], x: int) -> int:
    """The first row that is free from here on; a new one when there is none."""
    return next((i for i, end in enumerate(ends) if x > end + 10), len(ends))


class Stop(NamedTuple):
    """A mark as a line of the list that a phone shows: one rail for every lane beside it."""

    rails: Sequence[str]
    lane: Lane
    mark: Mark


def _rail(line: int, here: bool, first: int | None, last: int | None) -> str:
    """Say whether a lane has its mark on this line, runs past it, or is not there."""
    if here:
        return "here"
    return "on" if first is not None and last is not None and first < line < last else "off"


def stops(journey: Journey) -> dict[str, list[Stop]]:
    """Return the marks in order as earlier, recent, coming and later; today lies in the middle."""
    marks = journey.marks()
    lanes = range(len(journey.lanes))
    firsts = {i: n for n, (i, _, _) in reversed(list(enumerate(marks)))}
    lasts = {i: n for n, (i, _, _) in enumerate(marks)}
    found = [
        Stop(
            [_rail(n, i == rail, firsts.get(rail), lasts.get(rail)) for rail in lanes],
            lane,
            mark,
        )
        for n, (i, lane, mark) in enumerate(marks)
    ]
    past = [stop for stop in found if stop.mark.last < journey.today]
    coming = [stop for stop in found if stop.mark.last >= journey.today]
    return {
        "earlier": past[:-3],
        "recent": past[-3:],
        "coming": coming[:8],
        "later": coming[8:],
    }


def _legend(journey: Journey) -> list[tuple[str, object]]:
    """Say what each shape in this picture means."""
    seen = {mark.look for _, _, mark in journey.marks()}
    words = [("event", gettext("Happened")), *((key, word.label) for key, word in STATES.items())]
    return [(look, word) for look, word in words if look in seen]


def context(journey: Journey, picture_id: str) -> dict[str, Any]:
    """Everything the journey's template shows, in the direction of the page's language."""
    return {
        "journey": journey,
        "picture": draw(journey, mirrored=get_language_bidi()),
        "id": picture_id,
        "legend": _legend(journey),
        **stops(journey),
    }
