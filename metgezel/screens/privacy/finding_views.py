"""What is striking in the journal, and what was found after asking."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.findings import look_back, review
from metgezel.foundation.audit.models import JournalFinding
from metgezel.foundation.audit.reading import file_numbers, findings_for
from metgezel.screens.components.days import in_words
from metgezel.screens.components.inputs import ChoiceCards

from .finding_words import in_a_sentence, what_can_explain_it
from .tabs import tabs

DAYS_BACK = 28
STATES = JournalFinding.State


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Findings that wait, and those that were looked at."""
    waiting = findings_for(request.user, [STATES.OPEN])
    done = findings_for(request.user, [STATES.EXPLAINED, STATES.TALK, STATES.BREACH])
    numbers = file_numbers(one.file for one in [*waiting, *done])
    context = {
        "tabs": tabs("privacy"),
        "waiting": [_shown(one, numbers) for one in waiting],
        "done": [_shown(one, numbers) for one in done],
        "days_back": DAYS_BACK,
    }
    return render(request, "privacy/findings.html", context)


def _shown(finding: JournalFinding, numbers: Any) -> dict[str, Any]:
    return {
        "finding": finding,
        "sentence": in_a_sentence(finding, numbers),
        "day": in_words(finding.day),
        "href": reverse("privacy_finding", kwargs={"finding": finding.pk}),
    }


@require_POST
def privacy_look_back(request: HttpRequest) -> HttpResponse:
    """Go through the last weeks again; what was found before stays."""
    new = look_back(current_day(), DAYS_BACK)
    text = gettext("New findings: %(number)s.") % {"number": new}
    messages.success(request, text if new else gettext("Nothing new was found."))
    return redirect("privacy")


class ReviewForm(forms.Form):
    """What came of asking."""

    state = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (STATES.EXPLAINED, _("It is explained")),
            (STATES.TALK, _("It needs a talk")),
            (STATES.BREACH, _("It is a data breach")),
        ],
        widget=ChoiceCards(
            hints={
                STATES.BREACH.value: _("Report it: the 72 hours for the authority run from now.")
            }
        ),
    )
    words = forms.CharField(
        label=_("What did you hear?"),
        help_text=_("Who you asked and what was said. Write nothing about the client."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "POST"])
def privacy_finding(request: HttpRequest, finding: int) -> HttpResponse:
    """One finding: the sentence, the lines behind it, and what came of asking."""
    officer = request.user
    found = next((one for one in findings_for(officer, STATES.values) if one.pk == finding), None)
    if found is None or not isinstance(officer, User):
        raise Http404
    first = {"state": found.state, "words": found.words}
    form = ReviewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            review(found, officer, data["state"], data["words"], timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            messages.success(request, gettext("Stored. It stays on record who looked at it."))
            return redirect("privacy")
    numbers = file_numbers([found.file])
    context = {
        **_shown(found, numbers),
        "explanation": what_can_explain_it(found.kind),
        "lines_href": _lines_href(found, numbers.get(found.file, "") if found.file else ""),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "privacy/finding.html", context, status=status)


def _lines_href(finding: JournalFinding, number: str) -> str:
    if finding.actor_id:
        where = reverse("privacy_colleague", kwargs={"colleague": finding.actor_id})
        return f"{where}?day={finding.day}"
    return f"{reverse('privacy_file')}?number={number}"
