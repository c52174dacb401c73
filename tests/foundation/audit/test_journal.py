"""Every change of a file is written down with it, and nobody can take that back."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from metgezel.foundation.access.grounds import looker
from metgezel.foundation.access.models import Assignment
from metgezel.foundation.access.second_wall import behind_the_second_wall
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit import triggers
from metgezel.foundation.audit.acting import (
    Acting,
    JournalNotWanted,
    acting,
    without_journal,
)
from metgezel.foundation.audit.anchors import (
    BadAnchor,
    as_line,
    from_lines,
    make_anchors,
)
from metgezel.foundation.audit.chain import Wrong
from metgezel.foundation.audit.models import Action, JournalAnchor, JournalEntry, JournalHead
from metgezel.foundation.audit.verifying import found_faults, missing_triggers
from metgezel.foundation.audit.writing import Line, in_one_line, record
from metgezel.foundation.people.identifiers import keep_v_number
from metgezel.foundation.people.models import ClientFile, FamilyTie, Person
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db


def lines(**of: object) -> list[tuple[str, str, str, int]]:
    found = JournalEntry.objects.filter(**of).order_by("id")
    return list(found.values_list("action", "model", "changed", "number"))


def test_opening_a_file_is_written_in_the_chain_of_its_location():
    house = small_association()
    assert lines(file=house.in_assen.pk) == [("created", "people.clientfile", "", 1)]
    entry = JournalEntry.objects.get(file=house.in_assen.pk)
    assert (entry.unit, entry.place, entry.page) == (house.assen, 1, "program")


def test_a_change_names_its_fields_and_never_what_stands_in_them():
    house = small_association()
    person = house.in_assen.person
    person.given_name, person.municipality = "Amal Sara", "GM0106"
    person.save()
    assert lines(file=house.in_assen.pk)[-1] == (
        "changed", "people.person", "given_name municipality", 1,
    )  # fmt: skip
    everything = JournalEntry.objects.order_by("id").values_list()
    assert not any("Amal" in str(value) for row in everything for value in row)


def test_saving_without_a_change_writes_no_line():
    house = small_association()
    before = JournalEntry.objects.count()
    house.in_assen.person.save()
    house.in_assen.version += 1
    house.in_assen.save(update_fields=["version"])
    assert JournalEntry.objects.count() == before


def test_changing_many_rows_at_once_is_written_for_each_file():
    house = small_association()
    user = colleague(Role.COMPANION, house.assen, house.in_assen, house.in_groningen)
    Assignment.objects.filter(user=user).update(ends="2026-12-31")
    for file in (house.in_assen, house.in_groningen):
        assert lines(file=file.pk)[-1] == ("changed", "access.assignment", "ends", 1)


def test_adding_many_rows_at_once_is_written_for_each_file():
    house = small_association()
    relatives = [Person(given_name=name) for name in ("Sara", "Yusuf")]
    Person.objects.bulk_create(relatives)
    FamilyTie.objects.bulk_create(
        FamilyTie(file=house.in_assen, key=f"child-{n}", relative=one, relation="child",
                  whereabouts="abroad")
        for n, one in enumerate(relatives)
    )  # fmt: skip
    assert lines(file=house.in_assen.pk)[-1] == ("created", "people.familytie", "", 2)
    assert lines(model="people.person", file=None)[-1] == ("created", "people.person", "", 2)


def test_a_relative_in_two_files_is_written_in_both():
    house = small_association()
    child = Person.objects.create(given_name="Sara")
    for file in (house.in_assen, house.in_breda):
        FamilyTie.objects.create(
            file=file, key="child-1", relative=child, relation="child", whereabouts="netherlands"
        )
    child.given_name = "Zara"
    child.save()
    for file in (house.in_assen, house.in_breda):
        assert lines(file=file.pk)[-1] == ("changed", "people.person", "given_name", 1)


def test_a_change_of_a_relative_is_also_written_in_a_file_the_colleague_may_not_see():
    house = small_association()
    child = Person.objects.create(given_name="Sara")
    for file in (house.in_assen, house.in_breda):
        FamilyTie.objects.create(
            file=file, key="child-1", relative=child, relation="child", whereabouts="netherlands"
        )
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    with behind_the_second_wall(looker(user)), acting(Acting("relative", user)):
        child.given_name = "Zara"
        child.save()
        assert not ClientFile.objects.visible_to(user).filter(pk=house.in_breda.pk).exists()
    assert lines(file=house.in_breda.pk)[-1] == ("changed", "people.person", "given_name", 1)
    assert list(found_faults()) == []


def test_removing_is_written_with_what_was_removed():
    house = small_association()
    keep_v_number(house.in_assen.person, "1234567890")
    keep_v_number(house.in_assen.person, "")
    actions = [(action, model) for action, model, _, _ in lines(file=house.in_assen.pk)]
    assert actions[-2:] == [("created", "people.identifier"), ("removed", "people.identifier")]


def test_removing_a_whole_file_leaves_its_lines():
    house = small_association()
    number = house.in_assen.pk
    house.in_assen.person.delete()
    assert ("removed", "people.clientfile", "", 1) in lines(file=number)
    assert not missing_triggers()


def test_who_acts_and_on_which_ground_is_written_beside_the_change():
    house = small_association()
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    who = Acting("person", user, "companion", file=house.in_assen.pk, ground="assignment")
    with acting(who):
        house.in_assen.person.given_name = "Sara"
        house.in_assen.person.save()
    entry = JournalEntry.objects.filter(file=house.in_assen.pk).latest("id")
    assert (entry.actor, entry.role, entry.ground, entry.page) == (
        user, "companion", "assignment", "person",
    )  # fmt: skip
    assert who.recorded == {house.in_assen.pk}


def test_a_change_that_is_taken_back_leaves_no_line():
    house = small_association()
    before = JournalEntry.objects.count()
    with transaction.atomic():
        house.in_assen.person.given_name = "Sara"
        house.in_assen.person.save()
        transaction.set_rollback(True)
    assert JournalEntry.objects.count() == before
    assert list(found_faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_change_that_cannot_be_written_down_is_not_stored(monkeypatch):
    house = small_association()

    def full_disk(*_args: object, **_options: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(JournalEntry, "save", full_disk)
    house.in_assen.person.given_name = "Sara"
    with pytest.raises(DatabaseError):
        house.in_assen.person.save()
    with pytest.raises(DatabaseError):
        Assignment.objects.create(
            file=house.in_assen, user=colleague(Role.COMPANION, house.assen), starts="2026-01-01"
        )
    assert Person.objects.get(pk=house.in_assen.person_id).given_name == "Amal"
    assert not Assignment.objects.exists()


def test_a_command_may_fill_an_empty_database_without_the_journal_and_a_person_may_not():
    house = small_association()
    before = JournalEntry.objects.count()
    with without_journal("invented people"):
        Person.objects.create(given_name="Sara")
    assert JournalEntry.objects.count() == before
    user = colleague(Role.COMPANION, house.assen)
    with acting(Acting("person", user)), pytest.raises(JournalNotWanted), without_journal("no"):
        pass


def test_one_line_can_stand_for_an_erasure_also_while_somebody_is_at_work():
    house = small_association()
    user = colleague(Role.PRIVACY_OFFICER, house.top)
    before = JournalEntry.objects.count()
    line = Line(Action.REMOVED, house.in_assen.pk, "people.clientfile")
    with acting(Acting("privacy", user)), in_one_line(line, "erasure"):
        house.in_assen.person.given_name = ""
        house.in_assen.person.save()
    assert JournalEntry.objects.count() == before + 1
    assert JournalEntry.objects.latest("id").actor == user


# ── Only adding ──────────────────────────────────────────────────────────────────────────────


CHANGES = (
    "UPDATE audit_journalentry SET page = 'x'",
    "DELETE FROM audit_journalentry",
    "DELETE FROM audit_journalentry WHERE place = 1",
    "UPDATE audit_journalanchor SET place = 1",
    "DELETE FROM audit_journalanchor",
)
ONLY_ON = {
    "sqlite": (
        "REPLACE INTO audit_journalentry SELECT * FROM audit_journalentry",
        "INSERT OR REPLACE INTO audit_journalanchor SELECT * FROM audit_journalanchor",
    ),
    "postgresql": ("TRUNCATE audit_journalentry CASCADE", "TRUNCATE audit_journalanchor"),
}


def test_the_database_refuses_to_change_or_remove_a_line(today):
    small_association()
    make_anchors(today)
    before = list(JournalEntry.objects.order_by("id").values_list())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as after a commit
    for statement in (*CHANGES, *ONLY_ON[connection.vendor]):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(JournalEntry.objects.order_by("id").values_list()) == before


def test_a_queryset_cannot_change_or_remove_a_line_either(today):
    small_association()
    make_anchors(today)
    for model in (JournalEntry.objects, JournalAnchor.objects):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.update(place=99)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.all().delete()


# ── Proof ────────────────────────────────────────────────────────────────────────────────────


def test_the_journal_of_a_working_day_is_whole(today):
    house = small_association()
    colleague(Role.COMPANION, house.assen, house.in_assen, house.in_groningen)
    record(Line(Action.READ, house.in_breda.pk))
    make_anchors(today)
    record(Line(Action.LISTED, number=12))
    assert list(found_faults()) == []
    assert missing_triggers() == []
    for entry in JournalEntry.objects.order_by("id"):
        assert entry.hash == entry.computed_hash()


def tampered(statement: str, *values: Any) -> list[tuple[Wrong, int, int]]:
    """What is found after somebody with the database's password did this."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install(connection)
    return [(fault.wrong, fault.first, fault.last) for fault in found_faults()]


