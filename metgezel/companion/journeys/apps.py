"""The journeys room as Django knows it."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Events, plan, steps and goals of one person."""

    name = "metgezel.companion.journeys"
    label = "journeys"

    def ready(self) -> None:
        """Let an overview of somebody's data name events and rules as people do."""
        from metgezel.foundation.privacy.codes import name_codes

        from .naming import event_name, rule_title

        name_codes("journeys.Event.kind", event_name)
        for model in ("PlanStep", "StepOverlay"):
            name_codes(f"journeys.{model}.rule", rule_title)
