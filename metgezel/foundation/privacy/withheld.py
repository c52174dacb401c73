"""What somebody who asks for her data does not get, and why: the whole table, in one place.

A field that is not named here is in the export; a test fills every field and looks for it.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

TECHNICAL = _("a technical value that says nothing about you")
KEY = _("a key: whoever holds it can open what it locks")
COLLEAGUES = _("the name of a colleague; you read what was done, and in which role")
OTHER_PEOPLE = _("about somebody with a file of her own, who can ask for it herself")
UNDER_REVIEW = _("questions about what colleagues did; the privacy officer tells you the outcome")
OF_THE_ASSOCIATION = _("the planning of the association, about no more than your file number")

#: By ``app.Model`` or ``app.Model.field``.
WITHHELD: Mapping[str, Text] = {
    "association.User.password": KEY,
    "people.Person.search_name": TECHNICAL,
    "people.Identifier.index": TECHNICAL,
    "papers.Paper.file_key": KEY,
    "papers.Paper.stored_name": TECHNICAL,
    "audit.JournalEntry.place": TECHNICAL,
    "audit.JournalEntry.previous": TECHNICAL,
    "audit.JournalEntry.hash": TECHNICAL,
    "audit.JournalFinding": UNDER_REVIEW,
    "privacy.ErasedFile": OF_THE_ASSOCIATION,
    "privacy.RetentionNotice.id": TECHNICAL,
    "privacy.SubjectRequest.id": TECHNICAL,
}


def reason_to_withhold(model_label: str, field: str = "") -> Text | None:
    """Why a field, or with no field a whole model, is not given; None when it is given."""
    whole = WITHHELD.get(model_label)
    return whole or (WITHHELD.get(f"{model_label}.{field}") if field else None)
