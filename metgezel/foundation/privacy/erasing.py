"""Carrying an erasure out: all of it in one transaction, with one line in the journal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from metgezel.foundation.association.models import User
from metgezel.foundation.audit.models import Action
from metgezel.foundation.audit.writing import Line, in_one_line
from metgezel.foundation.people.models import ClientFile

from .blurring import blurred, emptied_values
from .contents import kept_contents
from .erasure_plan import ErasurePlan, plan_erasure
from .leftovers import Leftover, leftovers, traces_of
from .models import ErasedFile

WHY = "one line stands for the whole erasure; lines about single rows would tell what there was"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done, and where words of these people still stand."""

    plan: ErasurePlan
    proof: ErasedFile
    left: list[Leftover]


def erase_file(
    file: ClientFile, why: ErasedFile.Why, today: date, by: User | None = None
) -> Erased:
    """Erase a file with the people who belong to no other, and look for what is left.

    Nothing is stored when any part fails. Contents outside the tables go when the rest is certain.

    Raises:
        ClientFile.DoesNotExist: somebody erased it meanwhile.
    """
    _overwrite_on_sqlite()
    with transaction.atomic():
        locked = ClientFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        plan = plan_erasure(locked)
        traces = traces_of(plan.circle)
        proof = _carry_out(plan, locked, why, today, by)
    left = leftovers(traces)
    ErasedFile.objects.filter(pk=proof.pk).update(left=len(left))
    return Erased(plan, proof, left)


def erase_again(numbers: Iterable[UUID], today: date) -> Iterator[Erased]:
    """Erase those of these files that came back with a backup; what is gone already is left."""
    for file in ClientFile.objects.filter(pk__in=list(numbers)).order_by("pk"):
        yield erase_file(file, ErasedFile.Why.AGAIN, today)


def _carry_out(
    plan: ErasurePlan, file: ClientFile, why: ErasedFile.Why, today: date, by: User | None
) -> ErasedFile:
    total = sum(len(rows) for rows in (*plan.gone.values(), *plan.emptied.values()))
    line = Line(Action.REMOVED, file.pk, ClientFile._meta.label_lower, number=total)
    proof = ErasedFile(
        file=file.pk,
        unit=file.unit,
        number=file.number,
        opened=blurred(file.opened),
        closed=blurred(file.closed),
        erased_on=today,
        why=why,
        by=by,
        counts=plan.counts(),
    )
    with in_one_line(line, WHY):
        _end_log_ins(plan.circle.accounts)
        _remove_contents(plan)
        _cut_links(plan)
        for model, numbers in plan.emptied.items():
            _empty(model, numbers)
        for model, numbers in plan.gone.items():
            _rows(model, numbers)._raw_delete(connection.alias)
    ErasedFile.objects.filter(file=proof.file).delete()  # of before a backup was put back
    proof.save()
    return proof


def _end_log_ins(accounts: tuple[User, ...]) -> None:
    """Take away what packages remember of these accounts by address or session."""
    if not accounts:
        return
    addresses = [user.email for user in accounts]
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(username__in=addresses).delete()
    numbers = {str(user.pk) for user in accounts}
    for session in Session.objects.order_by("pk").iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") in numbers:
            session.delete()


def _remove_contents(plan: ErasurePlan) -> None:
    for model, contents in kept_contents().items():
        for row in _rows(model, plan.gone.get(model, set())).order_by("pk"):
            transaction.on_commit(partial(contents.remove, row))


def _cut_links(plan: ErasurePlan) -> None:
    """Empty links between what goes and what stays, and those inside what goes."""
    for (model, name), numbers in plan.cut.items():
        _rows(model, numbers).update(**{name: None})


def _empty(model: type[models.Model], numbers: set[Any]) -> None:
    for row in _rows(model, numbers).order_by("pk"):
        _rows(model, {row.pk}).update(**emptied_values(row))


def _rows(model: type[models.Model], numbers: set[Any]) -> "models.QuerySet[Any]":
    """Plainly these rows: no door, no journal, no signals."""
    return models.QuerySet(model).filter(pk__in=numbers)


def _overwrite_on_sqlite() -> None:
    """Ask SQLite to write zeros over what it removes, instead of only forgetting where it is."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
