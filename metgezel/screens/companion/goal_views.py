"""Goals and own steps: write down, say better, finish on a day, take back."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.goals import (
    add_goal,
    add_own_step,
    finish_own_step,
    reach_goal,
    reword_goal,
    reword_own_step,
)
from metgezel.companion.journeys.models import Goal, OwnStep, What
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .goal_forms import GoalForm, OwnStepForm
from .refusals import stored
from .step_forms import DoneForm, ReopenForm, ThingForm

Thing = TypeVar("Thing", Goal, OwnStep)
Changes = Mapping[str, Callable[[dict[str, Any]], object]]


@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, file: UUID) -> HttpResponse:
    """Without ?goal= a form for a new goal; with it the goal, to reword, reach or take back."""
    found = _file(request, file)
    user, day = _user(request), current_day()
    mine = _asked(request, Goal.objects.visible_to(request.user).filter(file=found), "goal")
    if mine is None:
        new = GoalForm(request.POST or None, initial={"version": found.version})
        changes: Changes = {"save": lambda d: add_goal(found, user, d["version"], d["words"], day)}
        return _answer(request, found, "goal", None, {"save": new}, changes)
    changes = {
        "save": lambda d: reword_goal(mine, user, d["version"], d["words"], day),
        "done": lambda d: reach_goal(mine, user, d["version"], d["done_on"], day),
        "reopen": lambda d: reach_goal(mine, user, d["version"], None, day),
    }
    forms = {
        "save": GoalForm(
            _posted(request, "save"),
            str(mine.pk),
            initial={"version": found.version, "words": mine.words},
        ),
        **_closing(request, found, What.GOAL, mine, mine.reached_on is not None),
    }
    return _answer(request, found, "goal", mine, forms, changes)


@require_http_methods(["GET", "POST"])
def own_step(request: HttpRequest, file: UUID) -> HttpResponse:
    """Without ?step= a form for a new step; with it the step, to change, finish or take back."""
    found = _file(request, file)
    user, day = _user(request), current_day()
    goals = list(Goal.objects.visible_to(request.user).filter(file=found))
    steps = OwnStep.objects.visible_to(request.user).filter(file=found)
    mine = _asked(request, steps.select_related("file"), "step")
    initial = {"version": found.version, "goal": request.GET.get("goal", "")}
    if mine is None:
        new = OwnStepForm(request.POST or None, "", goals, initial=initial)
        changes: Changes = {
            "save": lambda d: add_own_step(found, user, d["version"], new.entered(), day)
        }
        return _answer(request, found, "own_step", None, {"save": new}, changes)
    initial |= {"title": mine.title, "due": mine.due, "doer": mine.doer, "goal": mine.goal_id}
    edit = OwnStepForm(_posted(request, "save"), str(mine.pk), goals, initial=initial)
    changes = {
        "save": lambda d: reword_own_step(mine, user, d["version"], edit.entered(), day),
        "done": lambda d: finish_own_step(mine, user, d["version"], d["done_on"], day),
        "reopen": lambda d: finish_own_step(mine, user, d["version"], None, day),
    }
    closing = _closing(request, found, What.OWN_STEP, mine, mine.done_on is not None)
    return _answer(request, found, "own_step", mine, {"save": edit, **closing}, changes)


def _file(request: HttpRequest, file: UUID) -> ClientFile:
    return get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=file
    )


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _asked(request: HttpRequest, things: QuerySet[Thing], name: str) -> Thing | None:
    """The goal or step named in the address; None when a new one is to be made."""
    number = request.GET.get(name)
    if number is None or (name == "goal" and things.model is not Goal):
        return None
    known = number.isascii() and number.isdecimal() and len(number) <= 18
    found = things.filter(pk=int(number)).first() if known else None
    if found is None:
        raise Http404
    return found


def _posted(request: HttpRequest, action: str) -> Mapping[str, Any] | None:
    same = request.method == "POST" and request.POST.get("action") == action
    return request.POST if same else None


def _closing(
    request: HttpRequest, file: ClientFile, what: What, mine: Goal | OwnStep, closed: bool
) -> dict[str, ThingForm]:
    """Finish or take back; both when both are on the table after somebody else's change."""
    initial = {"version": file.version}
    done, again = _posted(request, "done"), _posted(request, "reopen")
    forms: dict[str, ThingForm] = {}
    if not closed or done is not None:
        forms["done"] = DoneForm(done, str(mine.pk), current_day(), initial=initial)
    if closed or again is not None:
        forms["reopen"] = ReopenForm(again, str(mine.pk), initial=initial)
    for form in forms.values():
        form.what = what
    if what is What.GOAL and "done" in forms:
        forms["done"].fields["done_on"].label = _("On which day was it reached?")
    return forms


def _answer(
    request: HttpRequest,
    file: ClientFile,
    page: str,
    mine: Goal | OwnStep | None,
    forms: Mapping[str, ThingForm],
    changes: Changes,
) -> HttpResponse:
    """Make the change that was posted, or show the page with what stands in its way."""
    action = request.POST.get("action", "save")
    form = forms.get(action)
    if request.method == "POST" and form is not None and form.is_valid():
        change = changes[action]
        if stored(form, file, request.user, lambda: change(form.cleaned_data)):
            messages.success(request, _("Kept. The plan is up to date."))
            place = f"#own-{mine.pk}" if isinstance(mine, OwnStep) else "#goals"
            return redirect(reverse("person", kwargs={"file": file.pk}) + place)
    context = {"file": file, "forms": forms, page: mine}
    wrong = any(one.errors for one in forms.values())
    return render(request, f"companion/{page}.html", context, status=422 if wrong else 200)
