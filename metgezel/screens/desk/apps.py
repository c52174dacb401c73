"""The walk-in desk's screens as Django knows them: only for their templates."""

from django.apps import AppConfig


class DeskScreensConfig(AppConfig):
    """Templates of the drop-in key."""

    name = "metgezel.screens.desk"
    label = "desk_screens"
