"""Read the small tables beside the rules: calendar, amounts, rights; and sources."""

import re

from .days import Calendar
from .law import Amount, AmountValue, Right, Source, Validity
from .strict_yaml import Fields, read_yaml

CALENDAR_FILE, AMOUNTS_FILE, RIGHTS_FILE = "calendar.yaml", "amounts.yaml", "rights.yaml"
CONFIDENCE = re.compile(r"^(V1|V2|GK|U|product)(/(V1|V2|GK|U|product))*$")


def read_calendar(text: str) -> Calendar:
    """Days equated with holidays by royal decree. Raises PackError."""
    fields = Fields(read_yaml(CALENDAR_FILE, text) or {}, CALENDAR_FILE)
    decrees = {}
    for item in fields.items("days"):
        entry = Fields(item, CALENDAR_FILE)
        day = entry.day("date")
        if day is None:
            raise entry.error("date", "is missing")
        decrees[day] = entry.text("decree")
        entry.finish()
    for optional in ("sources", "title", "note"):
        fields.get(optional)
    fields.finish()
    return Calendar(decrees)


def read_amounts(text: str) -> dict[str, Amount]:
    """Dated amounts by id. Raises PackError."""
    fields = Fields(read_yaml(AMOUNTS_FILE, text) or {}, AMOUNTS_FILE)
    amounts = {}
    for item in fields.items("amounts"):
        entry = Fields(item, AMOUNTS_FILE)
        amount = Amount(
            id=entry.text("id"),
            title=entry.texts("title"),
            per=entry.choice("per", ("month", "week", "once", "year")),
            values=tuple(_amount_value(value) for value in entry.items("values")),
            sources=tuple(read_source(source, entry.place) for source in entry.items("sources")),
            confidence=read_confidence(entry),
        )
        entry.texts("confidence_note", required=False)
        entry.finish()
        amounts[amount.id] = amount
    fields.finish()
    return amounts


def _amount_value(content: object) -> AmountValue:
    fields = Fields(content, AMOUNTS_FILE)
    eur = fields.text("eur")
    if not re.fullmatch(r"\d+(\.\d\d)?", eur):
        raise fields.error("eur", "an amount as 1419.46 is needed")
    value = AmountValue(eur, Validity(fields.day("from"), fields.day("until")))
    fields.finish()
    return value


def read_rights(text: str) -> dict[str, Right]:
    """Rights by slug. Raises PackError."""
    fields = Fields(read_yaml(RIGHTS_FILE, text) or {}, RIGHTS_FILE)
    container = Fields(fields.get("rights", fields.content), RIGHTS_FILE)
    rights = {}
    for slug in container.content:
        entry = Fields(container.get(slug), f"{RIGHTS_FILE}, {slug}")
        rights[slug] = Right(
            slug, entry.texts("title"), entry.text("source"), entry.texts("meaning")
        )
        entry.finish()
    return rights


def read_source(content: object, place: str) -> Source:
    """Where a rule or amount stands in the law. Raises PackError."""
    fields = Fields(content, place)
    source = Source(
        fields.text("law"),
        fields.text("article", ""),
        fields.text("url", ""),
        fields.text("version", ""),
    )
    if source.url and not source.url.startswith("https://"):
        raise fields.error("url", "an address starting with https:// is needed")
    fields.finish()
    return source


def read_confidence(fields: Fields) -> str:
    """How sure a rule is, as its pack says. Raises PackError."""
    value = fields.text("confidence")
    if not CONFIDENCE.fullmatch(value):
        raise fields.error("confidence", f"'{value}' is not made of V1, V2, GK, U, product")
    return value
