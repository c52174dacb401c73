"""The first page of an empty installation: its first administrator."""

from django import forms
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from metgezel.foundation.association.clock import current_day
from metgezel.foundation.association.first_run import first_administrator
from metgezel.foundation.association.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class FirstAdministratorForm(forms.Form):
    """What must be known before anybody can log in."""

    code = forms.CharField(
        label=_("Code"), help_text=_("Shown where Metgezel was started."), max_length=40
    )
    association = forms.CharField(label=_("Name of the association"), max_length=120)
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        strip=False,
        label=_("Choose a password"),
        help_text=_("At least 12 characters; a short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def made(self) -> User | None:
        """Make the administrator; None when something is wrong, which the form then shows."""
        if not self.is_valid():
            return None
        try:
            user, _top = first_administrator(**self.cleaned_data, today=current_day())
        except ValidationError as problem:
            self.add_error(None, problem.messages)
            return None
        return user


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Ask for the code and make the first administrator; log her in."""
    form = FirstAdministratorForm(request.POST or None)
    user = form.made() if request.method == "POST" else None
    if user is None:
        return render(request, "account/first_run.html", {"form": form})
    login(request, user, backend=BACKEND)
    return redirect("office")
