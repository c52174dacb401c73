"""Languages people speak: codes, names and writing direction from CLDR (through Babel).

A code is a CLDR one with a hyphen where a region matters: ``fa-AF`` is Dari.
"""

from functools import cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

#: The languages met most, first in a pick list.
MET_MOST = (
    "nl", "en", "ar", "ti", "fa", "fa-AF", "tr", "uk", "so", "fr", "ps", "ku", "ckb", "am",
    "ru", "ur",
)  # fmt: skip

_NO_LANGUAGE = {"mul", "und", "zxx", "root"}
_RIGHT_TO_LEFT_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}


def _cldr(code: str) -> str:
    return code.replace("-", "_")


def language_name(code: str, shown_in: str = "nl") -> str:
    """The name of a language, shown in another; the code itself when CLDR has no name."""
    return str(Locale.parse(_cldr(shown_in)).languages.get(_cldr(code), code))


def own_name(code: str) -> str:
    """What speakers call their language, in their script; falls back to the English name."""
    try:
        name = Locale.parse(_cldr(code)).languages.get(_cldr(code))
    except (UnknownLocaleError, ValueError):
        name = None
    return str(name) if name else language_name(code, "en")


def direction(code: str) -> Literal["ltr", "rtl"]:
    """Whether the language is written from left to right or from right to left."""
    likely = get_global("likely_subtags").get(_cldr(code)) or get_global("likely_subtags").get(
        code.partition("-")[0], ""
    )
    return "rtl" if _RIGHT_TO_LEFT_SCRIPTS & set(likely.split("_")) else "ltr"


@cache
def known_languages() -> frozenset[str]:
    """All codes a person's language may have."""
    in_english = [str(code) for code in Locale.parse("en").languages]
    plain = {code for code in in_english if "_" not in code and code not in _NO_LANGUAGE}
    return frozenset(plain | {code for code in MET_MOST if _cldr(code) in in_english})


def language_choices(shown_in: str = "nl") -> list[tuple[str, str]]:
    """(code, name) of all languages for a pick list: those met most first, then by name."""
    rest = [(code, language_name(code, shown_in)) for code in known_languages() - set(MET_MOST)]
    rest.sort(key=lambda pair: pair[1].casefold())
    return [(code, language_name(code, shown_in)) for code in MET_MOST] + rest
