"""Files that were kept long enough: seen by team leader and officer, and kept longer with a reason.

The team leader sees whose file it is; the officer sees its number.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import listed
from metgezel.foundation.people.models import ClientFile
from metgezel.foundation.privacy.keeping import keep_longer, notices_for
from metgezel.foundation.privacy.models import RetentionNotice

from .duty_forms import KeepLongerForm

AT_ONCE = 50


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """What will be erased, the first day on top."""
    found = list(notices_for(request.user, current_day()).order_by("erase_from", "pk")[:AT_ONCE])
    listed(len(found))
    names = _names(request, found)
    rows = [(notice, names.get(notice.file, "")) for notice in found]
    return render(request, "privacy/keeping.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def keeping_longer(request: HttpRequest, notice: int) -> HttpResponse:
    """Say until when a file must be kept, and why."""
    if not isinstance(request.user, User):
        raise Http404
    found = get_object_or_404(notices_for(request.user, current_day()), pk=notice)
    form = KeepLongerForm(
        request.POST or None, initial={"until": found.keep_until, "reason": found.reason}
    )
    if request.method == "POST" and form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        try:
            keep_longer(found, request.user, until, reason, current_day())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, gettext("Saved. The file is kept until that day."))
            return redirect("keeping")
    name = _names(request, [found]).get(found.file, "")
    listed(1)
    context = {"form": form, "notice": found, "name": name}
    status = 422 if form.errors else 200
    return render(request, "privacy/keeping_longer.html", context, status=status)


def _names(request: HttpRequest, notices: list[RetentionNotice]) -> dict[object, str]:
    """Whose files they are, as far as this user may open them."""
    files = ClientFile.objects.visible_to(request.user).filter(pk__in=[n.file for n in notices])
    return {file.pk: file.person.full_name for file in files.select_related("person")}
