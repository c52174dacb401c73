from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Template components; no models."""

    name = "metgezel.screens.components"
    label = "components"
