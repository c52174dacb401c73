"""The office: what to do first, and the units as a tree."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from metgezel.foundation.association.administration import colleagues_in, colleagues_per_unit
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import Unit, UnitKind
from metgezel.foundation.people.municipalities import municipality_name

from .reach import my_units


@dataclass
class Branch:
    """A unit of the tree with what stands under it."""

    unit: Unit
    href: str
    about: str
    branches: list["Branch"] = field(default_factory=list)

    @property
    def holds_locations(self) -> bool:
        """Whether what stands under it are locations."""
        return self.unit.kind == UnitKind.FOUNDATION


@dataclass(frozen=True)
class FirstStep:
    """One of the things to do first."""

    title: str
    text: str
    action: str
    href: str
    done: bool


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """While something is missing: the first steps; always: the tree."""
    units = list(my_units(request).order_by("path"))
    steps = list(_first_steps(request, units))
    done = sum(step.done for step in steps)
    context = {
        "tree": _tree(request, units),
        "steps": steps if done < len(steps) else [],
        "next_step": next((step for step in steps if not step.done), None),
        "done": done,
        "can_add": any(unit.kind != UnitKind.LOCATION for unit in units),
    }
    return render(request, "office/home.html", context)


def _tree(request: HttpRequest, units: list[Unit]) -> list[Branch]:
    """The units under one another; in order of path a parent comes before its children."""
    counted = colleagues_per_unit(my_units(request), current_day())
    known: dict[object, Branch] = {}
    top: list[Branch] = []
    for unit in units:
        people = counted.get(unit.pk, 0)
        words = ngettext("%(count)s colleague", "%(count)s colleagues", people) % {"count": people}
        about = [unit.get_kind_display().capitalize(), municipality_name(unit.municipality), words]
        href = reverse("office_unit", kwargs={"unit": unit.pk})
        branch = Branch(unit, href, " · ".join(filter(None, about)))
        known[unit.pk] = branch
        above = known.get(unit.parent_id)
        (above.branches if above else top).append(branch)
    for branch in known.values():
        branch.branches.sort(key=lambda one: one.unit.name.casefold())
    return top


def _first_steps(request: HttpRequest, units: list[Unit]) -> list[FirstStep]:
    """What an organisation needs before anybody can work, as far as it is this one's task."""
    steps = []
    foundations = [unit for unit in units if unit.kind == UnitKind.FOUNDATION]
    new = reverse("office_unit_new")
    top = next((unit for unit in units if unit.kind == UnitKind.ASSOCIATION), None)
    if top:
        steps.append(
            FirstStep(
                _("Add a foundation"),
                _("The organisation that works in a region, for example Noord."),
                _("Add a foundation"),
                f"{new}?{urlencode({'under': str(top.pk)})}",
                bool(foundations),
            )
        )
    if top or foundations:
        under = f"?{urlencode({'under': str(foundations[0].pk)})}" if foundations else ""
        steps.append(
            FirstStep(
                _("Add a location"),
                _("The place where people come by, in a municipality."),
                _("Add a location"),
                new + under,
                any(unit.kind == UnitKind.LOCATION for unit in units),
            )
        )
    others = (role for role in colleagues_in(my_units(request)) if role.user != request.user)
    steps.append(
        FirstStep(
            _("Invite a colleague"),
            _("For example a companion. You get a link to hand over."),
            _("Invite a colleague"),
            reverse("office_invite"),
            any(others),
        )
    )
    return steps
