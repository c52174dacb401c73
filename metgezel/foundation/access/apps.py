from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "metgezel.foundation.access"
    label = "access"
    verbose_name = _("Access")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Build the second wall anew after every migration, so that no table is left outside."""
        connection_created.connect(_rest)
        pre_migrate.connect(_clear_second_wall, sender=self)
        post_migrate.connect(_build_second_wall, sender=self)


def _rest(connection: Any, **_signal: Any) -> None:
    """A web process sets its owner's rights aside before the first question."""
    if connection.vendor == "postgresql" and settings.METGEZEL_SERVES_PAGES:
        from .database_roles import WEB

        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {WEB}")


def _clear_second_wall(plan: list[Any], **_signal: Any) -> None:
    if plan and connection.vendor == "postgresql":
        from .row_security import clear_second_wall

        clear_second_wall()


def _build_second_wall(**_signal: Any) -> None:
    if connection.vendor == "postgresql":
        from .row_security import build_second_wall

        build_second_wall()
