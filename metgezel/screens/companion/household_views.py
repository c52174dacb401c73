"""The family of a client: who they are and where, and who lives together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.households import Together, living_with
from metgezel.foundation.people.models import ClientFile, FamilyTie
from metgezel.screens.components.days import in_words

from .birth_words import born_in_words


@dataclass(frozen=True)
class RelativeCard:
    """A relative as the family page shows her."""

    name: str
    first_name: str
    facts: list[tuple[str, object]]
    together: str
    change_href: str
    remove_href: str
    together_href: str


@require_safe
def household(request: HttpRequest, file: UUID) -> HttpResponse:
    """Who belongs to the family."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=file
    )
    ties = list(found.family_ties.select_related("relative").order_by("key"))
    together = living_with(found.person, [tie.relative for tie in ties])
    relatives = [_card(tie, found, together) for tie in ties]
    return render(request, "companion/household.html", {"file": found, "relatives": relatives})


def _card(tie: FamilyTie, file: ClientFile, living: Mapping[UUID, Together]) -> RelativeCard:
    together = living.get(tie.relative_id)
    here = tie.whereabouts == FamilyTie.Whereabouts.NETHERLANDS or together is not None
    return RelativeCard(
        name=str(tie.relative),
        first_name=tie.relative.given_name,
        facts=_facts(tie),
        together=together_in_words(file, together) if together else "",
        change_href=address_of("relative", tie),
        remove_href=address_of("relative_remove", tie),
        together_href=address_of("lives_together", tie) if here else "",
    )


def _facts(tie: FamilyTie) -> list[tuple[str, object]]:
    at_entry = {True: _("yes"), False: _("no"), None: _("not known")}[tie.family_at_entry]
    return [
        (_("Relation"), tie.get_relation_display()),
        (_("Born"), born_in_words(BirthDate.of(tie.relative)) or _("not known")),
        (_("Now"), tie.get_whereabouts_display()),
        (_("Family before coming to the Netherlands"), at_entry),
    ]


def address_of(name: str, tie: FamilyTie) -> str:
    """The address of a page about one relative."""
    return f"{reverse(name, kwargs={'file': tie.file_id})}?{urlencode({'who': tie.key})}"


def together_in_words(file: ClientFile, together: Together) -> str:
    """One sentence: who lives with whom, since and until when."""
    words = {"name": file.person.given_name, **_days(together)}
    if together.until:
        if together.since:
            return _("Lived with %(name)s from %(since)s until %(until)s.") % words
        return _("Lived with %(name)s until %(until)s.") % words
    if together.since:
        return _("Lives with %(name)s since %(since)s.") % words
    return _("Lives with %(name)s.") % words


def _days(together: Together) -> dict[str, str]:
    days: dict[str, date | None] = {"since": together.since, "until": together.until}
    return {name: in_words(day) if day else "" for name, day in days.items()}
