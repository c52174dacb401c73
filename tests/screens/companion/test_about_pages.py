"""What is known of a client on the screen, and finding her in the list."""

from datetime import date

import pytest
from django.urls import reverse

from metgezel.companion.journeys.models import FileChange
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import ClientFile, Identifier, Person
from tests.small_association import client as new_client
from tests.small_association import colleague, small_association

TODAY = date(2026, 11, 24)
ROWS = {"languages-TOTAL_FORMS": "2", "languages-INITIAL_FORMS": "0"}
AMAL = {"given_name": "Amal", "family_name": "Haddad", "name_own_script": "أمل حداد",
        "birth_date_day": "2", "birth_date_month": "3", "birth_date_year": "1991",
        "nationality": "SYR", "gender": "f", "municipality": "GM0106",
        "unaccompanied_minor": "no", "v_number": "281.234 567", "version": "1",
        "languages-0-code": "ar", "languages-0-level": "native",
        "languages-0-interpreter_needed": "on", **ROWS}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ClientFile:
    return small_association().in_assen


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


def about(file: ClientFile) -> str:
    return reverse("person_edit", kwargs={"file": file.pk})


def test_all_that_is_known_is_kept_and_shown_again(companion, file):
    assert companion.post(about(file), AMAL).status_code == 302
    person = Person.objects.get(pk=file.person_id)
    assert person.full_name == "Amal Haddad"
    assert (person.birth_date, person.nationality) == (date(1991, 3, 2), "SYR")
    assert (person.gender, person.municipality, person.unaccompanied_minor) == (
        "f",
        "GM0106",
        False,
    )
    spoken = person.languages.get()
    assert (spoken.code, spoken.level, spoken.interpreter_needed) == ("ar", "native", True)
    assert Identifier.objects.get().value == "281234567"
    shown = companion.get(about(file)).content.decode()
    assert "أمل حداد" in shown
    assert 'value="281234567"' in shown
    assert FileChange.objects.get().what == "person"


def test_what_is_emptied_is_unknown_again(companion, file):
    companion.post(about(file), AMAL)
    companion.post(about(file), {"given_name": "Amal", "version": "2", **ROWS})
    person = Person.objects.get(pk=file.person_id)
    assert (person.birth_date, person.birth_date_precision) == (None, "unknown")
    assert person.unaccompanied_minor is None
    assert not person.languages.exists()
    assert not Identifier.objects.exists()


def test_a_birth_date_makes_its_steps_in_the_same_moment(companion, file):
    record_event(file, None, 1, NewEvent("asylum.made", "2026-11-01", {}), TODAY)
    file.refresh_from_db()
    before = set(file.steps.values_list("rule", flat=True))
    minor = {**AMAL, "birth_date_year": "2012", "unaccompanied_minor": "yes", "version": "2"}
    assert companion.post(about(file), {**minor, "action": "preview"}).status_code == 200
    assert set(file.steps.values_list("rule", flat=True)) == before
    assert companion.post(about(file), minor).status_code == 302
    file.refresh_from_db()
    assert file.version == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", ""), ("birth_date_year", "2027"), ("birth_date_month", ""),
        ("birth_date_day", "31"), ("nationality", "XXX"), ("gender", "q"),
        ("municipality", "GM9999"), ("unaccompanied_minor", "x"), ("v_number", "12a"),
        ("version", "x"), ("languages-0-code", "xx-bad"), ("languages-1-code", "ar"),
        ("family_name", "x" * 101),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_per_field_and_nothing_is_stored(companion, file, field, value):
    answer = companion.post(about(file), {**AMAL, "birth_date_month": "2", field: value})
    assert answer.status_code == 422
    assert Person.objects.get(pk=file.person_id).family_name == ""


def test_a_tampered_number_of_language_rows_is_refused(companion, file):
    assert companion.post(about(file), {**AMAL, "languages-TOTAL_FORMS": "x"}).status_code == 422
    assert companion.post(about(file), {**AMAL, "languages-TOTAL_FORMS": "5000"}
                          ).status_code in {302, 422}  # fmt: skip


def test_nobody_is_born_after_what_happened(companion, file):
    record_event(file, None, 1, NewEvent("asylum.made", "2026-11-01", {}), TODAY)
    late = {**AMAL, "birth_date_month": "11", "birth_date_year": "2026", "version": "2"}
    answer = companion.post(about(file), late)
    assert answer.status_code == 422
    assert "geboorte" in answer.content.decode()


def test_a_double_click_changes_once_and_a_late_saver_loses_nothing(companion, file):
    companion.post(about(file), AMAL)
    answer = companion.post(about(file), {**AMAL, "family_name": "Khoury"})
    assert answer.status_code == 422
    assert "Khoury" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()


@pytest.mark.parametrize("typed", ["amal", "HADDAD am", "أمل", "{number}", "{bare}"])
def test_somebody_is_found_by_part_of_her_name_in_any_script_or_by_number(companion, file, typed):
    companion.post(about(file), AMAL)
    text = typed.format(number=file.number.lower(), bare=file.number.replace("-", " "))
    answer = companion.get(reverse("people"), {"q": text})
    assert [row.cells[1] for row in answer.context["rows"]] == [file.number]


def test_a_number_of_a_file_i_may_not_open_finds_nobody(companion, file):
    other = ClientFile.objects.exclude(pk=file.pk).order_by("pk")[0]
    answer = companion.get(reverse("people"), {"q": other.number})
    assert not answer.context["rows"]


def test_the_list_goes_forward_and_back_again(client, file):
    for number in range(120):
        new_client(f"Bahar {number:03}", file.unit)
    client.force_login(colleague(Role.TEAM_LEADER, file.unit))
    pages = [client.get(reverse("people"))]
    for side in ("next_page", "next_page", "previous_page", "previous_page"):
        pages.append(client.get(reverse("people") + pages[-1].context[side]))
    shown = [[row.cells[1] for row in page.context["rows"]] for page in pages]
    assert (shown[0], shown[1]) == (shown[4], shown[3])
    assert len(set(shown[0] + shown[1] + shown[2])) == 121
    assert pages[2].context["next_page"] == ""
    assert pages[4].context["previous_page"] == ""


def test_a_late_saver_sees_the_other_version_field_by_field(companion, file):
    companion.post(about(file), AMAL)
    late = {**AMAL, "birth_date_day": "", "birth_date_month": "", "birth_date_year": "1990"}
    rows = companion.post(about(file), late).context["form"].conflict.rows
    born = next(row for row in rows if row.differs)
    assert (born.yours, born.theirs) == ("1990", "zaterdag 2 maart 1991")
