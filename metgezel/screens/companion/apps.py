"""The companion's screens as Django knows them: only for their templates."""

from django.apps import AppConfig


class CompanionScreensConfig(AppConfig):
    """Templates of Today, the person page and recording events."""

    name = "metgezel.screens.companion"
    label = "companion_screens"
