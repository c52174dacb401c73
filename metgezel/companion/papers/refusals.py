"""Why a paper was not stored, in a sentence each that also says what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LARGEST = 20 * 1024 * 1024

REASONS: "Mapping[str, _StrPromise]" = {
    "empty": _("This file is empty. Nothing was stored; choose another file."),
    "too_large": _(
        "This file is larger than 20 MB. Nothing was stored; make a photo of each page instead."
    ),
    "unknown": _(
        "This is not a PDF, a photo (JPEG or PNG) or a plain text. Nothing was stored; "
        "save it as a PDF first, or make a photo of it."
    ),
    "heic": _(
        "This photo is in a form that not everybody can open. Nothing was stored; set the camera "
        "to the most compatible form (JPEG), or make a picture of the screen."
    ),
    "broken": _(
        "This file cannot be opened: it is damaged. Nothing was stored; make it again, or make a "
        "photo of the paper."
    ),
    "locked": _(
        "This PDF is locked with a password. Nothing was stored; print it to a PDF without a "
        "password, or make a photo."
    ),
    "too_much": _(
        "This PDF is too large inside: more than 300 pages, or made in a strange way. Nothing was "
        "stored; choose the pages that matter, or make photos."
    ),
    "too_many_pixels": _(
        "This picture is too large to open safely. Nothing was stored; make a smaller one."
    ),
    "infected": _(
        "The virus scanner says this file is dangerous. Nothing was stored; do not open it, and "
        "tell your team leader."
    ),
    "scanner": _(
        "The virus scanner does not answer, so nothing was stored. Try again later, or tell the "
        "administrator."
    ),
    "disk": _(
        "The paper could not be kept: the disk is full or cannot be written. Nothing was stored; "
        "tell the administrator."
    ),
}


class PaperRefused(Exception):
    """A paper was not stored; the text is the reason's code."""

    @property
    def sentence(self) -> str:
        """What the user reads, in her language."""
        return str(REASONS[str(self)])
