from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KeysConfig(AppConfig):
    name = "metgezel.foundation.keys"
    label = "keys"
    verbose_name = _("Keys")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hold the keys against the database each time its tables were brought up to date."""
        from .proof import after_migrate

        post_migrate.connect(after_migrate, sender=self)
