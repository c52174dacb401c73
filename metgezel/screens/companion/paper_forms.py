"""The form that adds a paper to a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metgezel.companion.papers.refusals import LARGEST, REASONS

#: Named one by one: a phone then offers its camera, and turns its own form of photo into JPEG.
KINDS = "application/pdf,image/jpeg,image/png,text/plain,.pdf,.jpg,.jpeg,.png,.txt"


class PaperForm(forms.Form):
    """A file or a photo, and what it is."""

    content = forms.FileField(
        label=_("Choose a file or take a photo"),
        help_text=_("A PDF, a photo (JPEG or PNG) or a text, at most 20 MB."),
        error_messages={
            "required": _("Choose a file or take a photo first."),
            "empty": REASONS["empty"],
        },
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
    name = forms.CharField(
        label=_("What is it?"),
        help_text=_(
            "For example: decision of the IND. Leave it empty, and it gets the name of the file."
        ),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: object, sent: int = 0, **kwargs: object) -> None:
        """`sent` is how many bytes were posted: too much never arrives as a file."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if sent > LARGEST + 100_000:
            self.fields["content"].error_messages["required"] = REASONS["too_large"]

    def paper_name(self) -> str:
        """What was typed, else the name of the file without its ending."""
        typed: str = self.cleaned_data["name"]
        return typed or readable_name(self.cleaned_data["content"].name)


def readable_name(name: str) -> str:
    """A file's name as somebody would say it: no folder, no ending, no control characters."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    words = "".join(sign if sign.isprintable() else " " for sign in stem).replace("_", " ").split()
    return " ".join(words)[:120] or "paper"
