"""The one door to everybody's file: what is not opened here stays shut.

Every model that hangs on a file names the paths from itself to that file in ``FILE_PATHS`` and
takes its manager from ``DoorQuerySet``. ``visible_to`` then shows a user the rows of the files
she may open today, on the grounds of ``grounds``, and no others.

Nothing is remembered between requests, so an ended role or assignment counts on the next click.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from metgezel.foundation.association.models import User
from metgezel.foundation.audit.watching import WatchedQuerySet

from .kept import Kept
from .reach import NO_REACH, Reach, Visitor, hold_reach, reach_of

if TYPE_CHECKING:
    from metgezel.foundation.people.models import ClientFile

__all__ = ["NO_REACH", "DoorQuerySet", "Reach", "Visitor", "has_own_file", "hold_reach", "reach_of"]

SELF = ""  #: the path of a file to itself


def has_own_file(user: Visitor) -> bool:
    """Whether this user is a client here."""
    return (
        isinstance(user, User)
        and user.person_id is not None
        and bool(_file_model().objects.filter(person=user.person_id).exists())
    )


def _file_model() -> "type[ClientFile]":
    # Looked up late: people.models itself goes through this door.
    return apps.get_model("people", "ClientFile")


M = TypeVar("M", bound=models.Model)


class DoorQuerySet(WatchedQuerySet[M]):
    """A queryset whose rows are fetched through the door, and whose changes are written down."""

    #: Whether rows of many files are listed together. Then the files are gathered first; else,
    #: for somebody with very many files, each row is asked for its file.
    LISTED: ClassVar = False

    def visible_to(
        self, user: Visitor, today: date | None = None, *, row_by_row: bool = False
    ) -> Self:
        """Keep the rows of files that this user may open on this day (default: today).

        With ``row_by_row`` each row is asked for its file in the order wanted: quicker where the
        first few are wanted of very many that may be seen.
        """
        # Imported late: the grounds look at models that go through this door themselves.
        from .grounds import visible_files

        paths: Iterable[str] = self.model.FILE_PATHS  # type: ignore[attr-defined]
        kept: Kept | None = getattr(self.model, "KEPT", None)
        mine = visible_files(user, today, kept)
        files = _file_model().objects.filter(mine)
        gather = not row_by_row and (self.LISTED or not reach_of(user, today).leads)
        condition = Q(pk__in=[])  # no path: no row
        for path in paths:
            if path == SELF:
                condition |= mine
            elif gather:
                condition |= Q(**{f"{path}__in": files})
            else:
                condition |= Q(Exists(files.filter(pk=OuterRef(path))))
        if all(self._leads_to_one(path) for path in paths):
            return self.filter(condition)
        # A path through many rows would show a person once for each of them.
        found = self.model._base_manager.filter(condition).values("pk")
        return self.filter(pk__in=found)

    def _leads_to_one(self, path: str) -> bool:
        options: Any = self.model._meta
        for part in path.split("__") if path else ():
            field = options.get_field(part)
            if field.one_to_many or field.many_to_many:
                return False
            options = field.related_model._meta
        return True
