"""The steps of all files somebody may open, the most pressing first, a page at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models import When as Then
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import OwnStep, PlanStep
from metgezel.engines.rules import State
from metgezel.foundation.access.door import Visitor, reach_of
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.shapes import StepCard

from .cards import listed_card, own_card, pressing
from .grouping import LATER, NOW, SOON, When, when_in_words, when_of

PAGE = 60
MOST_PAGES = 20
JUST_PASSED = timedelta(days=21)
AUTHORITIES = ("authority", "municipality")


class Found(NamedTuple):
    """A step with its place in the list."""

    when: When
    loss: int
    first: date
    number: int
    card: StepCard


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of the list: cards under their headings, and whether there is more."""

    groups: Sequence[tuple[str, Sequence[StepCard]]]
    more: bool


def steps_of_today(user: Visitor, day: date, page: int) -> Shown:
    """A few queries, whatever the number of files; `page` counts from 1."""
    most = page * PAGE + 1
    found = sorted([*_law(user, day, most), *_own(user, day, most)])
    shown = found[(page - 1) * PAGE : page * PAGE]
    groups = [
        (when_in_words(when), [one.card for one in shown if one.when is when]) for when in When
    ]
    more = len(found) > page * PAGE and page < MOST_PAGES
    return Shown([group for group in groups if group[1]], more)


def _law(user: Visitor, day: date, most: int) -> Iterable[Found]:
    """What is due before long, and what can be done at any time; an authority's when it is late."""
    horizon = day + LATER
    near = Q(safe__lte=horizon) | Q(safe__isnull=True, due__lte=horizon)
    undated = Q(safe__isnull=True, due__isnull=True) & (
        Q(starts__isnull=True) | Q(starts__lte=horizon)
    )
    mine = Q(due__lt=day) | ~Q(who__in=AUTHORITIES)
    # A right that is gone is shown for a while, so that the lawyer can still be called; what can
    # still be mended stays until it is.
    recent = ~Q(lapse="right_lost") | Q(due__isnull=True) | Q(due__gte=day - JUST_PASSED)
    many = bool(reach_of(user, day).leads)
    rows = (
        PlanStep.objects.visible_to(user, row_by_row=many)
        .filter(near | undated, mine, recent, ~Exists(_shut(user)), closed="")
        # Not joined: the database would look up the person of every step before it sorts.
        .prefetch_related("file__person")
    )
    for row in _group_by_group(rows, day, most) if many else _sorted(rows, day, most):
        card = listed_card(row, current_lawbook(), day, str(row.file.person), _href(row))
        first = row.safe or row.due
        when = when_of(State(card.state), first, day)
        day_of = first or row.starts or date.max
        yield Found(when, -row.loss, day_of, row.pk, pressing(card, when))


def _sorted(rows: QuerySet[PlanStep], day: date, most: int) -> Iterable[PlanStep]:
    return rows.order_by(*_pressing(day))[:most]


def _group_by_group(rows: QuerySet[PlanStep], day: date, most: int) -> Iterator[PlanStep]:
    """The same order for who leads very many files: what is soon only when now is not enough.

    Within a group the order is that of an index, so that the first few are found without sorting.
    """
    first, day_of = Coalesce("safe", "due"), Coalesce("safe", "due", "starts")
    now, soon = Q(LessThanOrEqual(first, day + NOW)), Q(LessThanOrEqual(first, day + SOON))
    undated = Q(safe__isnull=True, due__isnull=True)
    groups = (
        (now, day_of.asc()),
        (soon & ~now, day_of.asc()),
        (undated | ~soon, day_of.asc(nulls_last=True)),
    )
    for group, by_day in groups:
        found = list(rows.filter(group).order_by("-loss", by_day, "id")[:most])
        yield from found
        most -= len(found)
        if most <= 0:
            return


def _own(user: Visitor, day: date, most: int) -> Iterable[Found]:
    many = bool(reach_of(user, day).leads)
    rows = (
        OwnStep.objects.visible_to(user, row_by_row=many)
        .filter(~Exists(_shut(user)), done_on__isnull=True)
        .select_related("file__person", "goal")
    )
    for row in _dated_first(rows, day, most) if many else _own_sorted(rows, day, most):
        card = own_card(row, day, str(row.file.person), _href(row))
        when = when_of(State(card.state), row.due, day)
        yield Found(when, 0, row.due or date.max, row.pk, pressing(card, when))


def _own_sorted(rows: QuerySet[OwnStep], day: date, most: int) -> Iterable[OwnStep]:
    near = rows.filter(Q(due__isnull=True) | Q(due__lte=day + LATER))
    return near.order_by(F("due").asc(nulls_last=True), "id")[:most]


def _dated_first(rows: QuerySet[OwnStep], day: date, most: int) -> Iterator[OwnStep]:
    """The same order, in two halves that each follow an index."""
    dated = list(rows.filter(due__lte=day + LATER).order_by("due", "id")[:most])
    yield from dated
    if len(dated) < most:
        yield from rows.filter(due__isnull=True).order_by("id")[: most - len(dated)]


def _shut(user: Visitor) -> QuerySet[ClientFile]:
    """The row's own file, when it is closed."""
    return ClientFile.objects.visible_to(user).filter(closed__isnull=False, pk=OuterRef("file"))


def _pressing(day: date) -> list[Combinable | OrderBy | str]:
    """The same order in the database: now, soon, later; then what is lost; then the day."""
    first = Coalesce("safe", "due")
    day_of = Coalesce("safe", "due", "starts")
    when = Case(
        Then(LessThanOrEqual(first, day + NOW), then=Value(When.NOW.value)),
        Then(LessThanOrEqual(first, day + SOON), then=Value(When.SOON.value)),
        default=Value(When.LATER.value),
    )
    return [when, "-loss", day_of.asc(nulls_last=True), "id"]


def _href(row: PlanStep | OwnStep) -> str:
    return reverse("person", kwargs={"file": row.file_id})
