"""What a stored code is called by people: each room that keeps codes says so, in ``ready``.

Only for what is read; the data of an overview keep the code.
"""

from collections.abc import Callable

from metgezel.foundation.people.countries import country_name
from metgezel.foundation.people.languages import language_name
from metgezel.foundation.people.municipalities import municipality_name

#: From a code and a language (``nl``, ``en``) to a name; an unknown code gives itself.
Naming = Callable[[str, str], str]

_known: dict[str, Naming] = {
    "people.Person.nationality": country_name,
    "people.Person.municipality": lambda code, _language: municipality_name(code),
    "people.PersonLanguage.code": language_name,
}


def name_codes(field: str, naming: Naming) -> None:
    """Say how the codes of ``app.Model.field`` are called; saying it again replaces it."""
    _known[field] = naming


def code_in_words(field: str, code: str, language: str) -> str:
    """The name of a code; the text itself where no room knows the field."""
    naming = _known.get(field)
    return naming(code, language) if naming else code
