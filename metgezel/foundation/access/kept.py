"""Parts of a file that are not for everybody who may open it."""

from collections.abc import Mapping
from enum import Enum

from metgezel.foundation.association.roles import Role


class Kept(Enum):
    """What is kept back; a model says it in ``KEPT``, and the door heeds it."""

    IDENTIFIERS = "identifiers"
    MEDICAL = "medical"
    LEGAL = "legal"


#: The roles that read it on an assignment; the client always reads her own. Leading a team, a
#: drop-in key, or helping as a volunteer does not open these parts.
READ_BY: Mapping[Kept, frozenset[Role]] = {
    Kept.IDENTIFIERS: frozenset({Role.COMPANION, Role.LEGAL_COMPANION}),
    Kept.MEDICAL: frozenset({Role.COMPANION, Role.LEGAL_COMPANION}),
    Kept.LEGAL: frozenset({Role.LEGAL_COMPANION}),
}
