"""Opening a client's file."""

import secrets
from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction

from metgezel.foundation.association.models import Unit

from .models import ClientFile, Person

#: No vowels (no words), and no signs that look alike when read aloud or written by hand.
_SIGNS = "23456789BCDFGHJKMNPQRTVWXZ"
_TRIES = 5


def file_number(choose: Callable[[str], str] = secrets.choice) -> str:
    """Return a number like ``K7P-3QX``: short to say, and it tells nothing about its owner.

    Pass ``random.Random(seed).choice`` for invented people who must come out the same each time.
    """
    signs = [choose(_SIGNS) for _ in range(6)]
    return f"{''.join(signs[:3])}-{''.join(signs[3:])}"


def open_file(person: Person, unit: Unit, opened: date) -> ClientFile:
    """Open the file of somebody at a location, with a number nobody else in the association has.

    Raises:
        IntegrityError: this person already has a file.
    """
    for _ in range(_TRIES):
        number = file_number()
        taken = ClientFile.objects.filter(association=unit.association_id, number=number).exists()
        if not taken:
            with transaction.atomic():
                return ClientFile.objects.create(
                    person=person, unit=unit, opened=opened, number=number
                )
    raise IntegrityError("No free file number was found.")
