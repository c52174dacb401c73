"""What is known of a person: the few facts a file begins with, and all of them later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.models import What
from metgezel.companion.journeys.people_changes import EnteredPerson, LanguageSpoken
from metgezel.foundation.access.door import Visitor, reach_of
from metgezel.foundation.association.models import Unit, UnitKind
from metgezel.foundation.people.birth import BirthDate, read_birth_date
from metgezel.foundation.people.countries import country_choices
from metgezel.foundation.people.identifiers import normalised_v_number
from metgezel.foundation.people.languages import language_choices
from metgezel.foundation.people.models import Gender, LanguageLevel, Person
from metgezel.foundation.people.municipalities import municipality_choices
from metgezel.screens.components.inputs import DayInput

from .file_form import FileForm
from .meanwhile import Meanwhile

NOT_KNOWN = ("", _("not known"))
YES_NO = (NOT_KNOWN, ("yes", _("yes")), ("no", _("no")))
TRUTH = {"yes": True, "no": False}
MOST_ROWS = 12


class BirthDateField(forms.Field):
    """Day, month and year; day and month stay empty where only the year is known.

    Cleans to a BirthDate.
    """

    widget = DayInput

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Date of birth"))
        kwargs.setdefault("help_text", _("Only the year known? Leave day and month empty."))
        super().__init__(required=False, **kwargs)
        self.today = today

    def prepare_value(self, value: Any) -> Any:
        """Show a year alone as a year."""
        if not isinstance(value, BirthDate):
            return value
        return f"{value.day.year}--" if value.day and value.precision == "year" else value.day

    def clean(self, value: Any) -> BirthDate:
        """Return the birth date, or raise ValidationError with one sentence."""
        year, month, day, *_rest = [*str(value or "").split("-", 2), "", "", ""]
        return read_birth_date(year, month, day, self.today)


def countries() -> list[tuple[str, Any]]:
    """All nationalities, for a pick list."""
    return [NOT_KNOWN, *country_choices(get_language() or "nl")]


def units_of(user: Visitor) -> QuerySet[Unit]:
    """The locations somebody may open a file at."""
    reach = reach_of(user)
    return Unit.objects.at_or_below(*reach.works_at).filter(kind=UnitKind.LOCATION).order_by("name")


class NameForm(forms.Form):
    """How somebody is called."""

    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    name_own_script = forms.CharField(
        label=_("Name in own script"),
        help_text=_("As she writes it herself, for example in Arabic or Tigrinya."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class PersonForm(NameForm):
    """The few facts a new file begins with."""

    def __init__(self, data: Any, *, units: QuerySet[Unit], today: date) -> None:
        super().__init__(data)
        self.fields["birth_date"] = BirthDateField(today=today)
        self.fields["nationality"] = forms.ChoiceField(
            label=_("Nationality"), choices=countries(), required=False
        )
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("Location"), empty_label=None)

    def save(self) -> Person:
        """Store the person."""
        data = self.cleaned_data
        names = ("given_name", "family_name", "name_own_script", "nationality")
        person = Person(**{name: data[name] for name in names})
        data["birth_date"].put_on(person)
        person.save()
        return person


class AboutForm(FileForm, NameForm):
    """All that is known of the client; the languages are in their own rows."""

    field_order = ("given_name", "family_name", "name_own_script", "birth_date", "nationality")

    def __init__(
        self, data: Any, *, person: Person, version: int, today: date, numbers: bool
    ) -> None:
        """`numbers`: whether this reader may see numbers of authorities."""
        super().__init__(data, initial=_known(person, numbers) | {"version": version})
        self.fields["birth_date"] = BirthDateField(today=today)
        self.fields["nationality"] = forms.ChoiceField(
            label=_("Nationality"), choices=countries(), required=False
        )
        self.fields["gender"] = forms.ChoiceField(
            label=_("Gender"),
            help_text=_("As it stands in her own papers."),
            choices=[NOT_KNOWN, *Gender.choices],
            required=False,
        )
        self.fields["municipality"] = forms.ChoiceField(
            label=_("Municipality where she lives"),
            choices=[NOT_KNOWN, *municipality_choices()],
            required=False,
        )
        self.fields["unaccompanied_minor"] = forms.ChoiceField(
            label=_("Came as a minor without parents?"), choices=YES_NO, required=False
        )
        self.fields["v_number"] = forms.CharField(
            label=_("V-number"),
            help_text=_("The number of the immigration service. No number is fine. Never the BSN."),
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        if not numbers:
            del self.fields["v_number"]
        self.order_fields(self.field_order)

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody changed what is known of this person."""
        return change.what == What.PERSON

    def clean_v_number(self) -> str:
        """Refuse what is not a V-number with a sentence."""
        text: str = self.cleaned_data["v_number"].strip()
        try:
            return normalised_v_number(text) if text else ""
        except ValueError:
            raise forms.ValidationError(
                _("A V-number has 4 to 14 digits and nothing else. Check it, or leave it empty.")
            ) from None

    def entered(self, languages: tuple[LanguageSpoken, ...]) -> EnteredPerson:
        """What was entered, as the journey stores it."""
        data = self.cleaned_data
        names = ("given_name", "family_name", "name_own_script")
        codes = ("nationality", "gender", "municipality")
        return EnteredPerson(
            **{name: data[name] for name in (*names, *codes)},
            v_number=data.get("v_number"),
            birth=data["birth_date"],
            unaccompanied_minor=TRUTH.get(data["unaccompanied_minor"]),
            languages=languages,
        )


