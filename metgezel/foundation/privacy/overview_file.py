"""The overview as one file to take home: a page to read, the same as data, and the papers."""

import io
import json
import re
import zipfile
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from metgezel.foundation.people.models import ClientFile

from .contents import kept_contents
from .overview import Overview, overview_of

FORMAT = "metgezel-overview-1"


def overview_zip(file: ClientFile, today: date, language: str) -> bytes:
    """Make ``overview.html``, ``overview.json`` and ``papers/`` into a ZIP.

    A paper whose content is lost is named in the data and has no file.
    """
    with translation.override(language):
        overview = overview_of(file, today)
        page = as_html(overview, language)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("overview.html", page)
        packed.writestr("overview.json", as_json(overview, language))
        for name, content in _papers(file):
            packed.writestr(name, content)
    return whole.getvalue()


def as_json(overview: Overview, language: str) -> str:
    """The overview as data, with the names of fields as the program knows them."""
    return json.dumps(
        {
            "format": FORMAT,
            "language": language,
            "file": overview.file.number,
            "made_on": overview.on.isoformat(),
            "kept": {
                section.label: [{value.name: value.plain for value in row} for row in section.rows]
                for section in overview.sections
            },
            "withheld": [{"what": what, "why": why} for what, why in overview.withheld],
        },
        ensure_ascii=False,
        indent=1,
    )


def as_html(overview: Overview, language: str) -> str:
    """The overview as a page that opens in any browser, without anything around it."""
    return render_to_string("privacy/overview.html", {"overview": overview, "language": language})


def _papers(file: ClientFile) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for model, contents in kept_contents().items():
        rows: Any = model._base_manager.filter(file=file).order_by("pk")
        for number, row in enumerate(rows, 1):
            try:
                content = contents.read(row)
            except contents.lost:
                continue
            name = re.sub(r"[^\w. -]", "_", contents.name(row)).strip(". ") or "paper"
            found.append((f"papers/{number:03}-{name}", content))
    return found
