"""Mend a mistake: choose what was wrong, say what is right, or that it did not happen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import (
    correct_event,
    preview,
    preview_withdrawal,
    withdraw_event,
)
from metgezel.engines.rules.render import text_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .cards import language
from .event_choice import ICONS
from .event_forms import CorrectionForm, WithdrawalForm
from .look_first import Change, change_page, saved_or_seen
from .meanwhile import event_in_words


@require_http_methods(["GET", "POST"])
def event_correct(request: HttpRequest, file: UUID) -> HttpResponse:
    """Without an event the list to choose from; with one its form, or that of taking it back."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=file
    )
    if "event" not in request.GET:
        return _choose(request, found)
    event = _standing(request, found)
    if "never" in request.GET:
        return _withdrawal(request, found, event)
    return _correction(request, found, event)


def _standing(request: HttpRequest, file: ClientFile) -> Event:
    """The event of the address as it stands now: a correction by somebody else is followed."""
    of_file = Event.objects.visible_to(request.user).filter(file=file)
    named = of_file.filter(pk=_number(request.GET["event"])).first()
    if named is None:
        raise Http404
    event = of_file.get(root=named.root, replaced_by__isnull=True)
    if event.withdrawn and request.method == "GET":
        raise Http404
    return event


def _number(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _correction(request: HttpRequest, file: ClientFile, event: Event) -> HttpResponse:
    kind, day = current_lawbook().vocabulary.events[event.kind], current_day()
    form = CorrectionForm(request.POST or None, kind=kind, file=file, today=day, event=event)
    seen = None
    if request.method == "POST" and form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        user, entered = _user(request), form.entered()
        change = Change(
            look=lambda: preview(file, entered, day, replaced=event),
            save=lambda: correct_event(event, user, version, entered, reason, day),
        )
        saved, seen = saved_or_seen(request, file, form, change)
        if saved:
            messages.success(request, _("Corrected. What stood there before stays on record."))
            return redirect("person", file=file.pk)
    return change_page(
        request,
        file,
        form,
        seen,
        title=_("Mend: %(what)s") % {"what": text_of(kind.label, language())},
        save=_("Save the correction"),
        back_href=reverse("event_correct", kwargs={"file": file.pk}),
        never_href=f"?event={event.pk}&never=1",
    )


def _withdrawal(request: HttpRequest, file: ClientFile, event: Event) -> HttpResponse:
    day = current_day()
    form = WithdrawalForm(request.POST or None, file=file, event=event)
    seen = preview_withdrawal(event, day)
    if request.method == "POST" and form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        user = _user(request)
        change = Change(
            look=lambda: preview_withdrawal(event, day),
            save=lambda: event.withdrawn or withdraw_event(event, user, version, reason, day),
        )
        if saved_or_seen(request, file, form, change)[0]:
            messages.success(request, _("Taken back. What stood there before stays on record."))
            return redirect("person", file=file.pk)
    return change_page(
        request,
        file,
        form,
        seen,
        title=_("This did not happen"),
        recorded=_recorded(event),
        save=_("Yes, this did not happen"),
        back_href=f"?event={event.pk}",
    )


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _recorded(event: Event) -> list[tuple[str, str]]:
    """What is about to be taken back."""
    kind = current_lawbook().vocabulary.events[event.kind]
    ties = event.file.family_ties.select_related("relative").order_by("key")
    words = event_in_words(event, {tie.key: tie for tie in ties})
    return [(_("Recorded"), text_of(kind.label, language())), (_("As follows"), words)]


def _choose(request: HttpRequest, file: ClientFile) -> HttpResponse:
    vocabulary, lang = current_lawbook().vocabulary, language()
    events = Event.objects.visible_to(request.user).filter(file=file).current()
    known = {tie.key: tie for tie in file.family_ties.select_related("relative").order_by("key")}
    rows = [
        (f"?event={e.pk}", text_of(kind.label, lang), event_in_words(e, known), ICONS[kind.group])
        for e in events.order_by("-on", "-recorded_at")
        for kind in [vocabulary.events[e.kind]]
    ]
    return render(request, "companion/correct_choose.html", {"file": file, "events": rows})
