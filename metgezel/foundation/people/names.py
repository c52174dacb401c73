"""Names as they are searched: without accents, capitals and the spelling variants of a script."""

import unicodedata
from typing import Any

from django.db import models

#: Letters that Unicode does not take apart, and variants that people type for one another.
_SAME_LETTER = str.maketrans(
    {
        # Latin
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
        "ħ": "h", "ŋ": "n",
        # Arabic, Persian, Kurdish: alef wasla, alef maksura and Persian yeh, Persian and
        # Kurdish keheh, teh marbuta and Kurdish heh, loose hamza, tatweel, joiners
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ە": "ه",
        "ھ": "ه", "ہ": "ه", "ء": "", "ـ": "", "\u200c": "", "\u200d": "",
        # Cyrillic (Ukrainian and Russian)
        "ґ": "г", "є": "е", "і": "и", "ы": "и",
        # Marks that some keyboards put inside a name
        "'": "", "’": "", "ʼ": "", "ʻ": "", "`": "", "´": "",
    }
)  # fmt: skip

#: Ethiopic series that sound alike; each holds seven forms that follow one another.
_ETHIOPIC_ALIKE = {"ሐ": "ሀ", "ኀ": "ሀ", "ሠ": "ሰ", "ዐ": "አ", "ፀ": "ጸ"}
_ETHIOPIC = {
    ord(variant) + form: chr(ord(plain) + form)
    for variant, plain in _ETHIOPIC_ALIKE.items()
    for form in range(7)
}


def folded(text: str) -> str:
    """Return the text as it is searched: folded letters, words parted by single spaces.

    Folding is meant for finding, not for showing: أحمد and احمد become the same, and so do
    José and jose. Signs that are not letters or digits part words.
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    plain = bare.translate(_SAME_LETTER).translate(_ETHIOPIC)
    return " ".join("".join(s if s.isalnum() else " " for s in plain).split())


class FoldedNameField(models.CharField):  # type: ignore[type-arg]
    """Holds the folded form of other fields of the same row.

    It fills itself whenever the row is written, also by ``bulk_create``, so it cannot lag behind.
    """

    def __init__(self, *args: Any, sources: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Tell migrations which fields it follows."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the value from the row that is being written."""
        joined = " ".join(getattr(model_instance, source) for source in self.sources)
        value = folded(joined)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
