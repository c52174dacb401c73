"""The gallery: every component with invented content, in either direction of writing."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import samples
from .inputs import CheckboxCards, ChoiceCards, DayField, DayInput


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField()
    day = DayField()
    kind = forms.ChoiceField()
    place = forms.ChoiceField()
    who = forms.ChoiceField(widget=forms.RadioSelect)
    help_with = forms.MultipleChoiceField(widget=CheckboxCards, required=False)
    amount = forms.IntegerField(required=False)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    certain = forms.BooleanField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        texts = samples.form_texts()
        for name, (label, hint) in texts.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint
        self.fields["day"].widget = DayInput(today=samples.TODAY)
        self.fields["kind"].widget = ChoiceCards(
            icons=samples.KIND_ICONS, hints=samples.kind_hints()
        )
        for name, choices in samples.form_choices().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _show(request: HttpRequest) -> HttpResponse:
    wrong = {"day_day": "31", "day_month": "2", "day_year": "2026", "kind": "decision"}
    context = {
        "form": SampleForm(initial={"day": samples.TODAY, "who": "together"}, prefix="right"),
        "wrong_form": SampleForm(wrong),
        "today": samples.TODAY,
        **samples.everything(),
    }
    context["title"] = _("Components")
    return render(request, "components/gallery.html", context)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; `?dir=rtl` in Arabic. Only where people are invented anyway."""
    if not (settings.DEBUG or getattr(settings, "METGEZEL_DEMO", False)):
        raise Http404
    if request.GET.get("dir") == "rtl":
        with translation.override("ar"):
            return _show(request)
    return _show(request)
