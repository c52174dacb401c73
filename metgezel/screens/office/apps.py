"""The office's screens as Django knows them: only for their templates."""

from django.apps import AppConfig


class OfficeScreensConfig(AppConfig):
    """Templates of the units and the colleagues."""

    name = "metgezel.screens.office"
    label = "office_screens"
