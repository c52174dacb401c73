"""Where a statement of law stands, said so that a reader can find it.

The packs name European acts and policies in English; a Dutch reader knows them by other names.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext

from metgezel.engines.rules import Rule
from metgezel.engines.rules.counting_words import day_in_words
from metgezel.engines.rules.law import Source as LawSource
from metgezel.screens.components.shapes import Source

IN_DUTCH = (
    ("Qualification Regulation", "Kwalificatieverordening"),
    ("Dublin III Regulation", "Dublin III-verordening"),
    ("Reception Conditions Directive", "Opvangrichtlijn"),
    ("Temporary Protection Directive", "Richtlijn tijdelijke bescherming"),
    ("Family Reunification Directive", "Gezinsherenigingsrichtlijn"),
    ("Payment Accounts Directive", "Richtlijn betaalrekeningen"),
    ("APR (EU)", "Procedureverordening (EU)"),
    ("AMMR (EU)", "Asiel- en migratiebeheerverordening (EU)"),
    ("Regulation (EU)", "Verordening (EU)"),
    ("CJEU", "Hof van Justitie van de EU"),
    ("ECHR", "EVRM"),
    ("IND policy", "Beleid van de IND"),
    ("COA practice", "Werkwijze van het COA"),
    ("COA policy", "beleid van het COA"),
    ("secondary sources", "Andere bronnen"),
    ("secondary source", "Andere bron"),
    ("Metgezel product rule", "Regel van Metgezel zelf"),
    ("(old)", "(oud)"),
    (" and ", " en "),
    ("judgment of", "uitspraak van"),
    ("family reunification evidence", "bewijs bij gezinshereniging"),
    ("foreign driving licence", "buitenlands rijbewijs"),
    ("diploma evaluation", "diploma laten vergelijken"),
    ("activation code", "activeringscode"),
    ("suitable housing", "passende woonruimte"),
    ("page on return talks", "pagina over terugkeergesprekken"),
    ("page of COA", "pagina van het COA"),
    ("pages of", "pagina’s van"),
    ("fees of", "leges van"),
    ("February", "februari"),
    ("April", "april"),
    ("June", "juni"),
    ("September", "september"),
    ("October", "oktober"),
)
WORDS = re.compile(r"[A-Za-z]{4,}")


def sources(rule: Rule, lang: str) -> Iterator[Source]:
    """Articles of law with the version that was read."""
    for source in rule.sources:
        yield Source(label=_label(source, lang), href=source.url)


def _label(source: LawSource, lang: str) -> str:
    law, article = _named(source.law, lang), _named(source.article, lang)
    if article in ("", "all"):
        label = law
    elif WORDS.search(article):
        label = f"{law}, {article}"
    else:
        label = f"{law}, {gettext('article %(number)s') % {'number': article}}"
    if not source.version:
        return label
    version = day_in_words(date.fromisoformat(source.version), lang)
    return f"{label} ({gettext('text of %(day)s') % {'day': version}})"


def _named(text: str, lang: str) -> str:
    if lang == "nl":
        for english, dutch in IN_DUTCH:
            text = text.replace(english, dutch)
    return text
