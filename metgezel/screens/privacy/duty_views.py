"""What the law asks of the association: one page that says what waits."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.privacy.breaches import Clock, breaches_for, in_words
from metgezel.foundation.privacy.keeping import notices_for
from metgezel.foundation.privacy.processing import in_words as parts_of
from metgezel.foundation.privacy.processing import register
from metgezel.foundation.privacy.requests import due_on, requests_for
from metgezel.foundation.privacy.retention import CONFIDENCE_WORDS, TERMS
from metgezel.screens.components.days import in_words as day_in_words

from .tabs import tabs


@dataclass(frozen=True, slots=True)
class Duty:
    """A part of the work, and what waits there."""

    title: str
    href: str
    text: str
    icon: str
    urgent: bool = False


@require_safe
def privacy_duties(request: HttpRequest) -> HttpResponse:
    """Breaches, requests, files to be erased, and the register; what is urgent first."""
    duties = [_breaches(request), _requests(request), _keeping(request), _register()]
    duties.sort(key=lambda duty: not duty.urgent)
    context = {"tabs": tabs("privacy_duties"), "duties": duties}
    return render(request, "privacy/duties.html", context)


def _breaches(request: HttpRequest) -> Duty:
    found = breaches_for(request.user, timezone.now())
    running = [one for _, one in found if one.clock in (Clock.OVERDUE, Clock.RUNNING)]
    words = in_words(running[0]) if running else gettext("No breach waits for a report.")
    return Duty(gettext("Data breaches"), reverse("breaches"), words, "flag", bool(running))


def _requests(request: HttpRequest) -> Duty:
    waiting = [one for one in requests_for(request.user) if not one.answered_on]
    words = gettext("No request waits for an answer.")
    if waiting:
        count = ngettext("%(count)s request waits.", "%(count)s requests wait.", len(waiting))
        first = gettext("The first answer is due on %(day)s.")
        day = day_in_words(due_on(waiting[0]))
        words = f"{count % {'count': len(waiting)}} {first % {'day': day}}"
    late = bool(waiting) and due_on(waiting[0]) < current_day()
    return Duty(gettext("Requests"), reverse("privacy_requests"), words, "letter", late)


def _keeping(request: HttpRequest) -> Duty:
    count = notices_for(request.user, current_day()).count()
    words = gettext("No file has been kept too long.")
    if count:
        told = ngettext("%(count)s file will be erased.", "%(count)s files will be erased.", count)
        words = told % {"count": count}
    return Duty(gettext("How long we keep things"), reverse("keeping"), words, "calendar")


def _register() -> Duty:
    words = gettext("Which data, why, and who can open them.")
    return Duty(gettext("Register of processing"), reverse("processing_register"), words, "doc")


@require_safe
def processing_register(request: HttpRequest) -> HttpResponse:
    """The register as the program itself knows it, and the terms."""
    context = {
        "rows": [(row.what, parts_of(row)) for row in register()],
        "terms": [(term, CONFIDENCE_WORDS[term.confidence]) for term in TERMS],
    }
    return render(request, "privacy/register.html", context)
