"""After a change of law every plan is computed again, file by file."""

from datetime import date

import pytest

from metgezel.companion.journeys.models import Event, PlanStep
from metgezel.companion.journeys.recompute import files_behind, recompute_files
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.people.models import ClientFile
from tests.small_association import small_association

TODAY = date(2026, 11, 24)
REFUSED = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    file = small_association().in_assen
    record_event(file, None, 1, REFUSED, TODAY)
    list(recompute_files(files_behind(), TODAY))  # the association's other files
    return file


def made_by_older_law(file: ClientFile) -> None:
    ClientFile.objects.filter(pk=file.pk).update(law_version="older", next_due=None)
    PlanStep.objects.filter(file=file).delete()


def test_a_plan_of_older_law_is_computed_again(file):
    made_by_older_law(file)
    assert list(recompute_files(files_behind(), TODAY)) == [None]
    assert PlanStep.objects.filter(file=file, rule="asy-appeal-2w").exists()
    assert ClientFile.objects.get(pk=file.pk).next_due is not None


def test_a_plan_of_this_law_is_left_alone(file):
    PlanStep.objects.filter(file=file).delete()
    assert files_behind() == []


def test_a_file_that_cannot_be_computed_says_so_and_holds_up_no_other(file):
    others = ClientFile.objects.exclude(pk=file.pk).order_by("pk")
    ClientFile.objects.update(law_version="older")
    steps = list(PlanStep.objects.filter(file=file).order_by("pk").values())
    Event.objects.filter(file=file).update(on=date(2199, 12, 30))
    said = list(
        recompute_files([file.pk, *others.values_list("pk", flat=True)], date(2199, 12, 31))
    )
    assert file.number in (said[0] or "")
    assert "keeps its older plan" in (said[0] or "")
    assert said[1:] == [None] * others.count()
    assert list(PlanStep.objects.filter(file=file).order_by("pk").values()) == steps
    assert files_behind() == [file.pk]


def test_a_file_that_was_erased_meanwhile_is_passed_over(file):
    made_by_older_law(file)
    keys = files_behind()
    file.person.delete()
    assert list(recompute_files(keys, TODAY)) == [None]


def test_stopped_halfway_it_goes_on_where_it_was(file):
    ClientFile.objects.update(law_version="older")
    keys = files_behind()
    next(recompute_files(keys, TODAY))
    assert files_behind() == keys[1:]
