"""The parts of the officer's work, as tabs at the top of each page."""

from django.urls import reverse
from django.utils.translation import gettext

from metgezel.screens.components.shapes import Tab


def tabs(current: str) -> list[Tab]:
    """The tabs, with this URL name as the one that is open."""
    names = {
        "privacy": gettext("Striking"),
        "privacy_duties": gettext("Duties"),
        "privacy_questions": gettext("Questions"),
        "privacy_colleagues": gettext("Per colleague"),
        "privacy_file": gettext("Per file"),
    }
    return [
        Tab(label=label, href=reverse(name), current=name == current)
        for name, label in names.items()
    ]
