"""Who is in every demo: all roles and tracks, and those whom a page is most likely to get wrong."""

from datetime import date

import pytest

from metgezel.companion.journeys.models import (
    DoerChange,
    Event,
    Goal,
    OwnStep,
    PlanStep,
    StepOverlay,
)
from metgezel.companion.journeys.plan_index import plan_of
from metgezel.foundation.association.memberships import roles_of
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile, HouseholdMember, Person
from metgezel.site.demo.organisation import PASSWORD, logins
from tests.site.demo_filling import filled

pytestmark = pytest.mark.django_db

RIGHT_TO_LEFT = ("ar", "fa")
TRACKS = {
    "asylum", "family", "social", "health", "education", "integration", "reception", "return",
    "work", "citizenship",
}  # fmt: skip


@pytest.fixture(autouse=True)
def demo(today: date) -> None:
    filled(60, seed=1, today=today)


def account(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def test_every_role_has_a_log_in_that_works(today: date) -> None:
    for role in Role:
        user = account(role.value)
        assert role in roles_of(user, today)
        assert user.check_password(PASSWORD)
        assert any(user.email in line for line in logins())


def test_all_tracks_of_the_plan_have_steps() -> None:
    assert set(PlanStep.objects.order_by("id").values_list("track", flat=True)) == TRACKS


def test_the_client_who_logs_in_sees_her_own_file_and_no_other(today: date) -> None:
    client = account("client")
    file = ClientFile.objects.visible_to(client, today).get()
    assert file.person == client.person
    assert Goal.objects.filter(file=file).exists()
    assert StepOverlay.objects.filter(file=file).exists()


def test_the_stateless_child_of_leap_day_has_a_childs_story(today: date) -> None:
    child = Person.objects.get(nationality="XXA", birth_date=date(2020, 2, 29))
    events = Event.objects.filter(file=child.client_file).order_by("on")
    assert {event.kind for event in events} == {"asylum.made", "asylum.registered", "asylum.lodged"}
    assert child.client_file.family_ties.get().relation == "parent"
    assert "rec-school" in {step.rule.id for step in plan_of(child.client_file, today).steps}
    home = HouseholdMember.objects.get(person=child).household
    assert home.members.count() == 2


def test_a_child_came_without_parents(today: date) -> None:
    child = Person.objects.get(unaccompanied_minor=True)
    rules = {step.rule.id for step in plan_of(child.client_file, today).steps}
    assert "asy-uam-representative" in rules


def test_somebody_asked_for_asylum_before_the_pact_and_was_refused_after_it() -> None:
    pact = date(2026, 6, 12)
    lodged = Event.objects.filter(kind="asylum.lodged", on__lt=pact).values("file")
    refused = Event.objects.filter(kind="asylum.decision", on__gte=pact, file__in=lodged)
    assert [e for e in refused.order_by("on") if e.attributes["outcome"] == "unfounded"]


def test_one_family_has_files_in_two_foundations_that_know_each_other() -> None:
    pairs = [
        (file, tie.relative.client_file)
        for file in ClientFile.objects.order_by("number")
        for tie in file.family_ties.filter(relative__client_file__isnull=False)
    ]
    assert len(pairs) == 2
    (one, other), (again, back) = pairs
    assert (one, other) == (back, again)
    assert one.unit.parent_id != other.unit.parent_id
    children = [
        set(f.family_ties.filter(relation="child").values_list("relative")) for f in (one, other)
    ]
    assert children[0] == children[1]
    assert len(children[0]) == 2
    homes = [HouseholdMember.objects.get(person=f.person).household_id for f in (one, other)]
    assert homes[0] != homes[1]


def test_the_file_of_a_volunteer_is_closed_to_the_colleagues_of_her_place(today: date) -> None:
    volunteer = account("volunteer")
    assert volunteer.person is not None
    file = volunteer.person.client_file
    here = User.objects.filter(memberships__unit=file.unit).exclude(pk=volunteer.pk).distinct()
    leader = account("foundation_leader")
    assert here.count() > 5
    for colleague in [*here.order_by("email"), leader]:
        assert not ClientFile.objects.visible_to(colleague, today).filter(pk=file.pk).exists()
    assert ClientFile.objects.visible_to(volunteer, today).filter(pk=file.pk).exists()
    assert ClientFile.objects.visible_to(volunteer, today).count() == 2


def test_pages_look_lived_in(today: date) -> None:
    assert Goal.objects.filter(own_steps__done_on__isnull=False).exists()
    assert OwnStep.objects.filter(done_on__isnull=True, due__gt=today).exists()
    assert StepOverlay.objects.filter(done_on__isnull=False).exists()
    assert StepOverlay.objects.exclude(not_applicable_reason="").exists()
    assert not DoerChange.objects.filter(on__gt=today).exists()
    shifted = DoerChange.objects.filter(doer="companion", overlay__doer="client")
    assert shifted.exists()
    corrected = Event.objects.filter(replaced_by__isnull=False).order_by("on")
    assert corrected
    for old in corrected:
        assert old.replaced_by is not None
        assert old.replaced_by.root == old.root
        assert old.replaced_by.correction_reason


def test_names_are_written_in_scripts_of_both_directions() -> None:
    for code in (*RIGHT_TO_LEFT, "ti", "uk"):
        assert Person.objects.filter(languages__code=code).exclude(name_own_script="").exists()
