"""What erasure does to each field of each model: keep it, blur it, or erase it.

Every model carries ``ERASURE = erasure(keep="…", blur="…", erase="…")``. A test walks all fields,
so a new field cannot be forgotten. Carrying the erasure out is another part; this is its map.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Erasure(StrEnum):
    """The three things that can happen to a field when a person is erased."""

    KEEP = "keep"
    BLUR = "blur"
    ERASE = "erase"


def erasure(*, keep: str = "", blur: str = "", erase: str = "") -> Mapping[str, Erasure]:
    """Map field names (given in one string, parted by spaces) to their erasure class.

    Raises:
        ValueError: a field is named twice.
    """
    classes: dict[str, Erasure] = {}
    for kind, names in ((Erasure.KEEP, keep), (Erasure.BLUR, blur), (Erasure.ERASE, erase)):
        for name in names.split():
            if name in classes:
                raise ValueError(f"{name} has two erasure classes: {classes[name]} and {kind}")
            classes[name] = kind
    return MappingProxyType(classes)
