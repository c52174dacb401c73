"""Who looked in my file: the client reads the journal of her own file, and may ask about it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.access.models import DropIn
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.models import JournalEntry, JournalQuestion
from metgezel.foundation.audit.questions import ask
from metgezel.foundation.audit.reading import journal_of, own_file
from metgezel.foundation.people.models import ClientFile

from .journal_days import days_of
from .language import NOT_REVIEWED, in_her_language

PAGE = 100


@require_safe
@in_her_language
def own_journal(request: HttpRequest) -> HttpResponse:
    """By day, the newest first; her own looks only when she asks for them."""
    file, user = _hers(request)
    with_own = request.GET.get("mine") == "1"
    entries = journal_of(file, without=None if with_own else user)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal():
        entries = entries.filter(pk__lt=min(int(before), 2**62))
    found = list(entries[: PAGE + 1])
    shown = found[:PAGE]
    mine = "mine=1&" if with_own else ""
    context = {
        "days": days_of(shown, _reasons(user, shown)),
        "questions": JournalQuestion.objects.visible_to(user)
        .filter(file=file)
        .select_related("answered_by")[:20],
        "with_own": with_own,
        "older": f"?{mine}before={shown[-1].pk}" if len(found) > PAGE else "",
        "newest": f"?{mine}".rstrip("&") if before else "",
        **_language(),
    }
    return render(request, "client/own_journal.html", context)


class QuestionForm(forms.Form):
    """What she wants to know; words are welcome but not needed."""

    words = forms.CharField(
        label=_("What do you want to ask?"),
        help_text=_("You may write in your own language."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "POST"])
@in_her_language
def own_journal_ask(request: HttpRequest, line: int) -> HttpResponse:
    """Ask the privacy officer about one line."""
    file, user = _hers(request)
    entry = get_object_or_404(journal_of(file), pk=line)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask(file, entry, form.cleaned_data["words"], timezone.now())
        messages.success(
            request, gettext("Your question has been sent. You will find the answer on this page.")
        )
        return redirect("own_journal")
    days = days_of([entry], _reasons(user, [entry]))
    context = {"form": form, "day": days[0], "visit": days[0].visits[0], **_language()}
    status = 422 if form.errors else 200
    return render(request, "client/own_journal_ask.html", context, status=status)


def _hers(request: HttpRequest) -> tuple[ClientFile, User]:
    file = own_file(request.user)
    if file is None or not isinstance(request.user, User):
        raise Http404
    return file, request.user


def _reasons(user: User, entries: list[JournalEntry]) -> dict[int, str]:
    """The reasons given for the drop-in keys among these lines; no query when there are none."""
    keys = {entry.drop_in for entry in entries if entry.drop_in}
    if not keys:
        return {}
    found = DropIn.objects.visible_to(user).filter(pk__in=keys).order_by("pk")
    return {key.pk: key.get_reason_display() for key in found}


def _language() -> dict[str, object]:
    return {
        "offered_languages": settings.CLIENT_LANGUAGES,
        "not_reviewed": (get_language() or "") in NOT_REVIEWED,
    }
