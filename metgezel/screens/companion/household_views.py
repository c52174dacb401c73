"""The family of a client: who they are and where, for the rules about family."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from metgezel.companion.journeys.household import NewRelative, add_relative
from metgezel.companion.journeys.recording import StaleFile
from metgezel.foundation.association.clock import current_day
from metgezel.foundation.people.models import ClientFile, FamilyTie
from metgezel.screens.components.inputs import DayField

from .file_form import FileForm

YES_NO = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))


class RelativeForm(FileForm):
    """One relative."""

    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    relation = forms.ChoiceField(label=_("Who is this?"), choices=FamilyTie.Relation.choices)
    birth_date = DayField(label=_("Date of birth"), required=False)
    whereabouts = forms.ChoiceField(label=_("Where now?"), choices=FamilyTie.Whereabouts.choices)
    family_at_entry = forms.ChoiceField(
        label=_("Family before coming to the Netherlands?"), choices=YES_NO, required=False
    )
    changed_meanwhile = _("Somebody else changed this file meanwhile. Look again and save again.")

    def relative(self) -> NewRelative:
        """What was entered, as the journey stores it."""
        data = self.cleaned_data
        return NewRelative(
            given_name=data["given_name"],
            family_name=data["family_name"],
            birth_date=data["birth_date"],
            relation=data["relation"],
            whereabouts=data["whereabouts"],
            family_at_entry={"yes": True, "no": False}.get(data["family_at_entry"]),
        )


@require_http_methods(["GET", "POST"])
def household(request: HttpRequest, file: UUID) -> HttpResponse:
    """Who belongs to the family, and a form for one more."""
    found = get_object_or_404(ClientFile.objects.visible_to(request.user), pk=file)
    form = RelativeForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            add_relative(found, form.cleaned_data["version"], form.relative(), current_day())
        except StaleFile as stale:
            form.continue_from(stale.theirs)
        else:
            messages.success(request, _t("Added. The plan is up to date."))
            return redirect("person", file=found.pk)
    ties = found.family_ties.select_related("relative").order_by("key")
    context = {"file": found, "form": form, "ties": ties}
    return render(request, "companion/household.html", context, status=422 if form.errors else 200)
