"""Forms of the privacy officer: a request, its answer, a breach, keeping longer."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.privacy.models import Breach, SubjectRequest
from metgezel.screens.components.inputs import ChoiceCards, DayField, DayInput

NO_NAMES = _("Write no names: this register outlives the file.")


def long_text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A few lines of text."""
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4000, widget=area
    )


class RequestForm(forms.Form):
    """Who asks what, about which file."""

    number = forms.CharField(
        label=_("File number"), max_length=20, help_text=_("For example K7P-3QX")
    )
    kind = forms.ChoiceField(
        label=_("What is asked?"), choices=SubjectRequest.Kind.choices, widget=ChoiceCards
    )
    asked_on = DayField(label=_("When was it asked?"))
    asked_by = forms.ChoiceField(
        label=_("Who asks?"), choices=SubjectRequest.AskedBy.choices, widget=ChoiceCards
    )
    identity = forms.ChoiceField(
        label=_("How do you know that it is this person?"),
        choices=SubjectRequest.Identity.choices,
        widget=ChoiceCards,
    )
    words = long_text(_("What exactly?"), NO_NAMES, required=False)

    def values(self) -> dict[str, Any]:
        """Everything but the number."""
        return {name: value for name, value in self.cleaned_data.items() if name != "number"}


class AnswerRequestForm(forms.Form):
    """What was done with a request."""

    outcome = forms.ChoiceField(
        label=_("What was done?"), choices=SubjectRequest.Outcome.choices, widget=ChoiceCards
    )
    words = long_text(_("What was done, or why not?"), NO_NAMES)
    contested = forms.BooleanField(
        label=_("The person still disagrees: show this in the file"), required=False
    )


class ExtendForm(forms.Form):
    """Two months more."""

    reason = forms.CharField(label=_("Why does it take longer?"), max_length=300)


class KeepLongerForm(forms.Form):
    """Until when a file must be kept, and why."""

    until = DayField(label=_("Keep it until"))
    reason = forms.CharField(
        label=_("Why must it be kept?"),
        max_length=300,
        help_text=_("For example: an appeal still runs. Write no names."),
    )


class MomentField(forms.MultiValueField):
    """A day and a time on it; both or neither."""

    def __init__(self, **options: Any) -> None:
        parts = (DayField(), forms.TimeField())
        super().__init__(parts, require_all_fields=False, widget=MomentInput(), **options)
        for one in parts:
            one.required = False

    def compress(self, values: list[Any]) -> dt.datetime | None:
        """The moment, on the clock of the Netherlands."""
        day, time = [*values, None, None][:2]
        if day is None and time is None:
            return None
        if day is None or time is None:
            raise ValidationError(_("Fill in both the day and the time, for example 14:30."))
        return timezone.make_aware(dt.datetime.combine(day, time))


class MomentInput(forms.MultiWidget):
    """The boxes of a day, and one for the time."""

    template_name = "privacy/moment.html"
    use_fieldset = True

    def __init__(self) -> None:
        time = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__((DayInput(), time))

    def decompress(self, value: Any) -> list[Any]:
        """A stored moment as day and time."""
        if not isinstance(value, dt.datetime):
            return [None, None]
        local = timezone.localtime(value)
        return [local.date(), f"{local:%H:%M}"]


class BreachForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known of a breach; it may be filled in bit by bit."""

    discovered_at = MomentField(
        label=_("When was it discovered?"), help_text=_("From this moment the 72 hours run.")
    )
    reported_at = MomentField(
        label=_("When was it reported to the authority?"),
        help_text=_("The Dutch Data Protection Authority (Autoriteit Persoonsgegevens)."),
        required=False,
    )
    told_at = MomentField(label=_("When were the people told?"), required=False)

    class Meta:
        model = Breach
        fields = (
            "discovered_at",
            "facts",
            "hit",
            "people",
            "measures",
            "reported_at",
            "delay_reason",
            "not_reported_reason",
            "told_at",
            "not_told_reason",
        )
        labels = {
            "facts": _("What happened?"),
            "hit": _("Who is hit, and by what?"),
            "people": _("How many people?"),
            "measures": _("What was done about it?"),
            "delay_reason": _("Why was it reported after 72 hours?"),
            "not_reported_reason": _("Or why is it not reported?"),
            "not_told_reason": _("Or why are they not told?"),
        }
        help_texts = {"facts": NO_NAMES}
        widgets = {
            "facts": forms.Textarea(attrs={"rows": 4}),
            "hit": forms.Textarea(attrs={"rows": 3}),
            "measures": forms.Textarea(attrs={"rows": 3}),
        }

    def _post_clean(self) -> None:
        """The domain checks and stores; the form only reads."""
