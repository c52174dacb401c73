"""What people say of a step: done on a day, who does it, or why it is not needed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.models import What
from metgezel.companion.journeys.overlays import LONGEST_REASON
from metgezel.screens.components.inputs import DayField, DayInput

from .file_form import FileForm
from .law_words import doer_choices
from .meanwhile import Meanwhile


class ThingForm(FileForm):
    """A form about one thing of the file, such as a step or a goal.

    `prefix_id` keeps the fields of several forms on one page apart; `what` and `subject` are the
    thing as FileChange names it ("": a new one, which nobody else can have changed).
    """

    prefix_id = "id"
    what = What.STEP

    def __init__(self, data: Mapping[str, Any] | None, subject: str = "", **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{self.prefix_id}_%s", **kwargs)
        self.subject = subject

    def about_the_same(self, change: Meanwhile) -> bool:
        """Whether somebody changed this very thing."""
        same = change.what is self.what and change.subject == self.subject
        return bool(self.subject) and same


class DoneForm(ThingForm):
    """The day something was done; today when no day was asked."""

    prefix_id = "done"
    done_on = DayField(label=_("On which day was it done?"))

    def __init__(
        self, data: Mapping[str, Any] | None, subject: str, today: date, **kwargs: Any
    ) -> None:
        widget = DayInput(today=today)
        if data is not None and widget.value_omitted_from_data(data, {}, "done_on"):
            data = data.copy()  # type: ignore[attr-defined]
            data["done_on"] = today.isoformat()  # type: ignore[index]
        super().__init__(data, subject, **kwargs)
        self.fields["done_on"].widget = widget
        self.fields["done_on"].initial = today


class AsideForm(ThingForm):
    """Why a step is not needed."""

    prefix_id = "aside"
    reason = forms.CharField(
        label=_("Why is it not needed?"),
        help_text=_("For example: she is already insured through her work."),
        max_length=LONGEST_REASON,
    )


class DoerForm(ThingForm):
    """Who does a step from today on."""

    prefix_id = "doer"
    doer = forms.ChoiceField(label=_("Who does this from today on?"), widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, subject: str, **kwargs: Any) -> None:
        super().__init__(data, subject, **kwargs)
        self.fields["doer"].choices = doer_choices()  # type: ignore[attr-defined]


class ReopenForm(ThingForm):
    """Nothing but the version: opening again needs no words."""

    prefix_id = "reopen"
