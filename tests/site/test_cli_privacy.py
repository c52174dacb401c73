"""The commands of privacy: looking first changes nothing, and every refusal is one sentence."""

import json
import zipfile

import pytest

from metgezel.companion.journeys.models import Goal
from metgezel.foundation.audit.models import Action, JournalEntry
from metgezel.foundation.people.models import ClientFile, Person
from metgezel.foundation.privacy.models import ErasedFile
from metgezel.site.cli import main
from tests.small_association import BEGIN, SmallAssociation, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path, settings) -> SmallAssociation:
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    return small_association()


def test_erasing_without_yes_only_tells_what_would_happen(house, capsys):
    assert main(["privacy", "erase", house.in_assen.number]) == 0
    said = capsys.readouterr().out
    assert "people.ClientFile: 1 removed" in said
    assert "people.Person: 1 emptied (keep id" in said
    assert "Nothing was changed" in said
    assert ClientFile.objects.count() == 3


def test_erasing_with_yes_erases_and_says_where_the_name_still_stands(house, capsys):
    goal = Goal.objects.create(file=house.in_breda, words="Eten met Amal", created_on=BEGIN)
    assert main(["privacy", "erase", house.in_assen.number.lower(), "--yes"]) == 0
    said = capsys.readouterr().out
    assert f"Perhaps in journeys_goal, row {goal.pk}, words: Amal" in said
    assert ErasedFile.objects.get().left == 1


@pytest.mark.parametrize("part", [["erase"], ["export", "--out", "x.zip"]])
def test_a_number_that_is_not_there_is_one_sentence(house, capsys, part):
    assert main(["privacy", part[0], "ZZZ-999", *part[1:]]) == 2
    assert capsys.readouterr().err == (
        "There is no file with the number ZZZ-999. Nothing was done.\n"
    )


def test_an_overview_is_written_once_for_its_owner_only_and_stands_in_the_journal(
    house, tmp_path, capsys
):
    out = tmp_path / "overview.zip"
    command = ["privacy", "export", house.in_assen.number, "--out", str(out), "--lang", "en"]
    assert main(command) == 0
    assert out.stat().st_mode & 0o777 == 0o600
    data = json.loads(zipfile.ZipFile(out).read("overview.json"))
    assert data["kept"]["people.Person"][0]["given_name"] == "Amal"
    assert JournalEntry.objects.filter(action=Action.EXPORTED, file=house.in_assen.pk).exists()
    assert main(command) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_words_are_searched_everywhere(house, capsys):
    assert main(["privacy", "leftovers", "Vereniging"]) == 0
    assert "in association_unit" in capsys.readouterr().out
    assert main(["privacy", "leftovers", "Nergens te vinden"]) == 0
    assert capsys.readouterr().out == "No trace was found.\n"
    assert main(["privacy", "leftovers", "ab"]) == 2


def test_retention_looks_first_and_then_does_it_once(house, capsys):
    ClientFile.objects.filter(pk=house.in_assen.pk).update(opened="2019-01-01", closed="2020-02-03")
    assert main(["retention", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert f"File {house.in_assen.number} would be noticed" in said
    assert "Nothing was changed" in said
    assert main(["retention", "--run"]) == 0
    assert f"File {house.in_assen.number} is noticed" in capsys.readouterr().out
    assert main(["retention", "--run"]) == 0
    assert capsys.readouterr().out == "Nothing was kept too long.\n"


def test_the_register_of_processing_is_written_in_the_language_asked_for(tmp_path, capsys):
    out = tmp_path / "register.md"
    assert main(["privacy", "register", "--out", str(out), "--lang", "en"]) == 0
    assert "# Register of processing" in out.read_text(encoding="utf-8")
    assert main(["privacy", "register", "--out", str(tmp_path / "no" / "x.md")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_came_back_with_a_backup_is_erased_again(house, tmp_path, capsys):
    out, file = tmp_path / "erased.txt", house.in_assen
    main(["privacy", "erase", file.number, "--yes"])
    assert main(["privacy", "erased", "--out", str(out)]) == 0
    assert out.read_text() == f"{file.pk} {file.number}\n"
    assert main(["privacy", "erase-again", str(out)]) == 0
    assert "No erased file had come back" in capsys.readouterr().out
    back = Person.objects.create(given_name="Amal")
    ClientFile.objects.create(
        pk=file.pk, person=back, unit=house.assen, opened=BEGIN, number=file.number
    )
    assert main(["privacy", "erase-again", str(out)]) == 0
    assert ErasedFile.objects.get().why == "again"
    out.write_text("something else")
    assert main(["privacy", "erase-again", str(out)]) == 2
    assert main(["privacy", "erase-again", str(tmp_path / "none")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
