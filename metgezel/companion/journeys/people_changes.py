"""Changing what is known of a person, with the plan of every file that reads it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from metgezel.engines.rules import check_case
from metgezel.engines.rules.vocabulary import Texts
from metgezel.foundation.access.second_wall import with_other_files_about
from metgezel.foundation.association.models import User
from metgezel.foundation.people.birth import BirthDate
from metgezel.foundation.people.identifiers import keep_v_number
from metgezel.foundation.people.models import ClientFile, Person, PersonLanguage

from .case_of_file import case_of
from .changes import ChangeRefused, Done, StaleFile, finish_change
from .lawbook import current_lawbook
from .models import What
from .plan_compare import PlanChange, compare_plans
from .plan_index import plan_of

#: What is in a file one may not open stays there.
ELSEWHERE: Texts = {
    "nl": "dit past niet bij wat in een ander dossier over deze persoon staat",
    "en": "this does not fit what another file says about this person",
}


@dataclass(frozen=True, slots=True)
class LanguageSpoken:
    """A language somebody speaks: `code` of known_languages(), `level` of LanguageLevel."""

    code: str
    level: str
    interpreter_needed: bool


@dataclass(frozen=True, slots=True)
class EnteredPerson:
    """What is known of the client, as entered. Blank is unknown; None of a minor too."""

    given_name: str
    family_name: str
    name_own_script: str
    birth: BirthDate
    nationality: str
    gender: str
    municipality: str
    unaccompanied_minor: bool | None
    languages: tuple[LanguageSpoken, ...]
    v_number: str | None  #: None leaves it as it is


def change_person(
    file: ClientFile, by: User | None, version: int, entered: EnteredPerson, today: date
) -> None:
    """Store what is known of the client and compute the plans that read it.

    Raises:
        StaleFile: somebody else changed the file.
        ChangeRefused: a birth after something that happened.
        ValueError: the V-number is none.
    """
    with changing(file, version, file.person, today, Done(by, What.PERSON)) as locked:
        person = locked.person
        person.given_name = entered.given_name
        person.family_name = entered.family_name
        person.name_own_script = entered.name_own_script
        entered.birth.put_on(person)
        person.nationality = entered.nationality
        person.gender = entered.gender
        person.municipality = entered.municipality
        person.unaccompanied_minor = entered.unaccompanied_minor
        person.save()
        _keep_languages(person, entered.languages)
        if entered.v_number is not None:
            keep_v_number(person, entered.v_number)


def _keep_languages(person: Person, spoken: Sequence[LanguageSpoken]) -> None:
    person.languages.exclude(code__in=[one.code for one in spoken]).delete()
    for one in spoken:
        PersonLanguage.objects.update_or_create(
            person=person,
            code=one.code,
            defaults={"level": one.level, "interpreter_needed": one.interpreter_needed},
        )


@contextmanager
def changing(
    file: ClientFile, version: int, person: Person, today: date, done: Done
) -> Iterator[ClientFile]:
    """Change facts of a person in one transaction with all plans that read them.

    Yields the file, locked. A person can be the client of one file and family in others; all of
    them get a new version and plan. Raises StaleFile, ChangeRefused.
    """
    with transaction.atomic(), with_other_files_about(person.pk):
        files = _locked(file, person)
        locked = next(one for one in files if one.pk == file.pk)
        if locked.version != version:
            raise StaleFile(locked.version, version)
        known = {one.pk: _problems(one, today) for one in files}
        yield locked
        wrong: list[Texts] = []
        for one in files:
            one.refresh_from_db()
            new = [text for text in _problems(one, today) if text not in known[one.pk]]
            wrong += new if one.pk == file.pk else [ELSEWHERE] * bool(new)
        if wrong:
            raise ChangeRefused([("birth_date", text) for text in wrong])
        for one in files:
            # Who works in one file does not learn from it who works in another.
            finish_change(one, today, done if one.pk == file.pk else Done())


def rehearse(file: ClientFile, today: date, change: Callable[[], object]) -> PlanChange:
    """What a change would do to the plan: it is made, looked at and taken back."""
    with transaction.atomic():
        before = plan_of(ClientFile.objects.get(pk=file.pk), today)
        change()
        after = plan_of(ClientFile.objects.get(pk=file.pk), today)
        transaction.set_rollback(True)
    return compare_plans(before, after)


def _locked(file: ClientFile, person: Person) -> list[ClientFile]:
    """The file and all others about this person, in one order so that two savers never cross."""
    about = Q(pk=file.pk) | Q(person=person)
    about |= Q(pk__in=person.relative_in.values("file"))
    found = ClientFile.objects.select_for_update(of=("self",)).filter(about)
    return list(found.order_by("pk"))


def _problems(file: ClientFile, today: date) -> list[Texts]:
    vocabulary = current_lawbook().vocabulary
    return [p.spoken for p in check_case(case_of(file, vocabulary), vocabulary, today)]
