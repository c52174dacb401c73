"""How long each kind of record is kept, why, and how sure we are of it. Data, not code.

``confidence`` says what stands behind a term: the law itself, our own technical need, or a choice
that no lawyer has confirmed yet. An association that decides otherwise changes this table.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Confidence(StrEnum):
    """What a term rests on."""

    LAW = "law"
    NEED = "need"
    NOT_CONFIRMED = "not confirmed"


CONFIDENCE_WORDS: dict[Confidence, Text] = {
    Confidence.LAW: _("stands in the law"),
    Confidence.NEED: _("no longer needed after this"),
    Confidence.NOT_CONFIRMED: _("not confirmed: no law names a term, and no lawyer checked ours"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One category. ``days`` None: no term; it goes with what it belongs to, or stays.

    ``anonymous``: what happens at the end. Files have years, counted from the day of closing, and
    ``grace`` days in which somebody can object.
    """

    key: str
    what: Text
    kept: Text
    source: Text
    confidence: Confidence
    years: int = 0
    days: int | None = None
    grace: int = 0


_FIVE = _("GDPR art. 5(1)(e); claims lapse after five years (Civil Code art. 3:310)")
_PROOF = _("GDPR art. 5(2): being able to show what was done")

TERMS = (
    Term(
        "file", _("Files of clients, with all that hangs on them"),
        _("until five years after closing; then 60 days to object, then erased"),
        _FIVE, Confidence.NOT_CONFIRMED, years=5, grace=60,
    ),
    Term(
        "open_file", _("Files that are open"), _("as long as the person is helped"),
        _("GDPR art. 5(1)(e)"), Confidence.LAW,
    ),
    Term(
        "key_tries", _("Tries for a drop-in key"), _("30 days"),
        _("counted per day; some weeks to look back at guessing"), Confidence.NEED, days=30,
    ),
    Term(
        "log_in_tries", _("Failed log-ins"), _("30 days"),
        _("GDPR art. 32: to notice an attack"), Confidence.NEED, days=30,
    ),
    Term(
        "sessions", _("Sessions that ended"), _("until the next night"),
        _("not needed after they end"), Confidence.NEED, days=0,
    ),
    Term(
        "requests", _("Requests about one's data"), _("five years after the answer"),
        _PROOF, Confidence.NOT_CONFIRMED, years=5,
    ),
    Term(
        "breaches", _("The register of data breaches"), _("five years after discovery"),
        _("GDPR art. 33(5): documenting; it names no term"), Confidence.NOT_CONFIRMED, years=5,
    ),
    Term(
        "consents", _("Consents and mandates"), _("as long as the file"),
        _("GDPR art. 7(1): being able to show consent"), Confidence.LAW,
    ),
    Term(
        "journal", _("The journal of who saw which file"),
        _("stays; it holds numbers, no names and no words"), _PROOF, Confidence.NOT_CONFIRMED,
    ),
    Term(
        "erased", _("The list of erased files"), _("stays; it holds numbers and years"),
        _("GDPR art. 5(2); needed to erase again after a backup is put back"),
        Confidence.NOT_CONFIRMED,
    ),
    Term(
        "drafts", _("Drafts"), _("none are kept: what is not sent is not stored"),
        _("GDPR art. 5(1)(c)"), Confidence.LAW,
    ),
)  # fmt: skip

BY_KEY = {term.key: term for term in TERMS}
