"""Opens what somebody sent and makes an inert paper of it. Runs as a program of its own.

``python -m metgezel.companion.papers.cleaning`` reads the content from its input and writes the
clean one to its output, its kind (``pdf``, ``jpeg`` …) to its error output; with exit code 3 it
writes the code of a reason there instead. Whoever sends a file made to break a reader breaks this
process, which has little memory, little time and nothing to steal.
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps

from .pdf import Unusable, clean_pdf

MEMORY = 1024**3
SECONDS = 20
REFUSED = 3

MOST_PIXELS = 64_000_000
LONGEST_SIDE = 3500
MOST_TEXT = 1_000_000
_MAY_STAND_IN_TEXT = frozenset("\t\n\r\f")


def cleaned(content: bytes) -> tuple[str, bytes]:
    """Return (kind, clean content); what it is shows from the content, never from a name.

    Raises:
        Unusable: with the code of the reason.
    """
    if not content:
        raise Unusable("empty")
    if b"%PDF-" in content[:1024]:
        return "pdf", clean_pdf(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return clean_image(content)
    if content[4:8] == b"ftyp":
        raise Unusable("heic")
    return "text", clean_text(content)


def clean_image(content: bytes) -> tuple[str, bytes]:
    """Draw the picture anew: upright, not larger than is readable, without where and when."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Unusable("too_many_pixels")
            kind = "png" if sent.format == "PNG" else "jpeg"
            if kind == "jpeg":
                sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(sent)
    except Image.DecompressionBombError as bomb:
        raise Unusable("too_many_pixels") from bomb
    except (OSError, SyntaxError, ValueError) as broken:
        raise Unusable("broken") from broken
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if kind == "jpeg" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    picture.info = {}  # texts, comments and places that a format keeps beside the pixels
    drawn = io.BytesIO()
    picture.save(drawn, kind.upper(), **({"quality": 85} if kind == "jpeg" else {}))
    return kind, drawn.getvalue()


def clean_text(content: bytes) -> bytes:
    """Return the text in UTF-8; anything that is not plain text is not a paper we know."""
    if len(content) > MOST_TEXT:
        raise Unusable("unknown")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if any(sign < " " and sign not in _MAY_STAND_IN_TEXT for sign in text) or "\ufffd" in text:
        raise Unusable("unknown")
    return text.encode()


def main() -> int:
    """Clean the input within bounds that the operating system keeps."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        kind, clean = cleaned(sys.stdin.buffer.read())
    except Unusable as reason:
        sys.stderr.write(str(reason))
        return REFUSED
    sys.stdout.buffer.write(clean)
    sys.stdout.buffer.flush()
    sys.stderr.write(kind)
    return 0


if __name__ == "__main__":
    sys.exit(main())
