"""The components: `{% load components %}`. Syntax and samples: docs/design-system.md."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from .. import journey as journey_picture_of
from ..navigation import links
from ..shapes import Conflict, Crumb, Definition, PersonHeader, StepCard, Tab
from ..tables import Table
from ..words import CONFIDENCES, NOTICES, STATES, Word, track_icon

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon from the sprite; decorative unless it has a label of its own."""
    return _drawn(name, label, static("metgezel/icons.svg"))


@lru_cache(maxsize=1024, typed=True)
def _drawn(name: str, label: str, sprite: str) -> SafeString:
    address = f"{sprite}#{track_icon(name)}"
    if label:
        return format_html(
            '<svg class="mg-icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            address,
        )
    return format_html(
        '<svg class="mg-icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        address,
    )


@register.inclusion_tag("components/logo.html")
def logo() -> dict[str, Any]:
    return {}


@register.simple_tag
def htmx() -> SafeString:
    """Load htmx, for a page that uses it."""
    return format_html('<script src="{}" defer></script>', static("django_htmx/htmx-2.min.js"))


@register.inclusion_tag("components/page_header.html", takes_context=True)
def page_header(context: Context) -> dict[str, Any]:
    """The top of every page: way home, links, language, account."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return {
        "links": list(links(request)) if request else [],
        "user": user if user and user.is_authenticated else None,
        "here": request.get_full_path() if request else "/",
        "language": get_language() or "nl",
        "languages": [
            get_language_info(code)
            for code, _name in context.get("offered_languages") or settings.LANGUAGES
        ],
        "demo": getattr(settings, "METGEZEL_DEMO", False),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("components/page_title.html")
def page_title(title: str, lead: str = "") -> dict[str, Any]:
    return {"title": title, "lead": lead}


@register.inclusion_tag("components/button.html")
def button(
    text: str,
    variant: str = "primary",
    href: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
    described_by: str = "",
) -> dict[str, Any]:
    """A button, or a link that looks like one. variant: primary, secondary, quiet, danger."""
    return dict(locals())


@register.inclusion_tag("components/link_card.html")
def link_card(
    title: str, href: str, text: str = "", icon: str = "", meta: str = ""
) -> dict[str, Any]:
    return dict(locals())


@register.inclusion_tag("components/badge.html")
def badge(text: str, kind: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A word with an icon. kind: neutral, info, soon, now, ok."""
    return dict(locals())


def _word_badge(word: Word, hint: str = "") -> dict[str, Any]:
    return {"text": word.label, "kind": word.kind, "icon": word.icon, "hint": hint}


@register.inclusion_tag("components/badge.html")
def state_badge(state: str) -> dict[str, Any]:
    """The state of a step, in a word the reader knows."""
    return _word_badge(STATES[state])


@register.inclusion_tag("components/badge.html")
def confidence_mark(code: str, reviewed: bool = False) -> dict[str, Any]:
    """How sure a statement about the law is."""
    return _word_badge(CONFIDENCES["reviewed" if reviewed else code])


@register.simple_block_tag
def card(
    content: SafeString,
    title: str = "",
    level: int = 2,
    icon: str = "",
    tone: str = "",
) -> SafeString:
    """A plain surface for what belongs together."""
    return render_to_string("components/card.html", dict(locals()))


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """Something to know before going on. kind: info, soon, now, ok."""
    return render_to_string(
        "components/notice.html",
        {"content": content, "kind": kind, "title": title, "word": NOTICES[kind]},
    )


@register.simple_block_tag
def disclosure(content: SafeString, summary: str, open: bool = False) -> SafeString:
    """More for who wants it."""
    return render_to_string("components/disclosure.html", dict(locals()))


@register.simple_block_tag
def step_card(content: SafeString, card: StepCard, level: int = 3) -> SafeString:
    """One step of a plan; the content holds its buttons."""
    return render_to_string(
        "components/step_card.html",
        {
            "content": SafeString(content.strip()),
            "card": card,
            "level": level,
            "word": STATES[card.state],
        },
    )


@register.inclusion_tag("components/until_line.html")
def until_line(
    safe: dt.date, due: dt.date | None, today: dt.date, strict: bool = False
) -> dict[str, Any]:
    """Until when: the safe day first, the last day the law allows after it."""
    return dict(locals())


@register.inclusion_tag("components/definitions.html")
def definitions(items: Iterable[Definition | tuple[str, object]]) -> dict[str, Any]:
    return {
        "items": [
            item if isinstance(item, Definition) else Definition(term=item[0], value=item[1])
            for item in items
        ]
    }


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: str, text: str = "", action: str = "", href: str = "", icon: str = "path"
) -> dict[str, Any]:
    """An empty page that says what to do first."""
    return dict(locals())


@register.inclusion_tag("components/data_table.html")
def data_table(table: Table) -> dict[str, Any]:
    return {"table": table}


@register.inclusion_tag("components/pagination.html")
def pagination(next_url: str = "", previous_url: str = "", label: str = "") -> dict[str, Any]:
    return dict(locals())


@register.inclusion_tag("components/search_box.html")
def search_box(
    value: str = "",
    label: str = "",
    action: str = "",
    name: str = "q",
    hint: str = "",
    hidden: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A search form; `hidden` keeps the filters that are already on."""
    return {**locals(), "hidden": dict(hidden or {})}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Tab], label: str) -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(crumbs: Iterable[Crumb]) -> dict[str, Any]:
    return {"crumbs": crumbs}


@register.inclusion_tag("components/progress.html")
def progress(value: int, total: int, label: str) -> dict[str, Any]:
    return {"value": value, "total": total, "label": label}


@register.inclusion_tag("components/person_header.html")
def person_header(person: PersonHeader, level: int = 1) -> dict[str, Any]:
    """Who the page is about; the h1 of that page."""
    return {"person": person, "level": level}


@register.inclusion_tag("components/journey_picture.html")
def journey_picture(journey: journey_picture_of.Journey, id: str = "journey") -> dict[str, Any]:
    """The journey as a picture, and the same in words."""
    return journey_picture_of.context(journey, id)


@register.inclusion_tag("components/conflict.html")
def conflict(conflict: Conflict) -> dict[str, Any]:
    return {"conflict": conflict}


@register.inclusion_tag("components/bare_time.html")
def bare_time(day: dt.date) -> dict[str, Any]:
    return {"day": day}
