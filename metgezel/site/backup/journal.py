"""What the journal of a restored backup shows: is it whole, and how much came after it?"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from .secret import BackupRefused
from .verifying import Verified

if TYPE_CHECKING:
    from metgezel.foundation.audit.chain import Anchor


def journal_warnings(found: Verified, anchor_file: Path | None) -> Iterator[str]:
    """Sentences about the journal in the new place; none when it is whole and up to date.

    Args:
        found: the backup, just restored; Django works in the new place.
        anchor_file: anchors that were kept elsewhere (``metgezel audit anchor --out FILE``).
    """
    # Only now: these are models, and before restoring there is no database to have them in.
    from metgezel.foundation.audit.verifying import found_faults

    for anchor in _latest(anchor_file):
        place, hash = found.manifest.journal.get(str(anchor.unit), [0, ""])
        if place < anchor.place:
            yield (
                f"This backup is from before {anchor.day}: of unit {anchor.unit} the journal had "
                f"{anchor.place:,} lines then, and has {place:,} here. What was seen and changed "
                "between is not in it; tell the privacy officer."
            )
        elif place == anchor.place and hash != anchor.hash:
            yield f"The journal of unit {anchor.unit} is not the one that was anchored."
    if next(islice(found_faults(), 1), None) is not None:
        yield "The journal is not whole; `metgezel audit verify` in the new place names each line."


def _latest(path: Path | None) -> "list[Anchor]":
    """The newest anchor of each unit."""
    from metgezel.foundation.audit.anchors import BadAnchor, from_lines

    if path is None:
        return []
    try:
        anchors = list(from_lines(path.read_text(encoding="ascii").splitlines()))
    except (BadAnchor, OSError, UnicodeDecodeError) as problem:
        raise BackupRefused(
            f"It is restored, but the anchors in {path} cannot be read: {problem}."
        ) from problem
    newest = {anchor.unit: anchor for anchor in sorted(anchors, key=lambda one: one.place)}
    return list(newest.values())
