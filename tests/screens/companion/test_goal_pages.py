"""Goals in the person's own words and own steps: good input, bad input, two people at once."""

from datetime import date

import pytest
from django.urls import reverse

from metgezel.companion.journeys.goals import StepWords, add_goal, add_own_step, finish_own_step
from metgezel.companion.journeys.models import FileChange, Goal, OwnStep, What
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    return small_association().in_assen


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def goal_page(file: ClientFile, goal: Goal | None = None) -> str:
    return reverse("goal", kwargs={"file": file.pk}) + (f"?goal={goal.pk}" if goal else "")


def step_page(file: ClientFile, step: OwnStep | None = None) -> str:
    return reverse("own_step", kwargs={"file": file.pk}) + (f"?step={step.pk}" if step else "")


def person_text(client, file: ClientFile) -> str:
    page: bytes = client.get(reverse("person", kwargs={"file": file.pk})).content
    return page.decode()


def test_a_goal_is_written_down_and_shown_in_the_own_words(companion, file):
    data = {"version": "1", "words": "Ik wil weer verpleegkundige zijn", "action": "save"}
    assert companion.post(goal_page(file), data).status_code == 302
    assert "Ik wil weer verpleegkundige zijn" in person_text(companion, file)
    change = FileChange.objects.get()
    assert (change.what, change.subject) == (What.GOAL, str(Goal.objects.get().pk))


@pytest.mark.parametrize("words", ["", "   ", "x" * 301])
def test_a_goal_without_words_or_with_too_many_is_not_stored(companion, file, words):
    answer = companion.post(goal_page(file), {"version": "1", "words": words, "action": "save"})
    assert answer.status_code == 422
    assert not Goal.objects.exists()


def test_a_double_click_writes_one_goal_and_one_step(companion, file):
    for _ in range(2):
        data = {"version": "1", "words": "werk", "action": "save"}
        assert companion.post(goal_page(file), data).status_code == 302
    step = {"version": "2", "title": "bellen", "doer": "together", "action": "save"}
    for _ in range(2):
        assert companion.post(step_page(file), step).status_code == 302
    assert (Goal.objects.count(), OwnStep.objects.count()) == (1, 1)


def test_after_somebody_elses_change_both_versions_show_and_the_words_stay(companion, file):
    goal = add_goal(file, None, 1, "werk", TODAY)
    data = {"version": "1", "words": "werk als kok", "action": "save"}
    answer = companion.post(goal_page(file, goal), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "werk als kok" in text
    assert ">werk<" in text
    assert companion.post(goal_page(file, goal), {**data, "version": "2"}).status_code == 302
    assert Goal.objects.get().words == "werk als kok"


def test_a_goal_is_reached_on_a_day_and_taken_back(companion, file):
    goal = add_goal(file, None, 1, "werk", TODAY)
    data = {"version": "2", "action": "done", "done_on": "2026-11-20"}
    assert companion.post(goal_page(file, goal), data).status_code == 302
    assert "vrijdag 20 november 2026" in person_text(companion, file)
    companion.post(goal_page(file, goal), {"version": "3", "action": "reopen"})
    assert Goal.objects.get().reached_on is None


@pytest.mark.parametrize("day", ["2027-01-01", "2026-02-31", "gisteren"])
def test_a_goal_is_not_reached_on_a_day_that_cannot_be(companion, file, day):
    goal = add_goal(file, None, 1, "werk", TODAY)
    data = {"version": "2", "action": "done", "done_on": day}
    answer = companion.post(goal_page(file, goal), data)
    assert answer.status_code == 422
    assert Goal.objects.get().reached_on is None


def test_an_own_step_stands_in_its_group_in_the_picture_and_on_today(companion, file):
    data = {"version": "1", "title": "Fiets kopen", "doer": "client", "action": "save",
            "due_day": "27", "due_month": "11", "due_year": "2026"}  # fmt: skip
    assert companion.post(step_page(file), data).status_code == 302
    answer = companion.get(reverse("person", kwargs={"file": file.pk}))
    (group,) = answer.context["now"]
    assert [entry.card.title for entry in group.entries] == ["Fiets kopen"]
    assert [lane.key for lane in answer.context["journey"].lanes] == ["own"]
    assert "vrijdag 27 november 2026" in answer.content.decode()
    today = companion.get(reverse("today")).content.decode()
    assert f"{reverse('person', kwargs={'file': file.pk})}#own-" in today


def test_an_own_step_is_done_today_by_one_click_and_open_again_by_another(companion, file):
    step = add_own_step(file, None, 1, StepWords("bellen"), TODAY)
    companion.post(step_page(file, step), {"version": "2", "action": "done"})
    assert OwnStep.objects.get().done_on == TODAY
    again = companion.post(step_page(file, step), {"version": "2", "action": "done"})
    assert again.status_code == 302
    companion.post(step_page(file, step), {"version": "3", "action": "reopen"})
    assert OwnStep.objects.get().done_on is None


def test_an_own_step_is_said_better(companion, file):
    goal = add_goal(file, None, 1, "werk", TODAY)
    step = add_own_step(file, None, 2, StepWords("bellen"), TODAY)
    data = {"version": "3", "title": "school bellen", "doer": "companion", "goal": goal.pk,
            "action": "save"}  # fmt: skip
    assert companion.post(step_page(file, step), data).status_code == 302
    step.refresh_from_db()
    assert (step.title, step.doer, step.goal) == ("school bellen", "companion", goal)


def test_two_who_finish_the_same_step_on_other_days_both_see_both_days(companion, file):
    step = add_own_step(file, None, 1, StepWords("bellen", due=TODAY), TODAY)
    finish_own_step(step, None, 2, date(2026, 11, 20), TODAY)
    data = {"version": "2", "action": "done", "done_on": "2026-11-23"}
    answer = companion.post(step_page(file, step), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "maandag 23 november 2026" in text
    assert "vrijdag 20 november 2026" in text


def test_a_goal_or_step_of_somebody_else_does_not_exist_here(companion, file):
    other = ClientFile.objects.exclude(pk=file.pk)[0]
    goal = add_goal(other, None, 1, "werk", TODAY)
    step = add_own_step(other, None, 2, StepWords("bellen"), TODAY)
    for page in (goal_page(file, goal), step_page(file, step), goal_page(other), step_page(other)):
        assert companion.get(page).status_code == 404
    data = {"version": "1", "title": "x", "doer": "client", "goal": goal.pk, "action": "save"}
    assert companion.post(step_page(file), data).status_code in (302, 422)
    assert not OwnStep.objects.filter(file=file, goal__isnull=False).exists()


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 40, "²"])
def test_a_goal_that_is_not_there_is_not_a_page(companion, file, number):
    page = reverse("goal", kwargs={"file": file.pk})
    assert companion.get(page, {"goal": number}).status_code == 404


def test_without_a_version_nothing_is_stored(companion, file):
    assert companion.post(goal_page(file), {"words": "werk"}).status_code == 422
    assert not Goal.objects.exists()
