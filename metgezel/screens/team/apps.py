"""The team leader's screens as Django knows them: only for their templates."""

from django.apps import AppConfig


class TeamScreensConfig(AppConfig):
    """Templates of the review of access."""

    name = "metgezel.screens.team"
    label = "team_screens"
