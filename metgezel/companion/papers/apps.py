from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "metgezel.companion.papers"
    label = "papers"
    verbose_name = _("Papers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let an export take papers along, and an erasure remove what is on them."""
        from metgezel.foundation.privacy.contents import Contents, keep_contents

        from . import keeping, storage

        papers = Contents(
            name=lambda paper: f"{paper.name}.{paper.kind}",
            read=keeping.content_of,
            remove=lambda paper: storage.remove(paper.stored_name),
            lost=storage.ContentLost,
        )
        keep_contents("papers.Paper", papers)
