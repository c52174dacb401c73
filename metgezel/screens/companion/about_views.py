"""About the client: what is known of her, and changing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.changes import ChangeRefused, StaleFile
from metgezel.companion.journeys.people_changes import change_person, rehearse
from metgezel.companion.journeys.plan_compare import PlanChange
from metgezel.foundation.access.grounds import may_read
from metgezel.foundation.access.kept import Kept
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .person_forms import AboutForm, LanguageRows, language_rows
from .plan_change import change_in_cards


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, file: UUID) -> HttpResponse:
    """The form; posted, what would change in the plan, or the change itself."""
    found = get_object_or_404(
        ClientFile.objects.visible_to(request.user).select_related("person"), pk=file
    )
    data, day = request.POST or None, current_day()
    numbers = may_read(request.user, found.pk, Kept.IDENTIFIERS)
    form = AboutForm(data, person=found.person, version=found.version, today=day, numbers=numbers)
    rows = language_rows(data, found.person)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        return _posted(request, found, form, rows)
    return _page(request, found, form, rows)


def _posted(
    request: HttpRequest, file: ClientFile, form: AboutForm, rows: LanguageRows
) -> HttpResponse:
    version, day = form.cleaned_data["version"], current_day()
    entered = form.entered(rows.spoken())
    user = request.user if isinstance(request.user, User) else None
    try:
        if request.POST.get("action") == "preview":
            change = rehearse(file, day, lambda: change_person(file, user, version, entered, day))
            return _page(request, file, form, rows, change)
        change_person(file, user, version, entered, day)
    except StaleFile as stale:
        form.show_both(file, stale, request.user)
        return _page(request, file, form, rows)
    except ChangeRefused as refused:
        form.refuse(refused)
        return _page(request, file, form, rows)
    messages.success(request, _("Saved. The plan is up to date."))
    return redirect("person", file=file.pk)


def _page(
    request: HttpRequest,
    file: ClientFile,
    form: AboutForm,
    rows: LanguageRows,
    change: PlanChange | None = None,
) -> HttpResponse:
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    context = {"file": file, "form": form, "rows": rows, "change": change_in_cards(change)}
    return render(request, "companion/about.html", context, status=422 if wrong else 200)
