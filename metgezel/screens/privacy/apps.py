"""The privacy officer's screens as Django knows them: only for their templates."""

from django.apps import AppConfig


class PrivacyScreensConfig(AppConfig):
    """Findings, questions, and the journal per colleague and per file."""

    name = "metgezel.screens.privacy"
    label = "privacy_screens"
