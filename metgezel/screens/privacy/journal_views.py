"""The journal per colleague and per file, for the privacy officer: never what is in a file."""

import datetime as dt
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.audit.acting import exported, listed
from metgezel.foundation.audit.models import JournalQuerySet
from metgezel.foundation.audit.reading import (
    colleague_for,
    colleagues_for,
    file_numbers,
    file_with_number,
    journal_for,
)
from metgezel.screens.components.days import in_words
from metgezel.screens.components.shapes import Tab
from metgezel.screens.confirming import confirmed_to_take_along

from .csv_export import MOST, as_csv
from .line_words import table_of
from .tabs import tabs

PAGE = 50
PERIODS = (7, 30, 365)


@require_safe
def privacy_colleagues(request: HttpRequest) -> HttpResponse:
    """Find a colleague by name or address."""
    text = request.GET.get("q", "").strip()
    found = colleagues_for(request.user, text)
    context = {"tabs": tabs("privacy_colleagues"), "q": text, "found": found}
    return render(request, "privacy/colleagues.html", context)


@confirmed_to_take_along
@require_safe
def privacy_colleague(request: HttpRequest, colleague: int) -> HttpResponse:
    """What one colleague did, in a period or on one day."""
    found = colleague_for(request.user, colleague)
    if found is None:
        raise Http404
    day, period = _day(request), _period(request)
    since = day or current_day() - dt.timedelta(days=period - 1)
    entries = journal_for(request.user).filter(actor=found, at__gte=_begin(since))
    if day:
        entries = entries.filter(at__lt=_begin(day + dt.timedelta(days=1)))
    kept = {"day": str(day)} if day else {"days": str(period)}
    context: dict[str, object] = {
        "tabs": tabs("privacy_colleagues"),
        "title": found.name,
        "lead": in_words(day) if day else "",
        "periods": _periods(None if day else period),
    }
    return _answer(request, entries, kept, context, people=False)


@confirmed_to_take_along
@require_safe
def privacy_file(request: HttpRequest) -> HttpResponse:
    """What everybody did with one file, found by its number."""
    number = request.GET.get("number", "").strip()
    file = file_with_number(request.user, number) if number else None
    context = {
        "tabs": tabs("privacy_file"),
        "number": number,
        "known": file is not None,
        "title": gettext("Who looked in a file"),
    }
    if file is None:
        return render(request, "privacy/file.html", context)
    entries = journal_for(request.user).of_file(file)
    return _answer(request, entries, {"number": number}, context, people=True)


def _answer(
    request: HttpRequest,
    entries: JournalQuerySet,
    kept: dict[str, str],
    context: dict[str, object],
    *,
    people: bool,
) -> HttpResponse:
    """A page of lines, or all of them as CSV; `kept` is the part of the address that stays."""
    if request.GET.get("csv") == "1":
        rows = list(entries[:MOST])
        exported(len(rows))
        return as_csv(rows, file_numbers(one.file for one in rows), "journal")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal():
        entries = entries.filter(pk__lt=min(int(before), 2**62))
    found = list(entries[: PAGE + 1])
    shown = found[:PAGE]
    listed(len(shown))
    numbers = file_numbers(one.file for one in shown)
    more = {**kept, "before": str(shown[-1].pk)} if len(found) > PAGE else {}
    context |= {
        "table": table_of(shown, numbers, gettext("Journal"), people=people),
        "rows": shown,
        "older": f"?{urlencode(more)}" if more else "",
        "newest": f"?{urlencode(kept)}" if before else "",
        "csv": f"?{urlencode({**kept, 'csv': '1'})}",
    }
    name = "privacy/file.html" if people else "privacy/colleague.html"
    return render(request, name, context)


def _begin(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _day(request: HttpRequest) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _period(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, PERIODS) else PERIODS[1]


def _periods(current: int | None) -> list[Tab]:
    words = {7: gettext("A week"), 30: gettext("A month"), 365: gettext("A year")}
    return [
        Tab(label=words[days], href=f"?days={days}", current=days == current) for days in PERIODS
    ]
