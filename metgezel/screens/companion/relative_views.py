"""One relative: add, change, remove what was a mistake, and living together."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.changes import ChangeRefused, StaleFile
from metgezel.companion.journeys.household import (
    StillNamed,
    add_relative,
    change_relative,
    events_that_name,
    lives_together,
    never_lived_together,
    remove_relative,
)
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.people_changes import rehearse
from metgezel.engines.rules.render import text_of
from metgezel.foundation.access.second_wall import has_a_file
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.households import living_with
from metgezel.foundation.people.models import ClientFile, FamilyTie
from metgezel.screens.components.days import in_words

from .cards import language
from .file_form import FileForm
from .plan_change import change_in_cards
from .relative_forms import RelativeForm, TogetherForm


@require_http_methods(["GET", "POST"])
def relative(request: HttpRequest, file: UUID) -> HttpResponse:
    """Without `who` a new relative, with it the one of that key."""
    found = _file(request, file)
    tie = _tie(request, found) if "who" in request.GET else None
    own = tie is not None and has_a_file(tie.relative_id)
    form = RelativeForm(
        request.POST or None, tie=tie, own_file=own, version=found.version, today=current_day()
    )
    context: dict[str, object] = {
        "heading": _("Change a family member") if tie else _("Add a family member"),
        "tie": tie,
        "own_file": own,
        "own_file_href": _own_file(request, tie) if tie and own else "",
    }
    user = _user(request)
    return _form_page(
        request, found, form, "companion/relative.html", context, lambda: _store(found, user, form)
    )


def _store(file: ClientFile, user: User | None, form: RelativeForm) -> None:
    """Add or change, as the form says."""
    version, day = form.cleaned_data["version"], current_day()
    if form.tie is None:
        add_relative(file, user, version, form.relative(), day)
    else:
        change_relative(form.tie, user, version, form.relative(), day)


@require_http_methods(["GET", "POST"])
def relative_remove(request: HttpRequest, file: UUID) -> HttpResponse:
    """Ask once more, then remove; or say why it cannot be."""
    found = _file(request, file)
    if "who" not in request.GET:
        return redirect("household", file=found.pk)
    tie, user, day = _tie(request, found), _user(request), current_day()
    form = FileForm(request.POST or None, initial={"version": found.version})
    context: dict[str, object] = {
        "heading": _("Remove %(name)s?") % {"name": tie.relative},
        "tie": tie,
        "naming": [_named(event, found) for event in events_that_name(tie)],
    }
    try:
        return _form_page(
            request,
            found,
            form,
            "companion/relative_remove.html",
            context,
            lambda: remove_relative(tie, user, form.cleaned_data["version"], day),
        )
    except StillNamed:
        return render(
            request, "companion/relative_remove.html", context | {"file": found, "form": form},
            status=422,
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
def lives_with(request: HttpRequest, file: UUID) -> HttpResponse:
    """From when until when a relative lives with the client."""
    found = _file(request, file)
    if "who" not in request.GET:
        return redirect("household", file=found.pk)
    tie = _tie(request, found)
    known = living_with(found.person, [tie.relative]).get(tie.relative_id)
    form = TogetherForm(
        request.POST or None, known=known, version=found.version, today=current_day()
    )

    def change() -> None:
        data, user, day = form.cleaned_data, _user(request), current_day()
        if request.POST.get("action") == "never":
            never_lived_together(tie, user, data["version"], day)
        else:
            lives_together(tie, user, data["version"], data["since"], data["until"], day)

    context: dict[str, object] = {
        "heading": _("%(relative)s lives with %(client)s")
        % {"relative": tie.relative.given_name, "client": found.person.given_name},
        "known": known,
    }
    return _form_page(request, found, form, "companion/lives_together.html", context, change)


def _form_page(
    request: HttpRequest,
    file: ClientFile,
    form: FileForm,
    template: str,
    context: dict[str, object],
    change: Callable[[], None],
) -> HttpResponse:
    """Show the form; posted, rehearse the change or make it, and go back to the family."""
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("action") == "preview":
                shown = rehearse(file, current_day(), change)
            else:
                change()
                messages.success(request, _("Saved. The plan is up to date."))
                return redirect("household", file=file.pk)
        except StaleFile as stale:
            form.show_both(file, stale, request.user)
        except ChangeRefused as refused:
            form.refuse(refused)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    context |= {"file": file, "form": form, "change": change_in_cards(shown)}
    return render(request, template, context, status=422 if form.errors else 200)


def _file(request: HttpRequest, number: UUID) -> ClientFile:
    return get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=number
    )


def _tie(request: HttpRequest, file: ClientFile) -> FamilyTie:
    tie = file.family_ties.filter(key=request.GET["who"]).select_related("relative", "file").first()
    if tie is None:
        raise Http404
    return tie


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _own_file(request: HttpRequest, tie: FamilyTie) -> str:
    hers = ClientFile.objects.visible_to(request.user).filter(person=tie.relative).first()
    return reverse("person_edit", kwargs={"file": hers.pk}) if hers else ""


def _named(event: Event, file: ClientFile) -> tuple[str, str, str]:
    """An event that names a relative: where to correct it, what it is, and the day."""
    kind = current_lawbook().vocabulary.events[event.kind]
    href = f"{reverse('event_correct', kwargs={'file': file.pk})}?event={event.pk}"
    return href, text_of(kind.label, language()), in_words(event.on)
