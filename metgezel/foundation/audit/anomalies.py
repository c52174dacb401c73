"""What is striking in a day of the journal. Striking is not wrong: it is a reason to ask.

Pure: takes lines and facts, returns findings; knows no database and no clock. Looking at your own
file is never striking. The numbers are in ``Limits``, with what they mean.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from uuid import UUID

OWN_FILE, ASSIGNMENT = "own_file", "assignment"
READS = frozenset({"read", "printed", "exported"})


class Kind(StrEnum):
    """The kinds of what is striking."""

    VOLUME = "volume"
    NIGHT = "night"
    FREE_DAY = "free_day"
    NAMESAKE = "namesake"
    SAME_TOWN = "same_town"
    FAMOUS = "famous"
    REFUSED = "refused"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is striking."""

    files_a_day: int = 15  #: fewer different files on a day are never unusual
    times_own: float = 3  #: times the median of her own earlier working days
    times_peers: float = 2  #: and times the median of colleagues who worked that day
    night_from: int = 23  #: hours, on the clock in the Netherlands
    night_until: int = 6
    files_on_free_day: int = 3  #: volunteers work on Saturdays; one look is nothing
    famous_for: int = 5  #: different colleagues who opened the same file in a week
    refused: int = 3  #: different numbers tried in vain on a day
    listed: int = 100  #: people seen in lists on a day without opening any file


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the journal, with its moment on the clock in the Netherlands."""

    at: datetime
    actor: int
    action: str
    ground: str = ""
    file: UUID | None = None
    row: str = ""
    number: int = 0


def _never(_day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Facts:
    """What has to be known of colleagues and files; names folded, never shown."""

    names: Mapping[int, frozenset[str]] = field(default_factory=dict)
    families: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    towns: Mapping[int, str] = field(default_factory=dict)
    file_towns: Mapping[UUID, str] = field(default_factory=dict)
    is_free: Callable[[date], bool] = _never


@dataclass(frozen=True, slots=True)
class Striking:
    """Something to ask about: of whom (or which file), how much, and how much is usual."""

    kind: Kind
    day: date
    actor: int | None
    file: UUID | None
    number: int
    usual: int = 0


def striking_on(
    day: date, looks: Iterable[Look], facts: Facts, limits: Limits | None = None
) -> list[Striking]:
    """Everything striking on a day; `looks` also holds the four weeks before it."""
    limits = limits or Limits()
    known = [look for look in looks if look.ground != OWN_FILE]
    on_day: dict[int, list[Look]] = defaultdict(list)
    for look in known:
        if look.at.date() == day:
            on_day[look.actor].append(look)
    usual = _files_per_day(known)
    found: list[Striking] = []
    for actor, hers in sorted(on_day.items()):
        found += _volume(day, actor, usual, limits)
        found += _hours(day, actor, hers, facts, limits)
        found += _near(day, actor, hers, facts)
        found += _searching(day, actor, hers, limits)
    return [*found, *_famous(day, known, limits)]


def _files(looks: Iterable[Look]) -> set[UUID]:
    return {look.file for look in looks if look.file and look.action in READS}


def _files_per_day(looks: Iterable[Look]) -> dict[date, dict[int, set[UUID]]]:
    found: dict[date, dict[int, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for look in looks:
        if look.file and look.action in READS:
            found[look.at.date()][look.actor].add(look.file)
    return found


def _volume(
    day: date, actor: int, per_day: Mapping[date, Mapping[int, set[UUID]]], limits: Limits
) -> Iterator[Striking]:
    """More files than she and her colleagues usually open."""
    number = len(per_day.get(day, {}).get(actor, ()))
    if number < limits.files_a_day:
        return
    earlier = [len(files[actor]) for on, files in per_day.items() if on < day and actor in files]
    peers = [len(one) for other, one in per_day[day].items() if other != actor]
    own = _median(earlier)
    if number > limits.times_own * own and number > limits.times_peers * _median(peers):
        yield Striking(Kind.VOLUME, day, actor, None, number, round(own))


def _median(numbers: Sequence[int]) -> float:
    return median(numbers) if numbers else 0


def _hours(
    day: date, actor: int, looks: Iterable[Look], facts: Facts, limits: Limits
) -> Iterator[Striking]:
    """At night, or on a day when most people are free."""
    looks = list(looks)
    at_night = _files(
        look
        for look in looks
        if look.at.hour >= limits.night_from or look.at.hour < limits.night_until
    )
    if at_night:
        yield Striking(Kind.NIGHT, day, actor, None, len(at_night))
    number = len(_files(looks))
    if number >= limits.files_on_free_day and (day.weekday() >= 5 or facts.is_free(day)):
        yield Striking(Kind.FREE_DAY, day, actor, None, number)


def _near(day: date, actor: int, looks: Iterable[Look], facts: Facts) -> Iterator[Striking]:
    """Files of people who may be family or neighbours, which nobody assigned to her."""
    files = _files(look for look in looks if look.ground != ASSIGNMENT)
    names, town = facts.names.get(actor, frozenset()), facts.towns.get(actor, "")
    alike = {file for file in files if names & facts.families.get(file, frozenset())}
    if alike:
        yield Striking(Kind.NAMESAKE, day, actor, None, len(alike))
    close = {file for file in files if town and facts.file_towns.get(file) == town} - alike
    if close:
        yield Striking(Kind.SAME_TOWN, day, actor, None, len(close))


def _searching(day: date, actor: int, looks: Iterable[Look], limits: Limits) -> Iterator[Striking]:
    """Numbers tried in vain, or long lists without a file being opened."""
    looks = list(looks)
    tried = {look.row for look in looks if look.action == "refused"}
    if len(tried) >= limits.refused:
        yield Striking(Kind.REFUSED, day, actor, None, len(tried))
    listed = sum(look.number for look in looks if look.action == "listed")
    if listed >= limits.listed and not _files(looks):
        yield Striking(Kind.LISTING, day, actor, None, listed)


def _famous(day: date, looks: Iterable[Look], limits: Limits) -> Iterator[Striking]:
    """A file that many colleagues open in the week up to this day."""
    week = [look for look in looks if day - timedelta(days=7) < look.at.date() <= day]
    today = _files(look for look in week if look.at.date() == day)
    who: dict[UUID, set[int]] = defaultdict(set)
    for look in week:
        if look.file and look.action in READS:
            who[look.file].add(look.actor)
    usual = _median(list(Counter({file: len(actors) for file, actors in who.items()}).values()))
    for file in sorted(today, key=str):
        number = len(who[file])
        if number >= limits.famous_for and number > 2 * usual:
            yield Striking(Kind.FAMOUS, day, None, file, number, round(usual))
