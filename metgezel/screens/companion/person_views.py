"""A person's page: the journey in one picture, the plan in words, and what to do next."""

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metgezel.companion.journeys.case_of_file import case_from
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import Goal, OwnStep
from metgezel.companion.journeys.plan_index import plan_of_case
from metgezel.engines.rules import Notice, Plan, Question
from metgezel.engines.rules.render import text_of
from metgezel.foundation.access.grounds import Ground
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.audit.acting import now as acting_now
from metgezel.foundation.people.countries import country_name
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy.requests import is_contested
from metgezel.screens.components.days import in_words
from metgezel.screens.components.shapes import PersonHeader

from .grouping import When
from .law_words import Ties, language, what_in_words
from .person_events import events_of, happened, standing
from .person_goals import goals_of
from .person_journey import journey_of
from .person_steps import doers_of, groups_of, law_steps, overlays_of
from .source_words import sources


@require_safe
def person(request: HttpRequest, file: UUID) -> HttpResponse:
    """Everything a companion needs to walk on, in one page."""
    user, day = request.user, current_day()
    files = ClientFile.objects.visible_to(user).annotate(contested=is_contested())
    found = get_object_or_404(files.select_related("person", "unit"), pk=file)
    ties = {tie.key: tie for tie in found.family_ties.select_related("relative").order_by("key")}
    events = events_of(user, found)
    vocabulary = current_lawbook().vocabulary
    case = case_from(found, ties.values(), standing(events), vocabulary)
    plan = plan_of_case(case, day)
    steps = law_steps(plan, overlays_of(user, found), doers_of(user, found), ties)
    own = list(OwnStep.objects.visible_to(user).filter(file=found).select_related("goal"))
    groups = groups_of(steps, own, day)
    context = {
        "file": found,
        "header": _header(found),
        "journey": journey_of(standing(events), steps, own, day),
        "goals": goals_of(Goal.objects.visible_to(user).filter(file=found), own),
        "now": [group for group in groups if group.when is When.NOW],
        "later": [group for group in groups if group.when is not When.NOW],
        "happened": happened(events, ties),
        "notices": [_notice(notice, plan, ties) for notice in _worth_saying(plan)],
        "questions": [_question(question, found, ties) for question in plan.questions],
        "ties": ties.values(),
        "with_key": acting_now().ground == Ground.DROP_IN,
        "contested": found.contested,  # type: ignore[attr-defined]  # annotated above
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
        name=who.full_name, own_script=who.name_own_script, number=file.number, facts=facts
    )


class Asked(NamedTuple):
    """A fact nobody recorded, why it matters, and where it can be recorded."""

    ask: str
    why: str
    about: str
    href: str


def _question(question: Question, file: ClientFile, ties: Ties) -> Asked:
    lang = language()
    about = question.fact.partition(".")[0]
    page = {"member": "household", "person": "person_edit"}.get(about, "event_new")
    return Asked(
        text_of(question.ask, lang),
        text_of(question.why, lang),
        _relative(question.member, ties),
        reverse(page, kwargs={"file": file.pk}),
    )


class Known(NamedTuple):
    """Something good to know, and where it stands."""

    title: str
    text: str
    about: str
    note: str
    sources: tuple[object, ...]
    confidence: str
    reviewed: bool


def _worth_saying(plan: Plan) -> list[Notice]:
    """How terms are counted stands at each step already; that it is uncertain which does not."""
    return [n for n in plan.notices if n.rule.track != "meta" or n.rule.explains == "regime"]


def _notice(notice: Notice, plan: Plan, ties: Ties) -> Known:
    rule, lang = notice.rule, language()
    return Known(
        text_of(rule.title, lang),
        what_in_words(rule, current_lawbook(), plan.on),
        _relative(notice.member, ties),
        text_of(rule.confidence_note, lang),
        tuple(sources(rule, lang)),
        rule.confidence.split("/")[-1],
        rule.reviewed,
    )


def _relative(member: str | None, ties: Ties) -> str:
    tie = ties.get(member or "")
    return str(tie.relative) if tie else ""
