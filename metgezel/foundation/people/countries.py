"""Countries of nationality: ISO 3166 three-letter codes with names from CLDR (through Babel)."""

from functools import cache

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext as _

STATELESS = "XXA"  # ICAO 9303, also used by the Dutch immigration service

#: Former countries and CLDR's own codes that are nobody's nationality today.
_NOT_TODAY = {"ANT", "ASC", "BUR", "CPT", "DDR", "DGA", "FXX", "NTZ", "SCG", "SUN", "TAA", "TMP"}
_NOT_TODAY |= {"YMD", "YUG", "ZAR"}


@cache
def alpha2_of() -> dict[str, str]:
    """Map today's three-letter country codes to the two-letter ones CLDR knows names for."""
    aliases = get_global("territory_aliases")
    return {
        long: short[0]
        for long, short in aliases.items()
        if len(long) == 3
        and long.isalpha()
        and long[0] not in "Q"
        and not long.startswith(("X", "ZZ", "AAA"))
        and long not in _NOT_TODAY
    }


def country_name(code: str, language: str = "nl") -> str:
    """The name of a country in a language; blank for a blank code, the code when unknown."""
    if code == STATELESS:
        return _("stateless")
    short = alpha2_of().get(code)
    names = Locale.parse(language.replace("-", "_")).territories
    return str(names.get(short, code)) if short else code


def country_choices(language: str = "nl") -> list[tuple[str, str]]:
    """(code, name) of all countries for a pick list: stateless first, then by name."""
    named = [(code, country_name(code, language)) for code in alpha2_of()]
    named.sort(key=lambda pair: pair[1].casefold())
    return [(STATELESS, country_name(STATELESS, language)), *named]
