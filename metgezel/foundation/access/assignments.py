"""Letting a colleague into a file, and out again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .door import reach_of
from .models import Assignment, AssignmentKind


def assign(
    file: ClientFile,
    user: User,
    starts: date,
    kind: AssignmentKind = AssignmentKind.COMPANION,
) -> Assignment:
    """Give a colleague access to a file from a day on.

    Raises:
        ValidationError: on that day she has no role that works in files of this association.
    """
    if file.unit.association_path not in reach_of(user, starts).works_in:
        raise ValidationError(
            _("%(name)s has no role that works in files here on that day."),
            params={"name": user.name},
            code="no_role",
        )
    return Assignment.objects.create(file=file, user=user, starts=starts, kind=kind)


def end_assignment(assignment: Assignment, last_day: date) -> None:
    """Let this be the last day; from the next day the file is closed to this colleague."""
    assignment.ends = last_day
    assignment.full_clean(exclude=["file", "user"])
    assignment.save(update_fields=["ends"])
