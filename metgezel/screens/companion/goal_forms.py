"""A goal in the person's own words, and a step people add themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from metgezel.companion.journeys.goals import LONGEST_GOAL, LONGEST_STEP, StepWords
from metgezel.companion.journeys.models import Doer, Goal, What
from metgezel.screens.components.inputs import DayField

from .law_words import doer_choices
from .step_forms import ThingForm


class GoalForm(ThingForm):
    """What the person wants."""

    what = What.GOAL
    words = forms.CharField(
        label=_("What does this person want?"),
        help_text=_("In her own words. For example: I want to work as a nurse again."),
        max_length=LONGEST_GOAL,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OwnStepForm(ThingForm):
    """What to do, perhaps before a day, by whom, and for which goal."""

    what = What.OWN_STEP
    title = forms.CharField(
        label=_("What is to be done?"),
        help_text=_("Short and plain. For example: call the school about a place."),
        max_length=LONGEST_STEP,
    )
    due = DayField(label=_("Before which day?"), required=False)
    doer = forms.ChoiceField(
        label=_("Who does it?"), widget=forms.RadioSelect, initial=Doer.TOGETHER
    )
    goal = forms.ChoiceField(label=_("For which goal?"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, subject: str, goals: Iterable[Goal], **kwargs: Any
    ) -> None:
        super().__init__(data, subject, **kwargs)
        self.goals = {str(goal.pk): goal for goal in goals}
        self.fields["doer"].choices = doer_choices()  # type: ignore[attr-defined]
        choices = [(number, goal.words) for number, goal in self.goals.items()]
        if choices:
            self.fields["goal"].choices = [("", _("no goal")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["goal"]

    def entered(self) -> StepWords:
        """What was entered, as the journey stores it."""
        data = self.cleaned_data
        return StepWords(
            title=data["title"],
            goal=self.goals.get(data.get("goal", "")),
            due=data["due"],
            doer=Doer(data["doer"]),
        )