def _known(person: Person, numbers: bool) -> dict[str, Any]:
    names = ("given_name", "family_name", "name_own_script")
    number = person.identifiers.filter(kind="v_number").first() if numbers else None
    return {name: getattr(person, name) for name in names} | {
        "birth_date": BirthDate.of(person),
        "nationality": person.nationality,
        "gender": person.gender,
        "municipality": person.municipality,
        "unaccompanied_minor": {True: "yes", False: "no"}.get(person.unaccompanied_minor, ""),  # type: ignore[arg-type]
        "v_number": number.value if number else "",
    }


class LanguageForm(forms.Form):
    """One language somebody speaks; a row without a language is not there."""

    level = forms.ChoiceField(label=_("How well"), choices=LanguageLevel.choices, required=False)
    interpreter_needed = forms.BooleanField(
        label=_("An interpreter is needed in this language"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("no language")), *language_choices(get_language() or "nl")]
        self.fields["code"] = forms.ChoiceField(
            label=_("Language"), choices=choices, required=False
        )
        self.order_fields(("code", "level"))

    def spoken(self) -> LanguageSpoken | None:
        """The language, or None for an empty row."""
        data: Mapping[str, Any] = self.cleaned_data
        if not data.get("code"):
            return None
        level = data["level"] or LanguageLevel.NATIVE
        return LanguageSpoken(data["code"], level, data["interpreter_needed"])


class LanguageRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The languages somebody speaks, each once."""

    def clean(self) -> None:
        """Refuse the same language twice."""
        codes = [one.code for one in self.spoken()]
        if len(codes) != len(set(codes)):
            raise forms.ValidationError(_("The same language stands there twice."))

    def spoken(self) -> tuple[LanguageSpoken, ...]:
        """The languages of the rows that were filled in."""
        rows = [form.spoken() for form in self.forms if form.is_valid()]
        return tuple(row for row in rows if row)


_Rows = forms.formset_factory(
    LanguageForm, formset=LanguageRows, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


def language_rows(data: Any, person: Person) -> LanguageRows:
    """The rows of somebody's languages, and some empty ones."""
    known = [
        {"code": one.code, "level": one.level, "interpreter_needed": one.interpreter_needed}
        for one in person.languages.order_by("id")
    ]
    rows: LanguageRows = _Rows(data, initial=known, prefix="languages")  # type: ignore[assignment]
    rows.extra = 1 if known else 2
    return rows
