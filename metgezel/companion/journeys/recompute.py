"""Plans made with older law, computed again: one file, one transaction."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db import transaction

from metgezel.foundation.people.models import ClientFile

from .lawbook import current_lawbook
from .plan_index import recompute_plan


def files_behind() -> list[UUID]:
    """The keys of all files whose plan was made with another version of the law."""
    behind = ClientFile.objects.exclude(law_version=current_lawbook().version)
    return list(behind.order_by("pk").values_list("pk", flat=True))


def recompute_files(keys: Iterable[UUID], today: date) -> Iterator[str | None]:
    """Compute each plan again; yields None for each that is done, else why it could not be.

    A file that cannot be computed keeps the plan it had and stays behind, so that the next
    time tries it again. Stopping halfway leaves every file whole.
    """
    for key in keys:
        try:
            _recompute(key, today)
        except (ValueError, LookupError) as problem:
            number = ClientFile.objects.values_list("number", flat=True).get(pk=key)
            yield f"File {number} keeps its older plan: {problem}."
        else:
            yield None


def _recompute(key: UUID, today: date) -> None:
    with transaction.atomic():
        locked = (
            ClientFile.objects.select_for_update(of=("self",))
            .select_related("person", "unit")
            .filter(pk=key)
            .first()
        )
        if locked is not None:  # erased since we listed it
            recompute_plan(locked, today)
