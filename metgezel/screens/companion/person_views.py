"""A person's page: the journey in one picture, the plan in words, and what to do next."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Doer, Event, StepOverlay
from metgezel.companion.journeys.overlays import (
    OverlayRefused,
    StepKey,
    mark_done,
    mark_not_applicable,
    reopen,
    set_doer,
)
from metgezel.companion.journeys.plan_index import OverlayKey, overlay_key, plan_of, step_key
from metgezel.companion.journeys.recording import StaleFile
from metgezel.engines.rules import Plan, Step
from metgezel.engines.rules.render import text_of
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.countries import country_name
from metgezel.foundation.people.models import ClientFile, FamilyTie
from metgezel.screens.components.days import in_words
from metgezel.screens.components.journey import Journey, Lane, Mark
from metgezel.screens.components.shapes import PersonHeader

from .cards import full_card, language

CLOSED = ("done", "not_applicable")
SOON = timedelta(days=30)
LONG_PASSED = timedelta(days=60)


@require_safe
def person(request: HttpRequest, file: UUID) -> HttpResponse:
    """Everything a companion needs to walk on, in one page."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person", "unit"), pk=file
    )
    day = current_day()
    plan = plan_of(found, day)
    ties = {tie.key: tie for tie in found.family_ties.select_related("relative")}
    overlays = {
        overlay_key(o): o for o in StepOverlay.objects.visible_to(request.user).filter(file=found)
    }
    events = list(Event.objects.visible_to(request.user).filter(file=found).current())
    lang = language()
    context = {
        "file": found,
        "header": _header(found),
        "journey": _journey(plan, events, day),
        "groups": _groups(plan, overlays, ties, day),
        "notices": [
            (text_of(n.rule.title, lang), text_of(n.rule.what, lang), _relative(n.member, ties))
            for n in plan.notices
            if n.rule.track != "meta"
        ],
        "questions": [
            (text_of(q.ask, lang), text_of(q.why, lang), _relative(q.member, ties))
            for q in plan.questions
        ],
        "ties": ties.values(),
        "doers": Doer.choices,
        "today": day,
    }
    return render(request, "companion/person.html", context)


def _header(file: ClientFile) -> PersonHeader:
    who = file.person
    facts: list[tuple[str, object]] = [(_("Location"), file.unit.name)]
    if who.birth_date:
        facts.append((_("Born"), in_words(who.birth_date)))
    if who.nationality:
        facts.append((_("Nationality"), country_name(who.nationality, language())))
    return PersonHeader(
        name=f"{who.given_name} {who.family_name}".strip(),
        own_script=who.name_own_script,
        number=file.number,
        facts=facts,
    )


def _relative(member: str | None, ties: Mapping[str, FamilyTie]) -> str:
    tie = ties.get(member or "")
    return str(tie.relative) if tie else ""


def _state(step: Step, overlay: StepOverlay | None) -> str:
    if overlay is not None and overlay.done_on:
        return "done"
    if overlay is not None and overlay.not_applicable_reason:
        return "not_applicable"
    return step.state.value


def _groups(
    plan: Plan,
    overlays: Mapping[OverlayKey, StepOverlay],
    ties: Mapping[str, FamilyTie],
    day: date,
) -> list[tuple[str, list[tuple[object, Step, str]]]]:
    """Steps under now, soon, later and done: (card, step, state)."""
    lawbook = current_lawbook()
    groups: dict[str, list[tuple[object, Step, str]]] = {
        name: [] for name in (_("Now"), _("Soon"), _("Later"), _("Done"))
    }
    names = list(groups)
    for step in plan.steps:
        state = _state(step, overlays.get(step_key(step)))
        overlay = overlays.get(step_key(step))
        card = full_card(step, lawbook, day, state, _relative(step.member, ties))
        if overlay is not None and overlay.doer:
            card = replace(card, who=overlay.get_doer_display())
        groups[names[_place(step, state, day)]].append((card, step, state))
    return list(groups.items())


def _place(step: Step, state: str, day: date) -> int:
    due = step.safe or step.due
    if state in CLOSED or (due is None and state == "open" and step.rule.who == "authority"):
        return 3
    if state == "lapsed" and due is not None and due < day - LONG_PASSED:
        return 3
    if state in ("overdue", "lapsed", "due_soon"):
        return 0
    if due is None and state == "open":
        return 1
    return 1 if due is not None and due <= day + SOON else 2


def _journey(plan: Plan, events: list[Event], day: date) -> Journey:
    """One lane per track, with what happened and what is to come."""
    lawbook, lang = current_lawbook(), language()
    vocabulary = lawbook.vocabulary
    lanes: dict[str, list[Mark]] = {}
    for event in events:
        kind = vocabulary.events[event.kind]
        label = text_of(kind.label, lang)
        lanes.setdefault(_lane(kind.group), []).append(Mark(on=event.on, label=label))
    for step in plan.steps:
        on = step.safe or step.due or step.starts
        if on is not None:
            label = text_of(step.rule.title, lang)
            mark = Mark(on=on, label=label, kind="deadline", state=step.state.value)
            lanes.setdefault(_lane(step.rule.track), []).append(mark)
    names = _lane_names()
    found = [
        Lane(key=key, label=names[key], marks=lanes[key], icon=f"track-{key}")
        for key in names
        if key in lanes
    ]
    return Journey(today=day, lanes=found, label=_("The journey"))


def _lane(name: str) -> str:
    return {
        "court": "asylum", "reception": "housing", "social": "income", "meta": "asylum",
        "other": "asylum", "education": "school", "citizenship": "integration",
    }.get(name, name)  # fmt: skip


def _lane_names() -> dict[str, str]:
    return {
        "asylum": _("Asylum"),
        "family": _("Family"),
        "housing": _("Housing"),
        "income": _("Income"),
        "integration": _("Integration"),
        "work": _("Work"),
        "school": _("School"),
        "health": _("Health"),
        "return": _("Return"),
    }


@require_http_methods(["GET", "POST"])
def step_change(request: HttpRequest, file: UUID) -> HttpResponse:
    """Done, not applicable, or open again; then back to the person."""
    found = get_object_or_404(ClientFile.objects.visible_to(request.user), pk=file)
    if request.method == "POST":
        try:
            _change(request, found)
        except (OverlayRefused, ValueError, KeyError):
            messages.error(request, _("That was not complete; nothing was changed."))
        except StaleFile:
            messages.error(
                request, _("Somebody else changed this file meanwhile. Look again, then choose.")
            )
    return redirect("person", file=found.pk)


def _change(request: HttpRequest, file: ClientFile) -> None:
    post, day = request.POST, current_day()
    key = StepKey(post.get("rule", ""), UUID(post.get("event", "")), post.get("member", ""))
    if key not in {StepKey(*step_key(step)) for step in plan_of(file, day).steps}:
        raise OverlayRefused("no such step in this plan")
    user = request.user if isinstance(request.user, User) else None
    version = int(post.get("version", ""))
    match post.get("action"):
        case "done":
            mark_done(file, key, user, version, day, day)
        case "not_applicable":
            mark_not_applicable(file, key, user, version, post.get("reason", ""), day)
        case Doer.CLIENT | Doer.TOGETHER | Doer.COMPANION as doer:
            set_doer(file, key, user, version, Doer(doer), day)
        case "reopen":
            reopen(file, key, user, version, day)
        case _:
            raise OverlayRefused("no action")
