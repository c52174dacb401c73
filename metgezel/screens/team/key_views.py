"""Looking back at drop-in keys: who opened which file, why, and was that in order?"""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from metgezel.foundation.access.drop_in import keys_to_review, review
from metgezel.foundation.access.models import DropIn
from metgezel.foundation.association.models import User
from metgezel.foundation.audit.acting import listed
from metgezel.screens.components.inputs import ChoiceCards

AT_ONCE = 20


class ReviewForm(forms.Form):
    """Was this in order?"""

    key = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Was this in order?"), choices=DropIn.Verdict.choices, widget=ChoiceCards
    )
    words = forms.CharField(
        label=_("What is the matter?"),
        help_text=_("Only needed when it was not in order."),
        max_length=300,
        required=False,
    )


@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys nobody looked at yet, oldest first, each with its own small form."""
    if not isinstance(request.user, User):
        raise Http404
    wrong = _reviewed(request, request.user) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        return redirect("keys_to_review")
    waiting = keys_to_review(request.user, timezone.now()).order_by("opened_at", "pk")
    rows = list(waiting.select_related("user", "file__person", "file__unit")[: AT_ONCE + 1])
    listed(len(rows[:AT_ONCE]))
    forms_ = [(key, _form(key, wrong)) for key in rows[:AT_ONCE]]
    context = {"keys": forms_, "more": len(rows) > AT_ONCE, "wrong": wrong}
    return render(request, "team/keys.html", context, status=422 if wrong else 200)


def _form(key: DropIn, wrong: ReviewForm | None) -> ReviewForm:
    if wrong is not None and wrong.data.get("key") == str(key.pk):
        return wrong
    return ReviewForm(initial={"key": key.pk}, auto_id=f"key{key.pk}_%s")


def _reviewed(request: HttpRequest, leader: User) -> ReviewForm | None:
    """Store a review; the form with what is wrong when that cannot be."""
    form = ReviewForm(request.POST, auto_id=f"key{request.POST.get('key', '')}_%s")
    if not form.is_valid():
        return form
    data, now = form.cleaned_data, timezone.now()
    key = keys_to_review(leader, now).filter(pk=data["key"]).first()
    if key is None:
        messages.info(request, _t("This key has been reviewed already. Nothing was changed."))
        return None
    try:
        review(key, leader, DropIn.Verdict(data["verdict"]), data["words"], now)
    except ValidationError as refused:
        form.add_error(None, refused)
        return form
    messages.success(request, _t("Noted. Thank you for looking."))
    return None
