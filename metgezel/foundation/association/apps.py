from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssociationConfig(AppConfig):
    name = "metgezel.foundation.association"
    label = "association"
    verbose_name = _("Association")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django's checks know ours."""
        from . import demo_accounts  # noqa: F401
