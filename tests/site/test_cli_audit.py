"""`metgezel audit`: proof for whoever asks, in sentences and exit codes."""

import pytest
from django.core import mail
from django.db import connection

from metgezel.foundation.audit import triggers
from metgezel.foundation.audit.models import Action, JournalEntry
from metgezel.foundation.audit.writing import Line, record
from metgezel.site.cli import main
from tests.small_association import small_association

pytestmark = pytest.mark.django_db


def forged(statement: str) -> None:
    """What somebody with the database's password could do."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    triggers.install(connection)


def test_a_whole_journal_is_whole(capsys):
    small_association()
    assert main(["audit", "verify"]) == 0
    assert "The journal is whole" in capsys.readouterr().out


def test_a_changed_row_is_named_with_unit_place_and_time(capsys):
    house = small_association()
    record(Line(Action.READ, house.in_assen.pk))
    forged("UPDATE audit_journalentry SET role = 'board' WHERE place = 2 AND action = 'read'")
    assert main(["audit", "verify"]) == 1
    out = capsys.readouterr().out
    assert f"Unit {house.assen.pk}, row 2 (2026-11-24T" in out
    assert "was changed" in out
    assert "NOT whole. Faults: 1." in out


def test_a_missing_trigger_is_named(capsys):
    small_association()
    triggers.remove(connection)
    assert main(["audit", "verify"]) == 1
    assert "audit_journalentry_no_update is missing" in capsys.readouterr().out


def test_an_anchor_kept_elsewhere_finds_a_journal_that_was_written_anew(capsys, tmp_path):
    house = small_association()
    kept = tmp_path / "anchors.txt"
    assert main(["audit", "anchor", "--out", str(kept)]) == 0
    assert kept.read_text() == capsys.readouterr().out
    first = JournalEntry.objects.get(unit=house.assen)
    first.page = "forged"
    hash = first.computed_hash()
    forged(f"UPDATE audit_journalentry SET page = 'forged', hash = '{hash}' WHERE id = {first.pk}")  # noqa: S608
    forged(f"UPDATE audit_journalhead SET hash = '{hash}' WHERE hash = '{first.hash}'")  # noqa: S608
    forged("DELETE FROM audit_journalanchor")
    assert main(["audit", "verify"]) == 0
    assert main(["audit", "verify", "--anchor", str(kept)]) == 1
    assert "seen by the anchor of 2026-11-24" in capsys.readouterr().out


def test_an_anchor_can_be_mailed(capsys):
    small_association()
    assert main(["audit", "anchor", "--mail", "keeper@example.org"]) == 0
    assert mail.outbox[0].body == capsys.readouterr().out


@pytest.mark.parametrize("content", ["nonsense\n", "2026-11-24 x 1 y\n", "\u0661"])
def test_a_file_that_holds_no_anchors_gets_one_sentence(capsys, tmp_path, content):
    small_association()
    kept = tmp_path / "anchors.txt"
    kept.write_text(content, encoding="utf-8")
    assert main(["audit", "verify", "--anchor", str(kept)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["audit", "verify", "--anchor", str(tmp_path / "nowhere")]) == 2


def test_a_folder_that_cannot_be_written_gets_one_sentence(capsys, tmp_path):
    small_association()
    assert main(["audit", "anchor", "--out", str(tmp_path / "no" / "file")]) == 2
    assert "stored in the database, but not sent on" in capsys.readouterr().err


@pytest.mark.parametrize("days", ["0", "91", "-1"])
def test_looking_back_too_far_is_refused(capsys, days):
    assert main(["audit", "findings", "--days", days]) == 2
    assert "from 1 to 90" in capsys.readouterr().err


def test_looking_back_says_how_much_is_new(capsys):
    small_association()
    assert main(["audit", "findings"]) == 0
    assert capsys.readouterr().out == "0 new findings\n"
