"""Changing a file in two steps: see what it does to the plan, then save."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from metgezel.companion.journeys.changes import ChangeRefused, StaleFile
from metgezel.companion.journeys.recording import PlanChange
from metgezel.foundation.people.models import ClientFile

from .file_form import FileForm
from .plan_change import change_in_cards

#: title and save (the words on the button) are always needed; back_href is where nothing is saved.
WORDS = {"recorded": (), "never_href": "", "twice": False}


@dataclass(frozen=True)
class Change:
    """Something about to be done to a file. `look` says what it would do, `save` does it."""

    look: Callable[[], PlanChange]
    save: Callable[[], object]


def saved_or_seen(
    request: HttpRequest, file: ClientFile, form: FileForm, change: Change
) -> tuple[bool, PlanChange | None]:
    """Whether it was saved, and if not what it would do; what stands in the way is on the form.

    The form must be valid. When somebody else changed the file meanwhile nothing is saved, both
    versions are on the form, and what it would do now is shown at once.
    """
    version = form.cleaned_data["version"]
    try:
        if version != file.version:
            raise StaleFile(file.version, version)
        if request.POST.get("action") == "save":
            change.save()
            return True, None
    except ChangeRefused as refused:
        form.refuse(refused)
        return False, None
    except StaleFile as stale:
        form.show_both(file, stale, request.user)
    return False, _seen(form, change)


def _seen(form: FileForm, change: Change) -> PlanChange | None:
    try:
        return change.look()
    except ChangeRefused as refused:
        form.refuse(refused)
        return None


def change_page(
    request: HttpRequest,
    file: ClientFile,
    form: FileForm,
    change: PlanChange | None,
    **words: object,
) -> HttpResponse:
    """The form, and below it what would change. `words` go over those of WORDS."""
    shown = {"file": file, "form": form, "change": change_in_cards(change, file)}
    context = {**WORDS, **shown, **words}
    status = 422 if form.errors else 200
    return render(request, "companion/event_form.html", context, status=status)
