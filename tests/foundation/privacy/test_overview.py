"""Who asks gets everything that is kept about her: what is left out is in the table, with why."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from metgezel.companion.journeys.models import Event
from metgezel.foundation.access.grounds import looker
from metgezel.foundation.access.second_wall import behind_the_second_wall
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import FamilyTie, Person
from metgezel.foundation.privacy.overview import overview_of
from metgezel.foundation.privacy.overview_file import as_html, as_json, overview_zip
from metgezel.foundation.privacy.withheld import WITHHELD, reason_to_withhold
from tests.foundation.privacy.filled import Filled, with_contents
from tests.small_association import colleague, small_association

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.METGEZEL_PAPERS = tmp_path / "papers"


@pytest.fixture
def scene() -> Filled:
    house = small_association()
    companion = colleague(Role.COMPANION, house.assen, house.in_assen)
    return Filled(house, (companion, colleague(Role.TEAM_LEADER, house.assen)))


def given(scene: Filled) -> dict[str, list[dict[str, object]]]:
    kept: dict[str, list[dict[str, object]]]
    kept = json.loads(as_json(overview_of(scene.file, TODAY), "nl"))["kept"]
    return kept


@pytest.mark.django_db
def test_every_field_of_every_row_is_given_or_named_as_withheld(scene):
    kept, missing = given(scene), []
    for row in scene.rows:
        row.refresh_from_db()
        label = row._meta.label
        for field in row._meta.concrete_fields:
            if reason_to_withhold(label, field.name) or _colleague(row, field, scene):
                continue
            stored = getattr(row, field.attname)
            told = [one.get(field.name, "absent") for one in kept.get(label, [])]
            if _as_data(stored) not in told:
                missing.append(f"{label}.{field.name}: {stored!r} not in {told}")
    assert missing == []


def _colleague(row: models.Model, field: Any, scene: Filled) -> bool:
    return bool(field.related_model is User) and getattr(row, field.attname) != scene.account.pk


def _as_data(value: object) -> object:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int | str | dict | None) else str(value)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_word_that_is_given_as_data_can_be_read_on_the_page(scene, language):
    with translation.override(language):
        page = as_html(overview_of(scene.file, TODAY), language)
    for (model, name), word in scene.planted.items():
        hidden = reason_to_withhold(model._meta.label, name.removesuffix("2"))
        assert hidden or word in page, (model, name)
    assert "2019" in page
    assert "2019-05-17" not in page


@pytest.mark.django_db
def test_names_of_colleagues_and_of_other_clients_are_not_given(scene):
    other = scene.house.in_breda.person
    FamilyTie.objects.create(file=scene.file, key="aunt-1", relative=other, relation="other")
    Person.objects.filter(pk=other.pk).update(family_name="Vandervreemd")
    overview = overview_of(scene.file, TODAY)
    whole = as_json(overview, "nl") + as_html(overview, "nl")
    assert "Vandervreemd" not in whole
    for user in scene.colleagues:
        assert user.name not in whole
    assert any("zelf" in why or "herself" in why for _, why in overview.withheld)


@pytest.mark.django_db
def test_behind_the_second_wall_a_companion_gives_the_same_and_no_more(scene):
    other = scene.house.in_breda.person
    FamilyTie.objects.create(file=scene.file, key="aunt-1", relative=other, relation="other")
    whole = overview_of(scene.file, TODAY)
    with behind_the_second_wall(looker(scene.colleagues[0])):
        seen = overview_of(scene.file, TODAY)
    assert as_json(seen, "nl") == as_json(whole, "nl")


@pytest.mark.django_db
def test_the_papers_come_along_with_their_names(scene):
    with_contents(scene, b"Beste mevrouw")
    packed = zipfile.ZipFile(io.BytesIO(overview_zip(scene.file, TODAY, "nl")))
    names = packed.namelist()
    assert names[:2] == ["overview.html", "overview.json"]
    assert packed.read(names[2]) == b"Beste mevrouw"
    assert names[2].startswith("papers/001-zz")


@pytest.mark.django_db
def test_a_paper_without_its_content_does_not_stand_in_the_way_of_the_rest(scene):
    packed = zipfile.ZipFile(io.BytesIO(overview_zip(scene.file, TODAY, "en")))
    assert packed.namelist() == ["overview.html", "overview.json"]


@pytest.mark.django_db
def test_who_looked_at_the_file_is_part_of_it(scene):
    lines = given(scene)["audit.JournalEntry"]
    assert {"created"} <= {line["action"] for line in lines}


def test_what_is_withheld_exists_and_has_a_reason():
    known = {model._meta.label: model for model in apps.get_models()}
    for name, why in WITHHELD.items():
        parts = name.split(".")
        model = known[".".join(parts[:2])]
        assert parts[2:] == [] or parts[2] in {field.name for field in model._meta.fields}
        assert str(why)


@pytest.mark.django_db
def test_codes_are_read_as_words_and_kept_as_codes_in_the_data(scene):
    Person.objects.filter(pk=scene.file.person_id).update(nationality="ERI", municipality="GM0106")
    Event.objects.update(kind="asylum.decision")
    scene.file.refresh_from_db()
    with translation.override("en"):
        page = as_html(overview_of(scene.file, TODAY), "en")
    assert "Eritrea" in page
    assert "Assen" in page
    assert "asylum.decision" not in page
    assert given(scene)["journeys.Event"][0]["kind"] == "asylum.decision"
    assert given(scene)["people.Person"][0]["id"] == str(scene.file.person_id)
