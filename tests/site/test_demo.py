"""The demo: invented people only, the same for the same seed, and nowhere but in demo mode."""

from datetime import date
from typing import Any

import pytest

from metgezel.companion.journeys.models import Event, PlanStep
from metgezel.companion.journeys.plan_index import plan_of, step_key
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.association.models import Unit, User
from metgezel.foundation.people.models import ClientFile, Person
from metgezel.site.cli import main

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
@pytest.mark.parametrize("people", ["0", "-1", "1000001"])
def test_an_impossible_number_of_people_is_refused(people: str) -> None:
    assert main(["demo", f"--people={people}"]) == 2
    assert not Unit.objects.exists()


@pytest.mark.usefixtures("demo_mode")
def test_the_stored_plan_is_what_the_engine_says(today: date) -> None:
    assert main(["demo", "--people", "40"]) == 0
    assert Unit.objects.filter(kind="foundation").count() == 3
    assert Unit.objects.filter(kind="location").count() == 12
    assert Assignment.objects.count() == 40
    assert not Event.objects.filter(on__gt=today).exists()
    assert Person.objects.filter(nationality="XXA", birth_date=date(2020, 2, 29)).exists()
    for file in ClientFile.objects.order_by("number"):
        stored = {(s.rule, s.event_root, s.member) for s in PlanStep.objects.filter(file=file)}
        assert stored == {step_key(step) for step in plan_of(file, today).steps}
    assert PlanStep.objects.exists()
