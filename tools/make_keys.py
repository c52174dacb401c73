"""Make the file with this installation's secrets, once, readable by its owner only.

Losing the file means losing what was encrypted with it; whoever has it can read that.
"""

import base64
import json
import os
import secrets
import sys
from pathlib import Path


def new_keys() -> dict[str, object]:
    """Fresh secrets: for Django's signatures, for encrypting fields, for blind indexes."""
    return {
        "django": secrets.token_urlsafe(48),
        "encryption": [{"id": "k1", "key": _key()}],
        "blind_index": _key(),
    }


def _key() -> str:
    """32 random bytes as URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def write_once(path: Path) -> None:
    """Write new keys at `path` unless it exists; never half a file under that name."""
    if path.exists():
        return
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(new_keys(), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


if __name__ == "__main__":
    write_once(Path(sys.argv[1]))
