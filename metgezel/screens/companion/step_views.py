"""One step of the plan: done on a day, who does it, not needed and why, or open again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.models import Doer
from metgezel.companion.journeys.overlays import (
    mark_done,
    mark_not_applicable,
    reopen,
    set_doer,
)
from metgezel.companion.journeys.plan_index import StepKey, plan_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .person_steps import LawStep, doers_of, law_steps, overlays_of
from .refusals import stored
from .step_forms import AsideForm, DoerForm, DoneForm, ReopenForm, ThingForm

ACTIONS = ("done", "doer", "not_applicable", "reopen")
Forms = Mapping[str, ThingForm]


@require_http_methods(["GET", "POST"])
def step_change(request: HttpRequest, file: UUID) -> HttpResponse:
    """The page of one step; posted, one change of it and back to the person."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=file
    )
    law = _step(request, found)
    if law is None:
        return _gone(request, found)
    forms = _forms(found, law)
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action not in ACTIONS:
            messages.info(request, _("That was not complete; nothing was changed."))
            return _back(found, law)
        form = _form(action, law, request.POST)
        if form.is_valid() and _kept(request, found, law, action, form):
            messages.success(request, _("Kept. The plan is up to date."))
            return _back(found, law)
        # Their change may have closed the step; what was typed is shown all the same.
        forms = {**_forms(found, _step(request, found) or law), action: form}
    return _page(request, found, law, forms)


def _step(request: HttpRequest, file: ClientFile) -> LawStep | None:
    """The step that is asked for; None when it is not in the plan (any more)."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        root = UUID(asked.get("event", ""))
    except ValueError:
        return None
    key = StepKey(asked.get("rule", ""), root, asked.get("member", ""))
    ties = {tie.key: tie for tie in file.family_ties.select_related("relative")}
    user, plan = request.user, plan_of(file, current_day())
    steps = law_steps(plan, overlays_of(user, file), doers_of(user, file), ties)
    return next((found for found in steps if found.key == key), None)


def _gone(request: HttpRequest, file: ClientFile) -> HttpResponse:
    if request.method != "POST":
        return redirect("person", file=file.pk)
    context = {"file": file, "typed": request.POST.get("reason", "").strip()}
    return render(request, "companion/step_gone.html", context, status=422)


def _forms(file: ClientFile, law: LawStep) -> dict[str, ThingForm]:
    """What can be said of this step as it now stands, by action."""
    if law.closed_by_people:
        actions: tuple[str, ...] = ("reopen",)
    else:
        actions = ("done", "doer", "not_applicable") if law.open else ()
    doer = law.overlay.doer if law.overlay else ""
    initial = {"version": file.version, "doer": doer}
    return {action: _form(action, law, None, initial) for action in actions}


def _form(
    action: str,
    law: LawStep,
    posted: Mapping[str, Any] | None,
    initial: dict[str, Any] | None = None,
) -> ThingForm:
    subject = law.key.subject
    if action == "done":
        return DoneForm(posted, subject, current_day(), initial=initial)
    kinds: dict[str, type[ThingForm]] = {
        "doer": DoerForm,
        "not_applicable": AsideForm,
        "reopen": ReopenForm,
    }
    return kinds[action](posted, subject, initial=initial)


def _kept(
    request: HttpRequest, file: ClientFile, law: LawStep, action: str, form: ThingForm
) -> bool:
    user = request.user if isinstance(request.user, User) else None
    day, data, key = current_day(), form.cleaned_data, law.key
    version = data["version"]
    changes: dict[str, Callable[[], object]] = {
        "done": lambda: mark_done(file, key, user, version, data["done_on"], day),
        "doer": lambda: set_doer(file, key, user, version, Doer(data["doer"]), day),
        "not_applicable": lambda: mark_not_applicable(
            file, key, user, version, data["reason"], day
        ),
        "reopen": lambda: reopen(file, key, user, version, day),
    }
    return stored(form, file, request.user, changes[action])


def _page(request: HttpRequest, file: ClientFile, law: LawStep, forms: Forms) -> HttpResponse:
    wrong = any(form.errors for form in forms.values())
    card = replace(law.card, compact=True)
    context = {"file": file, "law": law, "card": card, "forms": forms}
    return render(request, "companion/step.html", context, status=422 if wrong else 200)


def _back(file: ClientFile, law: LawStep) -> HttpResponse:
    return redirect(f"{reverse('person', kwargs={'file': file.pk})}#{law.card.anchor}")
