"""The square picture that an app with codes reads, as one path for an SVG in the page."""

import qrcode
from allauth.mfa.adapter import get_adapter

from metgezel.foundation.association.models import User


def qr_path(user: User, secret: str) -> tuple[int, str]:
    """Return the number of squares on a side, with the quiet edge, and the path of the dark."""
    picture = qrcode.QRCode(border=4)
    picture.add_data(get_adapter().build_totp_url(user, secret))
    rows = picture.get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return len(rows), "".join(dark)
