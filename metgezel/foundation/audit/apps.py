"""The journal as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Watches every model that hangs on a file, and keeps the triggers in place."""

    name = "metgezel.foundation.audit"
    label = "audit"
    verbose_name = _("Journal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to watch."""
        from .watching import connect

        connect()
        post_migrate.connect(_put_triggers_back, sender=self)
        user_logged_in.connect(_signed_in, dispatch_uid="audit.signed_in")


def _put_triggers_back(using: str, **_: Any) -> None:
    """SQLite loses triggers when a migration makes their table anew."""
    from .triggers import TABLES, install

    connection = connections[using]
    if set(TABLES) <= set(connection.introspection.table_names()):
        install(connection)


def _signed_in(user: Any, **_: Any) -> None:
    """Write down who came in; the page and role follow from what she does there."""
    from .acting import Acting, acting
    from .models import Action
    from .writing import Line, record

    with acting(Acting(page="account_login", user=user)):
        record(Line(Action.SIGNED_IN))
