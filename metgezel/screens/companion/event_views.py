"""Something happened: choose what, fill in only what it needs, see what changes, save."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.plan_index import plan_of
from metgezel.companion.journeys.recording import preview, record_event
from metgezel.engines.rules.render import text_of
from metgezel.engines.rules.vocabulary import EventKind, Type
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .cards import language
from .event_choice import choices_by_group, likely_choices
from .event_forms import EventForm
from .look_first import Change, change_page, saved_or_seen

LONGEST_SEARCH = 60


@require_http_methods(["GET", "POST"])
def event_new(request: HttpRequest, file: UUID) -> HttpResponse:
    """Without a kind the choice; with a kind its form; posted, the preview or the record."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=file
    )
    name = request.GET.get("kind", "")
    kind = current_lawbook().vocabulary.events.get(name)
    if kind is None:
        return _choose(request, found, unknown=name)
    if _needs_relative(kind) and not found.family_ties.exists():
        return _family_first(request, found, kind)
    day = current_day()
    form = EventForm(request.POST or None, kind=kind, file=found, today=day)
    seen = None
    if request.method == "POST" and form.is_valid():
        user = request.user if isinstance(request.user, User) else None
        version, entered = form.cleaned_data["version"], form.entered()
        change = Change(
            look=lambda: preview(found, entered, day),
            save=lambda: record_event(found, user, version, entered, day),
        )
        saved, seen = saved_or_seen(request, found, form, change)
        if saved:
            messages.success(request, _("Recorded. The plan is up to date."))
            return redirect("person", file=found.pk)
    title = text_of(kind.label, language())
    back = reverse("event_new", kwargs={"file": found.pk})
    twice = seen is not None and _is_there(request, found, form)
    words = {"title": title, "save": _("Save"), "back_href": back, "twice": twice}
    return change_page(request, found, form, seen, **words)


def _is_there(request: HttpRequest, file: ClientFile, form: EventForm) -> bool:
    """Whether this kind was recorded on this day already: perhaps it is the same letter."""
    same = Event.objects.visible_to(request.user).filter(file=file, kind=form.kind.kind)
    return same.current().filter(on=form.cleaned_data["on"]).exists()


def _choose(request: HttpRequest, file: ClientFile, unknown: str) -> HttpResponse:
    """What can have happened; after an address with an unknown kind a sentence about that."""
    words, day = request.GET.get("q", "")[:LONGEST_SEARCH].strip(), current_day()
    context = {
        "file": file,
        "words": words,
        "unknown": unknown[:LONGEST_SEARCH],
        "likely": [] if words else likely_choices(plan_of(file, day), day),
        "groups": choices_by_group(words, day),
    }
    status = 404 if unknown else 200
    return render(request, "companion/event_choose.html", context, status=status)


def _needs_relative(kind: EventKind) -> bool:
    return any(a.required and a.type is Type.MEMBER for a in kind.attributes.values())


def _family_first(request: HttpRequest, file: ClientFile, kind: EventKind) -> HttpResponse:
    """This kind is about a relative, and there is none yet."""
    context = {"file": file, "title": text_of(kind.label, language())}
    return render(request, "companion/event_family_first.html", context)
