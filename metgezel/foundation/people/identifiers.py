"""Numbers of authorities: how they are written, and how a person is found by one.

No BSN: there is no legal basis for it here. The V-number (vreemdelingennummer) is optional.
"""

import re
from typing import TYPE_CHECKING

from .encryption import blind_index, blind_indexes

if TYPE_CHECKING:
    from .models import Person, PersonQuerySet

V_NUMBER_PURPOSE = "people.identifier.v_number"


def normalised_v_number(text: str) -> str:
    """Return the number without spaces, dots and hyphens.

    Raises:
        ValueError: nothing is left, or something else than digits. The length is not checked:
            no public source confirms that it is always ten.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"[0-9]{4,14}", digits):
        raise ValueError("A V-number has 4 to 14 digits.")
    return digits


def index_of(number: str) -> str:
    """The blind index of a normalised number."""
    return blind_index(number, V_NUMBER_PURPOSE)


def people_with_v_number(people: "PersonQuerySet", text: str) -> "PersonQuerySet":
    """Keep the people with this V-number; a blank or impossible number matches nobody.

    Pass people fetched through the door (``Person.objects.visible_to(user)``).
    """
    try:
        indexes = blind_indexes(normalised_v_number(text), V_NUMBER_PURPOSE)
    except ValueError:
        return people.none()
    return people.filter(identifiers__kind="v_number", identifiers__index__in=indexes)


def keep_v_number(person: "Person", text: str) -> None:
    """Store, replace or (with a blank text) remove somebody's V-number.

    Raises:
        ValueError: the text is not a V-number.
    """
    if not text.strip():
        person.identifiers.filter(kind="v_number").delete()
        return
    number = person.identifiers.filter(kind="v_number").first() or person.identifiers.model(
        person=person, kind="v_number"
    )
    number.value = text
    number.save()
