"""The few facts a new file begins with."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.access.door import Visitor, reach_of
from metgezel.foundation.association.models import Unit, UnitKind
from metgezel.foundation.people.countries import country_choices
from metgezel.foundation.people.models import Person
from metgezel.screens.components.inputs import DayField


def units_of(user: Visitor) -> QuerySet[Unit]:
    """The locations somebody may open a file at."""
    reach = reach_of(user)
    return Unit.objects.at_or_below(*reach.works_in).filter(kind=UnitKind.LOCATION).order_by("name")


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Name, birth, nationality, place."""

    birth_date = DayField(label=_("Date of birth"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Location"))

    class Meta:
        model = Person
        fields = ("given_name", "family_name", "name_own_script", "birth_date", "nationality")

    def __init__(self, *args: object, units: QuerySet[Unit], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        choices = [("", _("not known")), *country_choices(get_language() or "nl")]
        self.fields["nationality"] = forms.ChoiceField(
            choices=choices, label=_("Nationality"), required=False
        )

    def save(self, commit: bool = True) -> Person:
        """Store the person; a whole date is known to the day."""
        if self.instance.birth_date:
            self.instance.birth_date_precision = "day"
        person: Person = super().save(commit)
        return person
