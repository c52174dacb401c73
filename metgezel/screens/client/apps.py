"""The client's screens as Django knows them: only for their templates."""

from django.apps import AppConfig


class ClientScreensConfig(AppConfig):
    """Who looked in my file."""

    name = "metgezel.screens.client"
    label = "client_screens"
