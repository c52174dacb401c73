"""Make the file with this installation's secrets, once, readable by its owner only.

Losing the file means losing what was encrypted with it; whoever has it can read that.
"""

import json
import secrets
import sys
from pathlib import Path

from metgezel.foundation.keys.reading import new_key, write_closed


def new_keys() -> dict[str, object]:
    """Fresh secrets: for Django's signatures, for encrypting fields, for blind indexes."""
    return {
        "django": secrets.token_urlsafe(48),
        "encryption": [{"id": "k1", "key": new_key()}],
        "blind_index": new_key(),
    }


def write_once(path: Path) -> None:
    """Write new keys at `path` unless it exists; never half a file under that name."""
    if not path.exists():
        write_closed(path, json.dumps(new_keys(), indent=2))


if __name__ == "__main__":
    write_once(Path(sys.argv[1]))
