"""Something happened: choose what, fill in only what it needs, see what changes, save."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.recording import (
    EventRefused,
    PlanChange,
    StaleFile,
    preview,
    record_event,
)
from metgezel.engines.rules.render import text_of
from metgezel.engines.rules.vocabulary import EventKind
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.shapes import StepCard

from .cards import full_card, language
from .event_forms import EventForm


@require_http_methods(["GET", "POST"])
def event_new(request: HttpRequest, file: str) -> HttpResponse:
    """Without a kind the choice; with a kind its form; posted, the preview or the record."""
    found = get_object_or_404(ClientFile.objects.visible_to(request.user), pk=file)
    name = request.GET.get("kind", "")
    if not name:
        context = {"file": found, "groups": _groups()}
        return render(request, "companion/event_choose.html", context)
    kind = current_lawbook().vocabulary.events.get(name)
    if kind is None:
        raise Http404
    form = EventForm(request.POST or None, kind=kind, file=found, today=current_day())
    if request.method == "POST" and form.is_valid():
        return _posted(request, found, kind, form)
    return _form_page(request, found, kind, form)


def _posted(
    request: HttpRequest, file: ClientFile, kind: EventKind, form: EventForm
) -> HttpResponse:
    """Show what would change, or store it."""
    day = current_day()
    try:
        if request.POST.get("action") != "save":
            return _form_page(request, file, kind, form, preview(file, form.entered(), day))
        user = request.user if isinstance(request.user, User) else None
        record_event(file, user, form.cleaned_data["version"], form.entered(), day)
    except EventRefused as refused:
        for field, texts in refused.problems:
            form.add_error(field if field in form.fields else None, text_of(texts, language()))
        return _form_page(request, file, kind, form)
    except StaleFile as stale:
        form.continue_from(stale.theirs)
        return _form_page(request, file, kind, form)
    messages.success(request, _("Recorded. The plan is up to date."))
    return redirect("person", file=file.pk)


def _form_page(
    request: HttpRequest,
    file: ClientFile,
    kind: EventKind,
    form: EventForm,
    change: PlanChange | None = None,
) -> HttpResponse:
    context = {
        "file": file,
        "title": text_of(kind.label, language()),
        "form": form,
        "change": change,
        "added": _cards(change) if change else [],
    }
    status = 422 if form.errors else 200
    return render(request, "companion/event_form.html", context, status=status)


def _cards(change: PlanChange) -> list[StepCard]:
    lawbook, day = current_lawbook(), current_day()
    return [full_card(step, lawbook, day, step.state.value, "") for step in change.added]


def _groups() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Kinds that can still happen, by group: (kind, label, hint)."""
    vocabulary, lang, day = current_lawbook().vocabulary, language(), current_day()
    kinds = [k for k in vocabulary.events.values() if k.until is None or day <= k.until]
    order = list(vocabulary.groups)
    kinds.sort(key=lambda kind: order.index(kind.group))
    return [
        (
            text_of(vocabulary.groups[group], lang),
            [(k.kind, text_of(k.label, lang), text_of(k.hint, lang)) for k in members],
        )
        for group, members in groupby(kinds, key=lambda kind: kind.group)
    ]
