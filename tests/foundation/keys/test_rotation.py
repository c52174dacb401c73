"""A key can be replaced while people work, and none is removed that something still needs."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from metgezel.foundation.keys.models import KeyProof
from metgezel.foundation.keys.proof import prove_keys
from metgezel.foundation.keys.ring import keys_in_use
from metgezel.foundation.keys.rotation import sealed_columns, total_behind, values_under
from metgezel.foundation.people.identifiers import keep_v_number, people_with_v_number
from metgezel.foundation.people.models import Person
from metgezel.site.cli import main
from tools.make_keys import write_once

pytestmark = pytest.mark.django_db
NUMBER = "1234567890"


@pytest.fixture
def keys_file(tmp_path, settings):
    """A file with fresh keys, in use by the database."""
    path = tmp_path / "keys.json"
    write_once(path)
    settings.METGEZEL_KEYS_FILE = path
    KeyProof.objects.all().delete()
    prove_keys()
    return path


@pytest.fixture
def amal(keys_file):
    person = Person.objects.create(given_name="Amal")
    keep_v_number(person, NUMBER)
    return person


def found_by_number() -> list[Person]:
    return list(people_with_v_number(Person.objects.all(), NUMBER))


def ids(path) -> list[str]:
    return [one["id"] for one in json.loads(path.read_text())["encryption"]]


def test_after_a_rotation_everything_is_under_the_new_key_and_still_read(amal, keys_file, capsys):
    assert main(["keys", "rotate"]) == 0
    assert ids(keys_file) == ["k2", "k1"]
    assert values_under("k1") == {}
    assert amal.identifiers.get().value == NUMBER
    assert found_by_number() == [amal]
    prove_keys()
    assert "2 values" in capsys.readouterr().out


def test_every_sealed_column_is_known_to_the_rotation():
    names = {column.name for column in sealed_columns()}
    assert {"people.Identifier.value", "keys.KeyProof.value"} <= names


def test_a_rotation_that_was_stopped_goes_on_without_a_third_key(amal, keys_file, capsys):
    content = json.loads(keys_file.read_text())
    fresh = {**content["encryption"][0], "id": "k2"}
    keys_file.write_text(json.dumps({**content, "encryption": [fresh, *content["encryption"]]}))
    assert total_behind() == 2
    assert main(["keys", "rotate"]) == 0
    assert "going on with it" in capsys.readouterr().out
    assert (ids(keys_file), total_behind()) == (["k2", "k1"], 0)


def test_a_key_that_keeps_something_is_not_retired(amal, keys_file, capsys):
    content = json.loads(keys_file.read_text())
    fresh = {**content["encryption"][0], "id": "k2"}
    keys_file.write_text(json.dumps({**content, "encryption": [fresh, *content["encryption"]]}))
    assert main(["keys", "retire", "k1"]) == 2
    assert "k1 still keeps 2 values" in capsys.readouterr().err
    assert ids(keys_file) == ["k2", "k1"]


def test_a_retired_key_is_gone_and_its_id_is_not_used_again(amal, keys_file):
    assert main(["keys", "rotate"]) == main(["keys", "retire", "k1"]) == 0
    assert ids(keys_file) == ["k2"]
    assert main(["keys", "rotate"]) == 0
    assert ids(keys_file) == ["k3", "k2"]
    assert keys_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wrong", [["k1"], ["k9"], [], ["k1", "--index"]])
def test_a_key_that_cannot_be_retired_gets_one_sentence(amal, keys_file, capsys, wrong):
    assert main(["keys", "retire", *wrong]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert ids(keys_file) == ["k1"]


def test_people_are_found_during_and_after_a_change_of_the_search_key(amal, keys_file):
    before = amal.identifiers.get().index
    assert main(["keys", "rotate", "--index"]) == 0
    assert amal.identifiers.get().index != before
    assert found_by_number() == [amal]
    amal.identifiers.update(index=before)  # written by somebody who had the old key in hand
    assert found_by_number() == [amal]
    assert main(["keys", "retire", "--index"]) == 0
    assert found_by_number() == [amal]
    assert len(keys_in_use().indexes) == 1
    prove_keys()


def test_keys_are_listed_without_the_keys_themselves(amal, keys_file, capsys):
    assert main(["keys", "list"]) == 0
    said = capsys.readouterr().out
    assert "k1: writes and reads; keeps" in said
    assert json.loads(keys_file.read_text())["encryption"][0]["key"] not in said


def test_keys_of_the_surroundings_are_not_rotated_here(capsys):
    KeyProof.objects.all().delete()
    assert main(["keys", "rotate"]) == 2
    assert "METGEZEL_KEYS_JSON" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["encryption", "blind_index"])
def test_keys_of_another_installation_are_refused_in_one_sentence(
    amal, keys_file, tmp_path, capsys, part
):
    other = tmp_path / "other.json"
    write_once(other)
    mixed = {**json.loads(keys_file.read_text()), part: json.loads(other.read_text())[part]}
    keys_file.write_text(json.dumps(mixed))
    with pytest.raises(ImproperlyConfigured, match="do not belong to this database"):
        prove_keys()
    assert main(["keys", "list"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert main(["migrate"]) == 2
    assert "do not belong" in capsys.readouterr().err


def test_a_file_that_is_broken_or_away_does_not_stop_people_who_work(amal, keys_file, caplog):
    whole = keys_file.read_text()
    keys_file.write_text("{")
    assert amal.identifiers.get().value == NUMBER
    assert len(caplog.records) == 1
    keys_file.unlink()
    assert amal.identifiers.get().value == NUMBER
    keys_file.touch(0o600)
    keys_file.write_text(whole)
    assert main(["keys", "list"]) == 0