def unit_of(file: UUID) -> object:
    unit = JournalEntry.objects.filter(file=file).values_list("unit_id", flat=True)[0]
    return unit.hex if connection.vendor == "sqlite" else unit


def test_a_changed_row_is_named():
    house = small_association()
    record(Line(Action.READ, house.in_assen.pk))
    statement = "UPDATE audit_journalentry SET action = 'listed' WHERE unit_id = %s AND place = 2"
    assert tampered(statement, unit_of(house.in_assen.pk)) == [(Wrong.CHANGED, 2, 2)]


def test_a_removed_row_is_named_also_when_it_was_the_last():
    house = small_association()
    for _ in range(3):
        record(Line(Action.READ, house.in_assen.pk))
    statement = "DELETE FROM audit_journalentry WHERE unit_id = %s AND place = %s"
    unit = unit_of(house.in_assen.pk)
    assert tampered(statement, unit, 2) == [(Wrong.REMOVED, 2, 2)]
    assert tampered(statement, unit, 4) == [(Wrong.REMOVED, 2, 2), (Wrong.TRUNCATED, 4, 4)]


def test_switched_off_triggers_are_missed():
    triggers.remove(connection)
    assert len(missing_triggers()) == 6
    triggers.install(connection)
    assert missing_triggers() == []


def test_anchors_survive_the_way_to_paper_and_back(today):
    small_association()
    made = make_anchors(today)
    assert made == make_anchors(today)
    assert list(from_lines(["# mailed", "", *map(as_line, made)])) == made
    assert {one.place for one in made} == set(
        JournalHead.objects.filter(place__gt=0).values_list("place", flat=True)
    )


@pytest.mark.parametrize("line", ["x", "2026-13-01 " + "0" * 36 + " 1 " + "0" * 64, "2026-11-24"])
def test_a_line_that_is_no_anchor_is_refused_by_its_number(line):
    with pytest.raises(BadAnchor, match="line 2"):
        list(from_lines(["# anchor", line]))
