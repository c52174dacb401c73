"""A PDF without what acts, hides or tells: only its pages remain."""

import io
import logging
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

MOST_PAGES = 300
MOST_OBJECTS = 20_000

#: Entries that run something, carry other files, or tell about the maker.
ENTRIES = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/AF", "/EF", "/EmbeddedFiles", "/XFA",
    "/Metadata", "/PieceInfo", "/RichMediaContent", "/LastModified",
)  # fmt: skip
#: Actions that run, open or send something; going to a page or to an address remains.
ACTIONS = frozenset(
    {
        "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ResetForm", "/ImportData",
        "/Rendition", "/Movie", "/Sound", "/Hide", "/Named", "/SetOCGState", "/Thread",
        "/GoTo3DView", "/RichMediaExecute",
    }
)  # fmt: skip
#: Of what lies on a page only this remains: links, filled-in fields, notes and marks.
ANNOTATIONS = frozenset(
    {
        "/Link", "/Widget", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon",
        "/PolyLine", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink",
        "/Popup",
    }
)  # fmt: skip


class Unusable(Exception):
    """Why a content cannot be a paper; the text is a code, see ``refusals``."""


def clean_pdf(content: bytes) -> bytes:
    """Return a PDF with the same pages and nothing else. Raises Unusable."""
    logging.disable(logging.CRITICAL)  # the reader tells about every oddity
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unusable("locked")
        _refuse_too_much(reader)
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        for part in _dictionaries(list(writer._objects), set()):
            _make_inert(part)
        writer.metadata = None
        writer.compress_identical_objects(remove_unreferenced=True)  # what nothing leads to
        written = io.BytesIO()
        writer.write(written)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as broken:
        raise Unusable("broken") from broken
    except RecursionError as broken:
        raise Unusable("too_much") from broken
    return written.getvalue()


def _refuse_too_much(reader: PdfReader) -> None:
    objects = sum(map(len, reader.xref.values())) + len(reader.xref_objStm)
    if objects > MOST_OBJECTS or len(reader.pages) > MOST_PAGES:
        raise Unusable("too_much")
    if not len(reader.pages):
        raise Unusable("broken")


def _dictionaries(parts: list[Any], seen: set[int]) -> Iterator[DictionaryObject]:
    """Every dictionary, also one that stands inside another; not following references."""
    while parts:
        part = parts.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, DictionaryObject):
            yield part
            parts.extend(part.raw_get(name) for name in part)
        elif isinstance(part, ArrayObject):
            parts.extend(list.__iter__(part))


def _make_inert(part: DictionaryObject) -> None:
    for name in ENTRIES:
        part.pop(NameObject(name), None)
    if part.get("/S") in ACTIONS:
        part.clear()
    annotations = part.get("/Annots")
    if isinstance(annotations, ArrayObject):
        kept = [one for one in list.__iter__(annotations) if _may_stay(one.get_object())]
        part[NameObject("/Annots")] = ArrayObject(kept)


def _may_stay(annotation: Any) -> bool:
    return isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") in ANNOTATIONS
