"""What every form that changes a file has: the version it was opened on."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FileForm(forms.Form):
    """Carries the file's version, and goes on from a newer one without losing what was typed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    changed_meanwhile = _(
        "Somebody else changed this file meanwhile. Nothing you typed is lost. "
        "Look at what changes now and save again."
    )

    def continue_from(self, theirs: int) -> None:
        """Keep what was typed after somebody else changed the file, and say so."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(theirs)  # type: ignore[index]
        self.add_error(None, self.changed_meanwhile)
