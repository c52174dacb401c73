"""Names of fields and models for people, also of those the program itself never shows."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext


def label(name: str | Promise) -> str:
    """The name in the active language, beginning with a capital.

    Most fields have no name of their own, only one made from the code. Their translations stand
    under the context ``field``, so that a word on a page can be translated otherwise.
    """
    return str(capfirst(pgettext("field", str(name))))
