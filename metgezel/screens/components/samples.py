"""Invented content for the gallery. Nobody in it exists."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from .journey import Journey, Lane, Mark
from .shapes import Conflict, ConflictRow, Crumb, PersonHeader, Source, Spoken, StepCard, Tab
from .tables import Cell, Column, Row, Table

TODAY = dt.date(2026, 11, 24)
KIND_ICONS = {"decision": "letter", "moved": "house", "work": "work", "other": "pencil"}
ICONS = (
    "path",
    "shield",
    "family",
    "house",
    "money",
    "language",
    "work",
    "return",
    "people",
    "person",
    "calendar",
    "clock",
    "now",
    "soon",
    "check",
    "cross",
    "minus",
    "info",
    "question",
    "letter",
    "phone",
    "search",
    "plus",
    "pencil",
    "history",
    "arrow",
    "back",
    "next",
    "chevron",
    "menu",
    "globe",
    "key",
    "law",
    "print",
    "download",
    "filter",
    "flag",
    "heart",
    "doc",
    "link",
    "exit",
    "interpreter",
    "child",
    "map",
    "bell",
    "lock",
)


def _say(dutch_or_english: str, arabic: str) -> str:
    """Choose the sample in Arabic on a page that runs from right to left."""
    return arabic if get_language_bidi() else dutch_or_english


def kind_hints() -> dict[str, str]:
    """Help with the kinds of event."""
    return {"decision": _("A letter from the IND with the outcome")}


def form_texts() -> dict[str, tuple[str, str]]:
    """Label and hint of every sample field."""
    return {
        "name": (_("Name"), _("As it stands in the passport")),
        "day": (_("When did it happen?"), _("The date in the letter, for example 25 9 2026")),
        "kind": (_("What happened?"), ""),
        "place": (_("Municipality"), ""),
        "who": (_("Who does this?"), ""),
        "help_with": (_("Help with"), ""),
        "amount": (_("Hours a week"), ""),
        "note": (_("Note"), _("The person can read along.")),
        "certain": (_("I have seen the letter myself"), ""),
    }


def form_choices() -> dict[str, list[Any]]:
    """Choices of every sample field that has them."""
    return {
        "kind": [
            (_("Asylum"), [("decision", _("Decision on asylum"))]),
            (_("Living"), [("moved", _("Moved house")), ("work", _("Started to work"))]),
        ],
        "place": [("", _("Choose")), ("GM0344", "Utrecht"), ("GM0363", "Amsterdam")],
        "who": [
            ("client", _("The person alone")),
            ("together", _("Together")),
            ("companion", _("The companion")),
        ],
        "help_with": [("letters", _("Letters")), ("language", _("Language"))],
    }


def _cards() -> list[StepCard]:
    family = _say(_("Apply for family reunification"), "تقديم طلب لمّ شمل الأسرة")
    return [
        StepCard(
            title=family,
            state="due_soon",
            today=dt.date(2026, 12, 14),
            safe=dt.date(2026, 12, 24),
            due=dt.date(2026, 12, 28),
            strict=True,
            track=_("Family"),
            track_icon="track-family",
            what=_("Send the application to the IND, also when papers are still missing."),
            who=_("Together"),
            about=_say("Fatima", "فاطمة"),
            because=[_("Decision on asylum: refugee, on 25 September 2026")],
            counting=_("Three months from the day after publication."),
            if_lapsed=_("Stricter demands then apply: income and housing."),
            sources=[Source(label="Vw 2000, art. 29", href="https://wetten.overheid.nl/")],
            rights=_("Family life"),
            confidence="V1",
            open=True,
        ),
        StepCard(
            title=_("Register at the municipality"),
            state="overdue",
            today=TODAY,
            safe=dt.date(2026, 11, 20),
            due=dt.date(2026, 11, 20),
            track=_("Registration"),
            track_icon="track-brp",
            who=_("The person alone"),
            because=[_("Moved house on 15 November 2026")],
            confidence="V2",
            compact=True,
        ),
        StepCard(
            title=_("Choose a general practitioner"),
            state="done",
            today=TODAY,
            done_on=dt.date(2026, 11, 17),
            track=_("Health"),
            track_icon="track-health",
            note=_("Dr. Jansen, near the school"),
            confidence="product",
            compact=True,
        ),
    ]


def _mark(year: int, month: int, day: int, label: str, kind: str, state: str = "") -> Mark:
    start = dt.date(2026, 11, 24) if kind == "step" else None
    on = dt.date(year, month, day)
    return Mark(on=start or on, until=on if start else None, label=label, kind=kind, state=state)


def _journey() -> Journey:
    return Journey(
        today=TODAY,
        label=_("Journey of an invented person"),
        lanes=[
            Lane(
                key="asylum",
                label=_("Asylum"),
                icon="track-asylum",
                marks=[
                    _mark(2025, 8, 3, _("Application made"), "event"),
                    _mark(2025, 8, 20, _("Application lodged"), "event"),
                    _mark(2026, 9, 25, _("Decision: refugee"), "event"),
                    _mark(2031, 9, 1, _("Renew the permit"), "deadline", "upcoming"),
                ],
            ),
            Lane(
                key="family",
                label=_("Family"),
                icon="track-family",
                marks=[
                    _mark(2026, 12, 4, _("Ask for the birth certificates"), "own", "due_soon"),
                    _mark(2026, 12, 24, _("Apply for family reunification"), "step", "open"),
                ],
            ),
            Lane(
                key="housing",
                label=_("Housing"),
                icon="track-housing",
                marks=[
                    _mark(2026, 11, 15, _("Moved house"), "event"),
                    _mark(2026, 11, 20, _("Register at the municipality"), "deadline", "overdue"),
                    _mark(2026, 12, 31, _("Ask for rent allowance"), "deadline", "open"),
                ],
            ),
            Lane(
                key="integration",
                label=_("Civic integration"),
                icon="track-integration",
                marks=[
                    _mark(2026, 11, 10, _("First talk at the municipality"), "deadline", "done"),
                    _mark(2027, 2, 1, _("Plan for civic integration signed"), "deadline", "open"),
                    _mark(2029, 11, 1, _("Civic integration completed"), "deadline", "upcoming"),
                ],
            ),
            Lane(key="work", label=_("Work"), icon="track-work"),
        ],
    )


def _table() -> Table:
    return Table(
        _("People you walk along with"),
        (Column(_("Name")), Column(_("Next step")), Column(_("Safe day"), "date")),
        (
            Row((Cell("Yonas Tesfay", "#"), _("Register at the municipality"), TODAY)),
            Row((Cell("Mariam Haddad", "#"), _("Apply for family reunification"), TODAY)),
        ),
    )


def everything() -> dict[str, Any]:
    """Every sample the gallery shows."""
    return {
        "icons": ICONS,
        "cards": _cards(),
        "journey": _journey(),
        "table": _table(),
        "states": ["upcoming", "open", "due_soon", "overdue", "lapsed", "done", "not_applicable"],
        "confidences": ["V1", "V2", "GK", "U", "product"],
        "crumbs": [Crumb(label=_("Today"), href="#"), Crumb(label="Mariam Haddad")],
        "tabs": [
            Tab(label=_("Plan"), href="#", current=True, count=4, icon="path"),
            Tab(label=_("Household"), href="#", icon="family"),
            Tab(label=_("What happened"), href="#", icon="history"),
        ],
        "person": PersonHeader(
            name="Mariam Haddad",
            own_script="مريم حداد",
            own_script_language="ar",
            number="2026-0417",
            languages=[
                Spoken(label=_("Arabic"), interpreter=True),
                Spoken(label=_("Dutch"), level="A1"),
            ],
            facts=[(_("Lives in"), "Utrecht"), (_("Born"), 1990)],
        ),
        "eritrean": PersonHeader(
            name="Yonas Tesfay", own_script="ዮናስ ተስፋይ", own_script_language="ti"
        ),
        "conflict": Conflict(
            theirs_by="Anna",
            theirs_at="10:42",
            rows=[
                ConflictRow(label=_("Date"), yours="25-9-2026", theirs="26-9-2026"),
                ConflictRow(label=_("Note"), yours=_("Letter seen"), theirs=_("Letter seen")),
            ],
        ),
        "facts": [(_("File"), "2026-0417"), (_("Lives in"), "Utrecht")],
    }
