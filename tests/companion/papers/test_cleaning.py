"""What somebody sends becomes inert paper, or is refused with a reason."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from metgezel.companion.papers.cleaning import cleaned
from metgezel.companion.papers.pdf import MOST_PAGES, Unusable
from metgezel.companion.papers.refusals import REASONS
from tests.companion.papers.samples import PLACE, pdf, photo


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_stands_upright_and_does_not_tell_where_it_was_made(kind):
    sent = photo(kind)
    assert PLACE.encode() in sent
    found, clean = cleaned(sent)
    assert found == kind.lower()
    assert PLACE.encode() not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.size, picture.format) == ((40, 80), kind)
        assert not picture.getexif()


def test_a_large_photo_is_made_as_small_as_is_still_readable():
    _, clean = cleaned(photo(size=(5000, 2500)))
    with Image.open(io.BytesIO(clean)) as picture:
        assert max(picture.size) == 3500


def test_of_a_pdf_only_the_pages_remain():
    sent = pdf(pages=2)
    for hidden in (b"alert", b"hidden", b"calculator", b"carried along", b"Ter Apel"):
        assert hidden in sent
    kind, clean = cleaned(sent)
    assert kind == "pdf"
    for hidden in (
        b"alert",
        b"hidden",
        b"calculator",
        b"carried along",
        b"Ter Apel",
        b"/JavaScript",
        b"/Launch",
    ):
        assert hidden not in clean
    reader = PdfReader(io.BytesIO(clean))
    assert len(reader.pages) == 2
    link: Any = (reader.pages[0].annotations or [])[0].get_object()
    assert link["/A"]["/URI"] == "https://example.org/"
    assert not reader.attachments
    assert len(reader.pages[0].annotations or []) == 2


def test_a_pdf_that_only_forbids_printing_is_opened():
    assert cleaned(pdf())[0] == "pdf"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Beste Noor,\r\n\tأهلا\n".encode(), "Beste Noor,\r\n\tأهلا\n"),
        (b"\xef\xbb\xbfmet een merk", "met een merk"),
        ("financiële".encode("cp1252"), "financiële"),
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),  # as text it does nothing
    ],
)
def test_plain_text_stays_text(content, text):
    assert cleaned(content) == ("text", text.encode())


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x00\x01 program", "unknown"),
        (b"PK\x03\x04 an office document", "unknown"),
        (bytes(1000), "unknown"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (photo()[:200], "broken"),
        (b"\x89PNG\r\n\x1a\n and nothing", "broken"),
        (b"\xff\xd8\xff not a photo", "broken"),
        (b"%PDF-1.7 and nothing", "broken"),
        (pdf()[:300], "broken"),
        (pdf(secret="geheim"), "locked"),
        (pdf(pages=MOST_PAGES + 1), "too_much"),
        (bomb(30_000, 30_000), "too_many_pixels"),
        (bomb(9_000, 9_000), "too_many_pixels"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_reason(content, reason):
    with pytest.raises(Unusable) as refused:
        cleaned(content)
    assert str(refused.value) == reason
    assert reason in REASONS
