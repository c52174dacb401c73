"""The log-in screens as an app: listens to log-ins; no models."""

from django.apps import AppConfig


class AccountScreensConfig(AppConfig):
    """Log-in, second factor, sessions, and the client's first visit."""

    name = "metgezel.screens.account"
    label = "logging_in"

    def ready(self) -> None:
        """Begin to listen."""
        from . import receivers  # noqa: F401
