"""The words, icons and colours that always belong together: colour never stands alone."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Word(NamedTuple):
    """A label with its kind (neutral, info, soon, now, ok) and icon."""

    label: str | Promise
    kind: str
    icon: str


STATES = {
    "upcoming": Word(_("Later"), "neutral", "calendar"),
    "open": Word(_("Can be done now"), "info", "path"),
    "this_week": Word(_("This week"), "soon", "soon"),
    "due_soon": Word(_("Soon"), "soon", "soon"),
    "overdue": Word(_("Late, acting still helps"), "now", "now"),
    "lapsed": Word(_("Term has passed"), "now", "cross"),
    "begun": Word(_("Has begun"), "ok", "check"),
    "done": Word(_("Done"), "ok", "check"),
    "not_applicable": Word(_("Not needed"), "neutral", "minus"),
}

CONFIDENCES = {
    "V1": Word(_("Read in the law"), "neutral", "law"),
    "V2": Word(_("Second hand"), "neutral", "doc"),
    "GK": Word(_("General knowledge, not checked"), "soon", "question"),
    "U": Word(_("Uncertain"), "soon", "question"),
    "product": Word(_("Our own advice"), "info", "heart"),
    "reviewed": Word(_("Checked by a lawyer"), "ok", "check"),
}

NOTICES = {
    "info": Word(_("Good to know"), "info", "info"),
    "soon": Word(_("Attention"), "soon", "soon"),
    "now": Word(_("Act now"), "now", "now"),
    "ok": Word(_("Done"), "ok", "check"),
}

TRACKS = {
    "asylum": "shield",
    "family": "family",
    "housing": "house",
    "reception": "house",
    "social": "money",
    "own": "pencil",
    "education": "language",
    "citizenship": "globe",
    "brp": "doc",
    "income": "money",
    "integration": "language",
    "work": "work",
    "temporary": "flag",
    "return": "return",
    "health": "heart",
    "council": "people",
    "school": "language",
    "legal": "law",
    "travel": "map",
    "documents": "doc",
    "nationality": "globe",
}


def track_icon(name: str) -> str:
    """Return the icon itself, or that of a track named "track-…"."""
    return TRACKS.get(name.removeprefix("track-"), "flag") if name.startswith("track-") else name
