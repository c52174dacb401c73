"""What every screen relies on: words, days, contrast, the journey picture, the inputs."""

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from metgezel.screens.components import samples
from metgezel.screens.components.days import in_words, relative
from metgezel.screens.components.gallery import gallery
from metgezel.screens.components.inputs import ChoiceCards, DayField
from metgezel.screens.components.journey import Journey, Lane, Mark, Scale, draw, stops
from metgezel.screens.components.shapes import StepCard
from metgezel.screens.components.words import CONFIDENCES, STATES

STATIC = Path(__file__).resolve().parents[2] / "metgezel/screens/static/metgezel"
CHRISTMAS_EVE = dt.date(2026, 12, 24)


def shown(template: str, **context: object) -> str:
    """Render a piece of a page that uses the components."""
    return Template("{% load components fields dates %}" + template).render(Context(context))


# ── Days in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "donderdag 24 december 2026"),
        ("en", "Thursday 24 December 2026"),
        ("ar", "الخميس 24 ديسمبر 2026"),
        ("tr", "24 Aralık 2026 Perşembe"),
        ("unknown", "donderdag 24 december 2026"),
    ],
)
def test_a_day_is_written_in_words_with_its_weekday(language, words):
    with translation.override(language):
        written = in_words(CHRISTMAS_EVE)
    assert set(written.replace(",", "").split()) == set(words.split())


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "vandaag"),
        (1, "morgen"),
        (-1, "gisteren"),
        (3, "over 3 dagen"),
        (-5, "5 dagen geleden"),
        (14, "over 2 weken"),
        (120, "over 4 maanden"),
        (800, "over 2 jaar"),
    ],
)
def test_how_far_away_a_day_is_reads_as_people_say_it(days, words, today):
    with translation.override("nl"):
        assert relative(today + dt.timedelta(days=days), today) == words


# ── Colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two of our tokens."""
    tokens = dict(
        re.findall(r"--mg-color-([a-z-]+): (#[0-9a-f]{6})", (STATIC / "tokens.css").read_text())
    )
    light, dark = sorted((luminance(tokens[one]), luminance(tokens[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


KINDS = ["neutral", "info", "soon", "now", "ok"]
TEXT_ON_GROUND = [
    *((text, ground) for text in ("ink", "ink-soft", "action") for ground in ("page", "surface")),
    *((f"{kind}-text", f"{kind}-soft") for kind in KINDS),
    *(("ink", f"{kind}-soft") for kind in KINDS),
    *(("ink-soft", ground) for ground in ("sand", "action-soft", "soon-soft")),
    *((text, "surface") for text in ("now-text", "soon-text")),
    ("neutral-text", "sand"),
    ("action", "action-soft"),
    ("action-text", "action"),
    ("action-text", "action-hover"),
]


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_every_text_can_be_read_on_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("line", ["control", "focus", "info-line", "soon-line", "now-line"])
def test_borders_and_marks_that_mean_something_stand_out(line):
    assert contrast(line, "surface") >= 3
    assert contrast(line, "page") >= 3


def test_the_style_sheets_stay_light_and_ask_nothing_of_others():
    sheets = [path.read_text() for path in STATIC.glob("*.css")]
    assert sum(len(sheet.encode()) for sheet in sheets) < 60_000
    assert not any("http" in sheet or "@import" in sheet for sheet in sheets)


def test_every_icon_that_a_word_uses_is_drawn():
    drawn = set(re.findall(r'symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))
    used = {word.icon for word in [*STATES.values(), *CONFIDENCES.values()]}
    assert used | set(samples.ICONS) <= drawn


# ── Steps


def test_a_step_names_the_safe_day_before_the_last_day_by_law(today):
    card = StepCard(
        title="Vraag gezinshereniging aan",
        state="open",
        today=today,
        safe=CHRISTMAS_EVE,
        due=dt.date(2026, 12, 28),
    )
    with translation.override("nl"):
        html = shown("{% step_card card %}{% endstep_card %}", card=card)
    safe, legal = html.index("donderdag 24 december 2026"), html.index("maandag 28 december 2026")
    assert safe < legal


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_a_word_and_an_icon_and_never_only_a_colour(state):
    html = shown("{% state_badge state %}", state=state)
    assert str(STATES[state].label) in html
    assert "<use" in html


def test_what_a_person_typed_cannot_become_part_of_the_page(today):
    card = StepCard(title="<script>x</script>", state="open", today=today, note="<b>")
    html = shown("{% step_card card %}{% endstep_card %}", card=card)
    assert "<script>" not in html
    assert "<b>" not in html


# ── Inputs


class When(forms.Form):
    """A form with a day and tiles."""

    on = DayField()
    kind = forms.ChoiceField(
        widget=ChoiceCards(hints={"a": "Een brief"}), choices=[("Groep", [("a", "A"), ("b", "B")])]
    )


@pytest.mark.parametrize(
    "data",
    [
        {"on_day": "25", "on_month": "9", "on_year": "2026"},
        {"on_day": " 25 ", "on_month": "09", "on_year": "2026"},
        {"on_day": "٢٥", "on_month": "٩", "on_year": "٢٠٢٦"},
        {"on": "2026-09-25"},
    ],
)
def test_a_day_is_read_however_it_is_typed(data):
    form = When({**data, "kind": "a"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == dt.date(2026, 9, 25)


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("31", "2", "2026"), "De dag 31-2-2026 bestaat niet."),
        (("25", "", "2026"), "Vul de dag, de maand en het jaar in."),
        (("25", "9", "26"), "Schrijf het jaar met vier cijfers"),
        (("25", "sept", "2026"), "Gebruik alleen cijfers"),
    ],
)
def test_a_day_that_cannot_be_is_answered_with_what_to_do(boxes, sentence):
    names = ("on_day", "on_month", "on_year")
    with translation.override("nl"):
        form = When({**dict(zip(names, boxes, strict=True)), "kind": "a"})
        html = shown("{% form_fields form %}", form=form)
    assert sentence in html
    assert f'value="{boxes[1]}"' in html, "what was typed stays where it was typed"
    assert 'href="#id_on_day"' in html


def test_a_missing_choice_is_linked_to_its_tiles():
    html = shown("{% form_fields form %}", form=When({}))
    assert 'href="#id_kind"' in html
    assert 'id="id_kind"' in html
    assert 'aria-describedby="id_kind_error"' in html


# ── The journey picture


@given(st.lists(st.integers(-4000, 4000), min_size=2, max_size=30))
def test_later_days_never_stand_before_earlier_ones(offsets):
    today = dt.date(2026, 11, 24)
    days = [today + dt.timedelta(days=offset) for offset in sorted(offsets)]
    scale = Scale(today, days, 0, 1000)
    places = [scale.at(day) for day in days]
    assert all(one <= other for one, other in pairwise(places))
    assert all(0 <= place <= 1000 for place in places)


def test_the_mirrored_picture_is_the_same_picture_from_the_other_side(today):
    journey = samples.everything()["journey"]
    plain, mirrored = draw(journey), draw(journey, mirrored=True)
    assert mirrored.today_x == plain.width - plain.today_x
    for one, other in zip(plain.lanes, mirrored.lanes, strict=True):
        assert [m.x for m in other.marks] == [plain.width - m.x for m in one.marks]
        assert [m.label for m in other.marks] == [m.label for m in one.marks]


def test_what_is_still_to_come_always_has_its_label(today):
    marks = [
        Mark(on=today + dt.timedelta(days=n % 5), label=f"Stap {n}", kind="deadline")
        for n in range(30)
    ]
    picture = draw(Journey(today=today, label="x", lanes=[Lane(key="a", label="A", marks=marks)]))
    assert all(mark.label for mark in picture.lanes[0].marks)


def test_the_list_beside_the_picture_leaves_nothing_out(today):
    journey = samples.everything()["journey"]
    listed = [stop.mark for part in stops(journey).values() for stop in part]
    assert listed == [mark for _, _, mark in journey.marks()]


# ── The gallery


@pytest.mark.parametrize("address", ["/components/", "/components/?dir=rtl"])
def test_the_gallery_shows_every_component_in_both_directions(address, settings):
    settings.METGEZEL_DEMO = True
    with translation.override("nl"):
        page = gallery(RequestFactory().get(address)).content.decode()
    assert ('dir="rtl"' in page) == ("rtl" in address)
    assert "style=" not in page, "the content security policy would drop it"
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert len(re.findall("<h1", page)) == 1
