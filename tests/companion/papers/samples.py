"""Papers for tests: made here, so that what is hidden in them is known."""

import io

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

PLACE = "Ter Apel 52.87"


def photo(kind: str = "JPEG", size: tuple[int, int] = (80, 40)) -> bytes:
    """A red picture that says where it was made, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x010E] = PLACE
    drawn = io.BytesIO()
    Image.new("RGB", size, "red").save(drawn, kind, exif=exif, comment=PLACE.encode())
    return drawn.getvalue()


def pdf(pages: int = 1, secret: str = "") -> bytes:
    """A PDF with its maker's name, a script, an attachment, and a link."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": PLACE, "/Title": PLACE})
    writer.root_object[NameObject("/OpenAction")] = _action("/JavaScript", "/JS", "app.alert('x')")
    writer.add_attachment("hidden.exe", b"MZ hidden")
    page = writer.pages[0]
    page[NameObject("/AA")] = _action("/JavaScript", "/JS", "app.alert('y')")
    page[NameObject("/Annots")] = ArrayObject(
        [
            _annotation("/Link", _action("/URI", "/URI", "https://example.org/")),
            _annotation("/Link", _action("/Launch", "/F", "calculator")),
            _annotation("/FileAttachment", _action("/URI", "/URI", "other"), _carried(writer)),
        ]
    )
    if secret:
        writer.encrypt(secret)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _action(kind: str, name: str, value: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject(name): TextStringObject(value)}
    )


def _carried(writer: PdfWriter) -> IndirectObject:
    """Another file, kept as an object of its own."""
    stream = DecodedStreamObject()
    stream.set_data(b"MZ carried along")
    return writer._add_object(stream)


def _annotation(
    kind: str, action: DictionaryObject, carried: IndirectObject | None = None
) -> DictionaryObject:
    annotation = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/A"): action,
        }
    )
    if carried is not None:
        annotation[NameObject("/FS")] = carried
    return annotation
