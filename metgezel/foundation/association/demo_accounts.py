"""Invented accounts, whose password everybody knows, do not go with a public site."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Critical, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

DEMO = "@demo.example"
SENTENCE = (
    "This database holds demo accounts, whose password everybody knows (addresses ending in "
    "@demo.example); a public site does not start with them: use an empty database."
)


def refuse_demo_accounts() -> None:
    """Stop the start of a public site on a demo's database.

    Raises:
        ImproperlyConfigured: it holds demo accounts.
    """
    if settings.PRODUCTION and _there():
        raise ImproperlyConfigured(SENTENCE)


@register(Tags.database)
def no_demo_accounts(
    app_configs: Any = None, databases: Any = None, **_rest: Any
) -> list[CheckMessage]:
    """The same for `metgezel django check --database default` and for `migrate`."""
    if databases and settings.PRODUCTION and _there():
        return [Critical(SENTENCE, id="metgezel.E001")]
    return []


def _there() -> bool:
    from metgezel.foundation.association.models import User

    try:
        return User.objects.filter(email__endswith=DEMO).exists()
    except DatabaseError:  # no tables yet, or no database: other words say that
        return False
