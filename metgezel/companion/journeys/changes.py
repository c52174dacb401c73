"""Two people at one file: every change names the version it was made on, and makes the next."""

from dataclasses import dataclass
from datetime import date

from metgezel.engines.rules.counting import DayOutOfRange
from metgezel.engines.rules.vocabulary import Texts
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from .models import FileChange, What
from .plan_index import recompute_plan

TOO_FAR = {
    "nl": "Hiermee eindigt een termijn buiten de jaren 1900 tot en met 2199; "
    "kies een dag waarvan alle termijnen daarbinnen vallen.",
    "en": "With this a term ends outside the years 1900 to 2199; "
    "choose a day of which all terms fall within them.",
}

LATER_THAN_TODAY = {
    "nl": "deze dag moet nog komen, kies vandaag of een dag ervoor; er is nog niets opgeslagen",
    "en": "this day is still to come, choose today or a day before; nothing was stored yet",
}
TOO_LONG = {
    "nl": "deze tekst is te lang, maak hem korter; er is nog niets opgeslagen",
    "en": "this text is too long, make it shorter; nothing was stored yet",
}


class ChangeRefused(ValueError):
    """What was asked of a file cannot be; nothing was stored.

    `problems` are pairs: the field it is about ("" for none) and the sentence per language.
    """

    def __init__(self, problems: list[tuple[str, Texts]]) -> None:
        super().__init__("; ".join(texts["en"] for _, texts in problems))
        self.problems = problems


class StaleFile(Exception):
    """Somebody else changed the file meanwhile; nothing was stored and nothing is lost."""

    def __init__(self, theirs: int, yours: int) -> None:
        super().__init__(f"the file is at version {theirs}, not {yours}")
        self.theirs = theirs
        self.yours = yours


@dataclass(frozen=True, slots=True)
class Done:
    """Who did what to a file; see FileChange for `subject`."""

    by: User | None = None
    what: What = What.OTHER
    subject: object = ""


def lock_file(file: ClientFile, version: int) -> ClientFile:
    """The file, locked for this transaction, if nobody changed it since. Raises StaleFile."""
    locked = ClientFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if locked.version != version:
        raise StaleFile(locked.version, version)
    return locked


def finish_change(locked: ClientFile, today: date, done: Done | None = None) -> None:
    """Give the file its next version, say who made it, and compute its plan.

    Raises ChangeRefused when the plan could not be counted; the transaction must end then.
    """
    done = done or Done()
    locked.version += 1
    locked.save(update_fields=["version"])
    FileChange.objects.create(
        file=locked, version=locked.version, what=done.what, subject=str(done.subject), by=done.by
    )
    try:
        recompute_plan(locked, today)
    except DayOutOfRange:
        raise ChangeRefused([("on", TOO_FAR)]) from None
