"""Who gave or ended which role: a line in the journal, for the privacy officer.

Who hands out access could hand it to an account of her own making; this is where that shows.
"""

from django import forms
from django.http import HttpRequest

from metgezel.foundation.association.models import User
from metgezel.foundation.audit.models import Action
from metgezel.foundation.audit.writing import Line, record


def write_down(request: HttpRequest, colleague: User, form: forms.Form) -> None:
    """Write which page changed whose roles; call it in the transaction of the change."""
    match = request.resolver_match
    done = match.url_name if match and match.url_name else "office"
    role = form.cleaned_data.get("role", "")
    words = (done, f"role:{role}") if role else (done,)
    record(Line(Action.CHANGED, row=f"user {colleague.pk}", changed=words))
