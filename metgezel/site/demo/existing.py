"""Whether a database is in use already."""

from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.people.models import Person


def holds_data() -> bool:
    """Whether anybody or any unit is in this database; one is enough to leave it alone."""
    in_use = (User, Unit, Person)
    return any(model._default_manager.exists() for model in in_use)
