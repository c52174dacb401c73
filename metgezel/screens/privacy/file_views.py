"""The privacy of one person, for whoever walks along with her and for herself."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.access.grounds import may_read
from metgezel.foundation.access.kept import Kept
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import exported
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy.consent_texts import MANDATE, PURPOSES, text_to_show
from metgezel.foundation.privacy.consents import (
    give_consent,
    give_mandate,
    withdraw_consent,
    withdraw_mandate,
)
from metgezel.foundation.privacy.models import Consent, Mandate
from metgezel.foundation.privacy.overview_file import overview_zip
from metgezel.foundation.privacy.requests import contested_in, overview_asked
from metgezel.screens.confirming import recently_confirmed

from .file_forms import ConsentForm, MandateForm

MOST = 2**62  #: a larger number would break the question to the database


@require_http_methods(["GET", "POST"])
def file_privacy(request: HttpRequest, file: UUID) -> HttpResponse:
    """What she agreed to, who may act for her, what she contests; a POST takes something back."""
    found, user = _file(request, file)
    consents = Consent.objects.visible_to(user).filter(file=found)
    mandates = Mandate.objects.visible_to(user).filter(file=found)
    if request.method == "POST":
        _take_back(request, consents, mandates)
        return redirect("file_privacy", file=found.pk)
    running = {one.purpose: one for one in consents if one.withdrawn_at is None}
    context = {
        "file": found,
        "purposes": [(key, name, running.get(key)) for key, name in PURPOSES.items()],
        "before": [
            (PURPOSES.get(one.purpose, one.purpose), one) for one in consents if one.withdrawn_at
        ],
        "mandates": mandates,
        "today": current_day(),
        "contested": contested_in(found.pk),
        "may_take": _may_take(user, found),
    }
    return render(request, "privacy/file_privacy.html", context)


@require_http_methods(["GET", "POST"])
def file_consent(request: HttpRequest, file: UUID) -> HttpResponse:
    """Show a text and write down a yes. The address names the purpose."""
    found, user = _file(request, file)
    purpose = request.GET.get("purpose", "")
    if purpose not in PURPOSES:
        return redirect("file_privacy", file=found.pk)
    shown = text_to_show(purpose, get_language() or "nl")
    form = ConsentForm(request.POST or None, initial={"shown": shown.sha256})
    if request.method == "POST" and form.is_valid():
        hashed, now = form.cleaned_data["shown"], timezone.now()
        try:
            give_consent(found, user, purpose, shown.language, hashed, now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, gettext("Written down. She may always take it back."))
            return redirect("file_privacy", file=found.pk)
    context = {"file": found, "form": form, "shown": shown, "title": PURPOSES[purpose]}
    return render(request, "privacy/file_text.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def file_mandate(request: HttpRequest, file: UUID) -> HttpResponse:
    """Show the text of a mandate and write down who may act for her."""
    found, user = _file(request, file)
    shown = text_to_show(MANDATE, get_language() or "nl")
    start = {"shown": shown.sha256, "starts": current_day()}
    form = MandateForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        term = (data["starts"], data["ends"])
        try:
            give_mandate(found, user, data["holder"], term, shown.language, data["shown"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, gettext("Written down. She may always take it back."))
            return redirect("file_privacy", file=found.pk)
    title = gettext("A mandate: somebody acts for her")
    context = {"file": found, "form": form, "shown": shown, "title": title}
    return render(request, "privacy/file_text.html", context, status=422 if form.errors else 200)


@never_cache
@recently_confirmed
@require_safe
def file_overview(request: HttpRequest, file: UUID) -> HttpResponse:
    """Everything about one person as a ZIP: for herself, or when she asked for it."""
    found, user = _file(request, file)
    if not _may_take(user, found):
        messages.info(
            request,
            gettext(
                "Nobody asked for an overview. The privacy officer writes a request down first."
            ),
        )
        return redirect("file_privacy", file=found.pk)
    content = overview_zip(found, current_day(), get_language() or "nl")
    exported(1)
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="overview-{found.number}.zip"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _may_take(user: User, file: ClientFile) -> bool:
    """She herself; or, when it was asked for, who may read all that is in it.

    Her numbers are in it, which a key, leading the team or helping with one thing do not open.
    """
    if user.person_id == file.person_id:
        return True
    return may_read(user, file.pk, Kept.IDENTIFIERS) and overview_asked(file.pk)


def _file(request: HttpRequest, file: UUID) -> tuple[ClientFile, User]:
    files = ClientFile.objects.visible_to(request.user).select_related("person", "unit")
    found = get_object_or_404(files.all(), pk=file)
    if not isinstance(request.user, User):
        raise Http404
    return found, request.user


def _take_back(
    request: HttpRequest, consents: QuerySet[Consent], mandates: QuerySet[Mandate]
) -> None:
    kind, _, number = request.POST.get("take_back", "").partition("-")
    if not (number.isascii() and number.isdecimal()):
        raise Http404
    if kind == "consent":
        withdraw_consent(
            get_object_or_404(consents.all(), pk=min(int(number), MOST)), timezone.now()
        )
    else:
        withdraw_mandate(
            get_object_or_404(mandates.all(), pk=min(int(number), MOST)), current_day()
        )
    messages.success(request, gettext("Taken back. From now on it does not hold."))
