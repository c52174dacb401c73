"""Requests about one's own data: written down, extended, answered in time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.privacy.requests import (
    CONTESTS,
    answer,
    due_on,
    extend,
    record_request,
    request_for,
    requests_for,
)

from .duty_forms import AnswerRequestForm, ExtendForm, RequestForm


@require_safe
def privacy_requests(request: HttpRequest) -> HttpResponse:
    """Those that wait, the first due on top; then the answered."""
    found = [(one, due_on(one)) for one in requests_for(request.user)]
    context = {
        "waiting": [one for one in found if not one[0].answered_on],
        "done": [one for one in found if one[0].answered_on][:50],
        "today": current_day(),
    }
    return render(request, "privacy/requests.html", context)


@require_http_methods(["GET", "POST"])
def privacy_request_new(request: HttpRequest) -> HttpResponse:
    """Write down a request."""
    officer = _officer(request)
    form = RequestForm(request.POST or None, initial={"asked_on": current_day()})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        try:
            made = record_request(officer, number, current_day(), form.values())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, gettext("Written down. The answer is due within a month."))
            return redirect("privacy_request", asked=made.pk)
    context = {"form": form}
    return render(request, "privacy/request_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def privacy_request(request: HttpRequest, asked: int) -> HttpResponse:
    """One request: what to do, by when, and the answer."""
    officer = _officer(request)
    found = request_for(officer, asked)
    if found is None:
        raise Http404
    wants_more = request.POST.get("action") == "extend"
    form = AnswerRequestForm(None if wants_more else request.POST or None)
    longer = ExtendForm(request.POST if wants_more else None, auto_id="longer_%s")
    sent = longer if wants_more else form
    if request.method == "POST" and sent.is_valid():
        data, today = sent.cleaned_data, current_day()
        try:
            if wants_more:
                extend(found, officer, data["reason"], today)
            else:
                words, contested = data["words"], data["contested"]
                answer(found, officer, data["outcome"], words, contested, today)
        except ValidationError as refused:
            sent.add_error(None, refused)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("privacy_requests")
    context = {
        "asked": found,
        "due": due_on(found),
        "today": current_day(),
        "form": form,
        "longer": longer,
        "may_extend": not found.extended_on and current_day() <= due_on(found),
        "contests": found.kind in CONTESTS,
    }
    return render(request, "privacy/request.html", context, status=422 if sent.errors else 200)


def _officer(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
