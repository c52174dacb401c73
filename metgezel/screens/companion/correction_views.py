"""Mend a mistake: choose what was wrong, say what is right, or that it did not happen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import (
    EventRefused,
    StaleFile,
    correct_event,
    withdraw_event,
)
from metgezel.engines.rules.render import text_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.days import in_words

from .cards import language
from .event_forms import CorrectionForm


@require_http_methods(["GET", "POST"])
def event_correct(request: HttpRequest, file: UUID) -> HttpResponse:
    """Without an event the list to choose from; with one its form and a reason."""
    found = get_object_or_404(ClientFile.objects.visible_to(request.user), pk=file)
    if "event" not in request.GET:
        events = Event.objects.visible_to(request.user).filter(file=found).current()
        return render(request, "companion/correct_choose.html", _choice(found, list(events)))
    event = get_object_or_404(
        Event.objects.visible_to(request.user).filter(file=found).current(),
        pk=_number(request.GET["event"]),
    )
    kind = current_lawbook().vocabulary.events[event.kind]
    form = CorrectionForm(
        request.POST or None, kind=kind, file=found, today=current_day(), event=event
    )
    if request.method == "POST" and form.is_valid() and _stored(request, event, form):
        messages.success(request, _("Corrected. What stood there before stays on record."))
        return redirect("person", file=found.pk)
    context = {"file": found, "title": text_of(kind.label, language()), "form": form}
    status = 422 if form.errors else 200
    return render(request, "companion/correct_form.html", context, status=status)


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _choice(file: ClientFile, events: list[Event]) -> dict[str, object]:
    vocabulary, lang = current_lawbook().vocabulary, language()
    rows = [
        (f"?event={e.pk}", text_of(vocabulary.events[e.kind].label, lang), in_words(e.on))
        for e in events
    ]
    return {"file": file, "events": rows}


def _stored(request: HttpRequest, event: Event, form: CorrectionForm) -> bool:
    """Whether the correction was stored; what stands in the way goes on the form."""
    user = request.user if isinstance(request.user, User) else None
    data, day = form.cleaned_data, current_day()
    version, reason = data["version"], data["reason"]
    try:
        if request.POST.get("action") == "withdraw":
            withdraw_event(event, user, version, reason, day)
        else:
            correct_event(event, user, version, form.entered(), reason, day)
    except EventRefused as refused:
        for field, texts in refused.problems:
            form.add_error(field if field in form.fields else None, text_of(texts, language()))
        return False
    except StaleFile as stale:
        form.continue_from(stale.theirs)
        return False
    return True
