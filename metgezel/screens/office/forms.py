"""Forms of the office."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.administration import GIVEN_BY_THE_OFFICE
from metgezel.foundation.association.models import Unit, UnitKind, UnitQuerySet
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.municipalities import municipality_choices
from metgezel.screens.components.inputs import ChoiceCards, DayField, DayInput

#: What each role comes near, in a sentence for whoever gives it.
ABOUT_ROLES: Mapping[str, Any] = {
    Role.COMPANION: _("Walks along with people. Sees only the files she is linked to."),
    Role.LEGAL_COMPANION: _("Helps with the procedure. Sees only the files she is linked to."),
    Role.DESK: _("Receives people who walk in."),
    Role.COORDINATOR: _("Brings volunteers and requests together."),
    Role.TEAM_LEADER: _("Sees every file of the unit and links companions to people."),
    Role.ADVOCATE: _("Looks for what goes wrong for many. Sees no files."),
    Role.BOARD: _("Sees figures of the whole. Sees no files."),
    Role.PRIVACY_OFFICER: _("Watches over who looked where. Sees no files."),
    Role.PARTNER: _("Works at a partner organisation."),
    Role.VOLUNTEER: _("Helps with one thing. Sees only the files she is linked to."),
    Role.ADMINISTRATOR: _("Makes units and gives roles. Sees no files."),
}


def _with_capital(role: Role) -> str:
    return str(role.label).capitalize()


_capital = lazy(_with_capital, str)


class MunicipalityField(forms.ChoiceField):
    """One of the 342 municipalities; a location always has one."""

    def __init__(self, *, required: bool) -> None:
        super().__init__(
            label=_("Municipality"),
            choices=[("", _("choose") if required else _("none")), *municipality_choices()],
            required=required,
            error_messages={"required": _("Choose the municipality of this location.")},
        )


class UnitForm(forms.Form):
    """The name and place of a unit."""

    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, data: Any, *, kind: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if kind != UnitKind.ASSOCIATION:
            self.fields["municipality"] = MunicipalityField(required=kind == UnitKind.LOCATION)


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the administrator's units, named with what it stands under."""

    def label_from_instance(self, obj: Any) -> str:
        """Say "Noord › Assen"."""
        unit: Unit = obj
        return " › ".join(part.name for part in (unit.parent, unit) if part)


class RoleForm(forms.Form):
    """A role in a unit, from a day until a day."""

    role = forms.ChoiceField(
        label=_("What will this colleague do?"),
        choices=[(role.value, _capital(role)) for role in GIVEN_BY_THE_OFFICE],
        widget=ChoiceCards(hints=ABOUT_ROLES),
    )
    ends = DayField(
        label=_("Until which day?"),
        help_text=_("Leave empty when there is no end."),
        required=False,
    )

    def __init__(self, data: Any, *, units: UnitQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen = units.select_related("parent").order_by("path")
        places = [unit for unit in chosen if unit.kind == UnitKind.LOCATION]
        if not self.initial.get("unit") and len(places) == 1:
            self.initial["unit"] = places[0]
        self.fields["unit"] = UnitChoice(chosen, label=_("Where?"), empty_label=_("choose"))
        self.fields["starts"] = DayField(
            label=_("From which day?"), initial=today, widget=DayInput(today=today)
        )
        self.order_fields(("name", "email", "unit", "role", "starts", "ends"))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day lies before the first day."))
        return data

    def given(self) -> dict[str, Any]:
        """Unit, role, first and last day."""
        data = self.cleaned_data
        return {
            "unit": data["unit"],
            "role": Role(data["role"]),
            "starts": data["starts"],
            "ends": data["ends"],
        }


class InviteForm(RoleForm):
    """Somebody new with a first role."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("This colleague logs in with it."), max_length=254
    )


class LastDayForm(forms.Form):
    """The last day of something."""

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.fields["last_day"] = DayField(
            label=_("What is the last day?"),
            help_text=_("On this day she can still get in; the day after no more."),
            initial=today,
            widget=DayInput(today=today),
        )


def add_problem(form: forms.Form, problem: forms.ValidationError) -> None:
    """Show why it was refused, at its field where the form has that."""
    by_field = problem.message_dict if hasattr(problem, "error_dict") else {"": problem.messages}
    for name, sentences in by_field.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
