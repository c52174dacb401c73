"""Forms about one relative."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.household import EnteredRelative
from metgezel.companion.journeys.models import What
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.households import Together
from metgezel.foundation.people.models import FamilyTie
from metgezel.screens.components.inputs import DayField

from .file_form import FileForm
from .meanwhile import Meanwhile
from .person_forms import TRUTH, YES_NO, BirthDateField, NameForm

NAMES = ("given_name", "family_name", "name_own_script")


class RelativeForm(FileForm, NameForm):
    """One relative; of somebody with a file of her own only what ties her to this client."""

    relation = forms.ChoiceField(label=_("Who is this?"), choices=FamilyTie.Relation.choices)
    whereabouts = forms.ChoiceField(label=_("Where now?"), choices=FamilyTie.Whereabouts.choices)
    family_at_entry = forms.ChoiceField(
        label=_("Family before coming to the Netherlands?"), choices=YES_NO, required=False
    )
    field_order = (*NAMES, "relation", "birth_date")

    def __init__(
        self, data: Any, *, tie: FamilyTie | None, own_file: bool, version: int, today: date
    ) -> None:
        super().__init__(data, initial=_known(tie) | {"version": version})
        self.tie = tie
        self.fields["birth_date"] = BirthDateField(today=today)
        if own_file:
            for name in (*NAMES, "birth_date"):
                del self.fields[name]
        self.order_fields(self.field_order)

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody changed this very relative."""
        same = self.tie is not None and change.subject == self.tie.key
        return same and change.what == What.RELATIVE

    def relative(self) -> EnteredRelative:
        """What was entered, as the journey stores it."""
        data = self.cleaned_data
        stored = self.tie.relative if self.tie else None
        names = {name: data.get(name, getattr(stored, name, "")) for name in NAMES}
        return EnteredRelative(
            **names,
            birth=data.get("birth_date") or (BirthDate.of(stored) if stored else BirthDate()),
            relation=data["relation"],
            whereabouts=data["whereabouts"],
            family_at_entry=TRUTH.get(data["family_at_entry"]),
        )


def _known(tie: FamilyTie | None) -> dict[str, Any]:
    if tie is None:
        return {}
    at_entry = {True: "yes", False: "no", None: ""}[tie.family_at_entry]
    return {name: getattr(tie.relative, name) for name in NAMES} | {
        "birth_date": BirthDate.of(tie.relative),
        "relation": tie.relation,
        "whereabouts": tie.whereabouts,
        "family_at_entry": at_entry,
    }


class TogetherForm(FileForm):
    """From when until when somebody lives with the client."""

    since = DayField(
        label=_("Since which day?"), help_text=_("May stay empty when unknown."), required=False
    )
    until = DayField(
        label=_("Until which day?"), help_text=_("Leave empty when still so."), required=False
    )

    def __init__(self, data: Any, *, known: Together | None, version: int, today: date) -> None:
        initial: dict[str, Any] = {"version": version}
        if known:
            initial |= {"since": known.since, "until": known.until}
        super().__init__(data, initial=initial)
        self.today = today

    def _past(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(_("This day lies in the future. Fill in what is so now."))
        return day

    def clean_since(self) -> date | None:
        """Refuse a day in the future."""
        return self._past("since")

    def clean_until(self) -> date | None:
        """Refuse a day in the future."""
        return self._past("until")
