"""What clients ask about the journal of their file, and the answers."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import listed
from metgezel.foundation.audit.questions import answer
from metgezel.foundation.audit.reading import questions_for

from .line_words import line_in_words
from .tabs import tabs


@require_safe
def privacy_questions(request: HttpRequest) -> HttpResponse:
    """The unanswered first, the oldest on top."""
    found = questions_for(request.user)
    listed(len(found))
    context = {
        "tabs": tabs("privacy_questions"),
        "waiting": [(one, line_in_words(one.entry)) for one in found if not one.answered_at],
        "done": [(one, line_in_words(one.entry)) for one in found if one.answered_at],
    }
    return render(request, "privacy/questions.html", context)


class AnswerForm(forms.Form):
    """The answer, as the client will read it."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The client reads this. Use short sentences."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@require_http_methods(["GET", "POST"])
def privacy_question(request: HttpRequest, question: int) -> HttpResponse:
    """One question, with the line it is about, and a place for the answer."""
    officer = request.user
    found = next((one for one in questions_for(officer) if one.pk == question), None)
    if found is None or not isinstance(officer, User):
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(found, officer, form.cleaned_data["words"], timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            messages.success(request, gettext("Sent. The client sees your answer."))
            return redirect("privacy_questions")
    listed(1)
    context = {"question": found, "line": line_in_words(found.entry), "form": form}
    status = 422 if form.errors else 200
    return render(request, "privacy/question.html", context, status=status)
