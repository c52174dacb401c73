"""The demo: invented people only, the same for the same seed, and nowhere but in demo mode."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import models

from metgezel.companion.journeys.case_of_file import case_of
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.companion.journeys.models import (
    DoerChange,
    Event,
    Goal,
    OwnStep,
    PlanStep,
    StepOverlay,
)
from metgezel.companion.journeys.plan_index import recompute_plan
from metgezel.engines.rules import check_case
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.audit.acting import without_journal
from metgezel.foundation.people.models import (
    ClientFile,
    FamilyTie,
    Household,
    HouseholdMember,
    Person,
)
from metgezel.site.cli import main
from metgezel.site.demo import generate
from metgezel.site.progress import Progress
from tests.site.demo_filling import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_mode(settings: Any) -> None:
    settings.METGEZEL_DEMO = True


def test_outside_demo_mode_nothing_is_stored_and_no_log_in_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments in (["demo", "--people", "3"], ["demo", "--logins"]):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "demo mode" in err
    assert not User.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.usefixtures("demo_mode")
def test_a_database_that_is_in_use_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--people", "3"]) == 0
    assert main(["demo", "--people", "3"]) == 2
    assert "Nothing was stored" in capsys.readouterr().err
    assert ClientFile.objects.count() == 3


@pytest.mark.usefixtures("demo_mode")
@pytest.mark.parametrize(
    "somebody",
    [
        lambda: User.objects.create_user("beheer@example.org", "Beheer"),
        lambda: Person.objects.create(given_name="Amal"),
    ],
    ids=["an account", "a person"],
)
def test_one_account_or_one_person_makes_a_database_in_use(
    somebody: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> None:
    somebody()
    assert main(["demo", "--people", "3"]) == 2
    assert "Nothing was stored" in capsys.readouterr().err
    assert not Unit.objects.exists()


@pytest.mark.usefixtures("demo_mode")
def test_log_ins_that_are_not_in_the_database_are_not_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--logins"]) == 0
    assert "samen-op-weg" not in capsys.readouterr().out
    assert main(["demo", "--people", "3"]) == 0
    capsys.readouterr()
    assert main(["demo", "--logins"]) == 0
    assert "client@demo.example" in capsys.readouterr().out


@pytest.mark.usefixtures("demo_mode")
@pytest.mark.parametrize("people", ["0", "-1", "1000001"])
def test_an_impossible_number_of_people_is_refused(people: str) -> None:
    assert main(["demo", f"--people={people}"]) == 2
    assert not Unit.objects.exists()


@pytest.mark.usefixtures("demo_mode")
def test_a_demo_that_is_broken_off_leaves_nothing_and_can_be_started_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_off(self: Progress, done: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(generate, "BATCH", 5)
        patch.setattr(Progress, "__call__", break_off)
        assert main(["demo", "--people", "12"]) == 130
    assert "Nothing was stored" in capsys.readouterr().err
    assert not any(model._default_manager.exists() for model in (Unit, User, Person, ClientFile))
    assert main(["demo", "--people", "12"]) == 0
    assert ClientFile.objects.count() == 12


def test_the_stored_plan_is_what_computing_it_again_makes(today: date) -> None:
    filled(60, seed=1, today=today)
    assert Unit.objects.filter(kind="foundation").count() == 3
    assert Unit.objects.filter(kind="location").count() == 12
    assert not Event.objects.filter(on__gt=today).exists()
    for file in ClientFile.objects.order_by("number"):
        stored, next_due = _steps(file), file.next_due
        recompute_plan(file, today)
        assert (_steps(file), file.next_due) == (stored, next_due)
    assert PlanStep.objects.exists()


def _steps(file: ClientFile) -> list[Any]:
    shown = ("rule", "event_root", "member", "closed", "starts", "safe", "due", "done_on")
    return sorted(map(str, PlanStep.objects.filter(file=file).values_list(*shown)))


def test_what_happens_to_invented_people_could_happen(today: date) -> None:
    filled(120, seed=3, today=today)
    vocabulary = current_lawbook().vocabulary
    for file in ClientFile.objects.order_by("number"):
        problems = check_case(case_of(file, vocabulary), vocabulary, today)
        assert not problems, (file.number, problems)


NAMED = (
    Unit, Person, ClientFile, FamilyTie, Household, HouseholdMember, Event, PlanStep,
    StepOverlay, DoerChange, Goal, OwnStep, Assignment,
)  # fmt: skip
#: Moments of the real clock, and numbers the database itself hands out.
NOT_OURS = {"id", "created_at", "changed_at", "recorded_at"}


def everything() -> dict[str, list[str]]:
    """Every row of the demo, with its own number where the demo chose it."""
    return {model.__name__: _rows(model) for model in NAMED}


def _rows(model: type[models.Model]) -> list[str]:
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if (field.name not in NOT_OURS or isinstance(field, models.UUIDField))
        and (
            not isinstance(field, models.ForeignKey)
            or isinstance(field.target_field, models.UUIDField)
        )
    ]
    return sorted(map(str, model._default_manager.values_list(*names)))


@without_journal("between two demos of one test")
def _emptied() -> None:
    Event.objects.update(replaced_by=None)
    for model in (Assignment, ClientFile, Person, Household, User):
        model._default_manager.all().delete()
    for kind in ("location", "foundation", "association"):
        Unit.objects.filter(kind=kind).delete()


def test_the_same_seed_makes_the_same_people_and_another_seed_others(today: date) -> None:
    filled(40, seed=7, today=today)
    first = everything()
    _emptied()
    filled(40, seed=7, today=today)
    assert everything() == first
    _emptied()
    filled(40, seed=8, today=today)
    other = everything()
    assert all(other[name] != rows for name, rows in first.items())


def test_a_larger_demo_begins_with_the_same_people(today: date) -> None:
    filled(20, seed=7, today=today)
    few = set(_rows(Person))
    _emptied()
    filled(40, seed=7, today=today)
    assert few < set(_rows(Person))
