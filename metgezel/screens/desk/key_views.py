"""The drop-in key: one file, for an hour, with a reason that the client can read."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from metgezel.foundation.access.drop_in import close_key, open_with_key, tries_left
from metgezel.foundation.access.models import DropIn
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.components.inputs import ChoiceCards


class KeyForm(forms.Form):
    """Which file, and why."""

    number = forms.CharField(
        label=_("File number"),
        max_length=20,
        help_text=_("It is on the person's card: three signs, a hyphen, three signs."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    reason = forms.ChoiceField(
        label=_("Why do you open it?"), choices=DropIn.Reason.choices, widget=ChoiceCards
    )
    words = forms.CharField(
        label=_("In your own words"),
        max_length=300,
        help_text=_("The person herself and your team leader can read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Ask for a key; on success go to the person."""
    if not isinstance(request.user, User):
        raise Http404
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            opened = open_with_key(
                request.user, data["number"], DropIn.Reason(data["reason"]), data["words"], now
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _t("Open for an hour. The person can see that you looked."))
            return redirect("person", file=opened.file_id)
    now = timezone.now()
    context = {
        "form": form,
        "left": tries_left(request.user, now),
        "keys": DropIn.objects.visible_to(request.user)
        .filter(user=request.user)
        .open_at(now)
        .select_related("file__person"),
    }
    return render(request, "desk/key.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def key_close(request: HttpRequest, file: UUID) -> HttpResponse:
    """Close my key on this file before its hour is over; a GET only shows my keys."""
    found = get_object_or_404(ClientFile.objects.visible_to(request.user), pk=file)
    if request.method == "GET":
        return redirect("drop_in")
    keys = DropIn.objects.visible_to(request.user).filter(file=found, user=request.user.pk)
    now = timezone.now()
    close_key(get_object_or_404(keys.open_at(now)), now)
    messages.success(request, _t("Closed. You cannot see this file any more."))
    return redirect("drop_in")
