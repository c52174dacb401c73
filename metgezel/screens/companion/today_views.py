"""Today: who needs me and what is due, sorted by what is lost if nobody acts."""

from datetime import date, timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import PlanStep
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.shapes import StepCard

from .cards import listed_card

NOW, SOON, JUST_PASSED = timedelta(days=7), timedelta(days=30), timedelta(days=21)
MOST = 60


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Steps of my files whose safe day is near or past; an authority's only when it is late."""
    day = current_day()
    near = Q(due__isnull=False) & (Q(safe__lte=day + SOON) | Q(due__lte=day + SOON))
    mine = Q(due__lt=day) | ~Q(who__in=("authority", "municipality"))
    # A right that is gone is shown for a while, so that the lawyer can still be called; what can
    # still be mended stays until it is.
    recent = ~Q(lapse="right_lost") | Q(due__gte=day - JUST_PASSED)
    steps = (
        PlanStep.objects.visible_to(request.user)
        .filter(near, mine, recent)
        .by_what_is_lost()
        .select_related("file__person")[:MOST]
    )
    now: list[StepCard] = []
    soon: list[StepCard] = []
    for row in steps:
        (now if _is_now(row, day) else soon).append(_card(row, day))
    files = ClientFile.objects.visible_to(request.user).filter(closed__isnull=True)
    has_files = bool(now or soon) or files.exists()
    context = {"today": day, "now": now, "soon": soon, "has_files": has_files}
    return render(request, "companion/today.html", context)


def _is_now(row: PlanStep, day: date) -> bool:
    due = row.safe or row.due
    return due is not None and due <= day + NOW


def _card(row: PlanStep, day: date) -> StepCard:
    href = reverse("person", kwargs={"file": row.file_id})
    return listed_card(row, current_lawbook(), day, str(row.file.person), href)
