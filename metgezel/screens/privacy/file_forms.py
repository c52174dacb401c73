"""Forms about the privacy of one person: a yes, and a mandate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metgezel.screens.components.inputs import DayField


class ShownForm(forms.Form):
    """Carries the hash of the text that was shown, so that no other text is agreed to."""

    shown = forms.CharField(widget=forms.HiddenInput)


class ConsentForm(ShownForm):
    """A yes to the text above."""

    agreed = forms.BooleanField(label=_("She has read or heard this text, and says yes"))


class MandateForm(ShownForm):
    """Who may act for her, from when until when."""

    holder = forms.CharField(label=_("Who may act for her?"), max_length=120)
    starts = DayField(label=_("From"))
    ends = DayField(label=_("Up to and including"), help_text=_("At most two years later."))
    agreed = forms.BooleanField(label=_("She has read or heard this text, and says yes"))
