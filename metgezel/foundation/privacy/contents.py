"""Contents that stand outside the tables, such as scanned letters: read, named and removed here.

A room that keeps such contents says how, in the ``ready`` of its app. Privacy then exports them,
removes them and searches them without knowing that room.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True, slots=True)
class Contents:
    """What can be done with the content of one row of a model.

    ``read`` may raise OSError or ``lost`` when the content is gone; ``remove`` gets the row as it
    was, after its removal from the table is certain.
    """

    name: Callable[[Any], str]
    read: Callable[[Any], bytes]
    remove: Callable[[Any], None]
    lost: type[Exception] = OSError


_known: dict[str, Contents] = {}


def keep_contents(label: str, contents: Contents) -> None:
    """Say how contents of the model ``app.Model`` are kept; saying it again replaces it."""
    _known[label.lower()] = contents


def kept_contents() -> Mapping[type[models.Model], Contents]:
    """Every model with contents outside the tables."""
    return {apps.get_model(label): contents for label, contents in sorted(_known.items())}
