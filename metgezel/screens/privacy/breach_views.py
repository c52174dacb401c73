"""The register of data breaches, with the clock of 72 hours."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.association.models import User
from metgezel.foundation.privacy.breaches import (
    Clock,
    breach_for,
    breaches_for,
    in_words,
    keep_breach,
    standing_of,
)
from metgezel.foundation.privacy.models import Breach

from .duty_forms import BreachForm


@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    """Overdue first, then those whose clock runs, then the rest."""
    rows = [
        (breach, in_words(standing), standing.clock == Clock.OVERDUE)
        for breach, standing in breaches_for(request.user, timezone.now())
    ]
    return render(request, "privacy/breaches.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def breach_new(request: HttpRequest) -> HttpResponse:
    """Write down a breach as soon as it is known; the rest may follow."""
    return _page(request, None)


@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, breach: int) -> HttpResponse:
    """What is known of one breach."""
    found = breach_for(request.user, breach)
    if found is None:
        raise Http404
    return _page(request, found)


def _page(request: HttpRequest, found: Breach | None) -> HttpResponse:
    officer = request.user
    if not isinstance(officer, User):
        raise Http404
    start = {} if found else {"discovered_at": timezone.now()}
    form = BreachForm(request.POST or None, instance=found, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            keep_breach(found, officer, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("breaches")
    standing = standing_of(found, timezone.now()) if found and not form.errors else None
    context = {
        "form": form,
        "breach": found,
        "clock": in_words(standing) if standing else "",
        "until": standing.until if standing else None,
        "open": standing is not None and standing.clock in (Clock.OVERDUE, Clock.RUNNING),
    }
    return render(request, "privacy/breach.html", context, status=422 if form.errors else 200)
