"""The texts people say yes to. A changed text is a new version; an old one is never edited.

What was shown is stored with its hash, so nothing here needs to stay for old consents to be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in one language, as it is shown."""

    purpose: str
    version: str
    language: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the text in UTF-8, in 64 signs."""
        return sha256(self.text.encode()).hexdigest()


MANDATE = "mandate"
PURPOSES: Mapping[str, "str | Promise"] = {
    "partners": _("Sharing with another organisation"),
    "special": _("Keeping what is about health or faith"),
    "story": _("Telling your story to others"),
}
VERSION = "2026-11-24"

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "partners": {
        "nl": "Ik vind het goed dat mijn begeleider gegevens over mij deelt met een andere "
        "organisatie die mij helpt. Alleen wat nodig is, en ik hoor van tevoren wat en aan wie. "
        "Ik mag dit altijd intrekken. De hulp stopt dan niet.",
        "en": "I agree that my companion shares data about me with another organisation that "
        "helps me. Only what is needed, and I hear beforehand what and with whom. "
        "I may always take this back. The help does not stop then.",
    },
    "special": {
        "nl": "Ik vind het goed dat in mijn dossier staat wat ik vertel over mijn gezondheid of "
        "mijn geloof, als dat nodig is om mij te helpen. "
        "Ik mag dit altijd intrekken. De hulp stopt dan niet.",
        "en": "I agree that what I tell about my health or my faith is kept in my file, when that "
        "is needed to help me. I may always take this back. The help does not stop then.",
    },
    "story": {
        "nl": "Ik vind het goed dat mijn verhaal zonder mijn naam wordt verteld aan anderen, zodat "
        "zij begrijpen wat mensen meemaken. Ik lees de tekst eerst. "
        "Ik mag dit altijd intrekken. Wat al gedrukt is, blijft bestaan.",
        "en": "I agree that my story is told to others without my name, so that they understand "
        "what people go through. I read the text first. "
        "I may always take this back. What was printed already stays.",
    },
    MANDATE: {
        "nl": "Ik geef deze persoon een machtiging: deze persoon mag voor mij vragen stellen, "
        "brieven ontvangen en mijn gegevens inzien, van de eerste tot en met de laatste dag die "
        "hier staat. Ik mag dit altijd intrekken.",
        "en": "I give this person a mandate: this person may ask questions for me, receive letters "
        "and see my data, from the first up to and including the last day that stands here. "
        "I may always take this back.",
    },
}  # fmt: skip


def text_to_show(purpose: str, language: str) -> Shown:
    """The text of today; in Dutch where the language is missing. Raises KeyError."""
    texts = _TEXTS[purpose]
    code = language if language in texts else "nl"
    return Shown(purpose, VERSION, code, texts[code])
