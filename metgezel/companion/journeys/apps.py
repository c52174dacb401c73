"""The journeys room as Django knows it."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Events, plan, steps and goals of one person."""

    name = "metgezel.companion.journeys"
    label = "journeys"
