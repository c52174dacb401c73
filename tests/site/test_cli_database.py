"""The commands about the database say in one sentence what they did or could not do."""

from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from metgezel.companion.journeys.models import Event
from metgezel.companion.journeys.recording import NewEvent, record_event
from metgezel.foundation.people.models import ClientFile
from metgezel.site.cli import main
from metgezel.site.progress import Progress
from tests.small_association import small_association

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


def test_recompute_counts_and_is_silent_when_nothing_is_behind(capsys):
    small_association()
    assert main(["recompute"]) == 0
    assert "plans, " in capsys.readouterr().out
    assert main(["recompute"]) == 0
    assert capsys.readouterr().out == ""


def test_recompute_names_the_file_it_cannot_compute(capsys, settings):
    settings.METGEZEL_TODAY = date(2199, 12, 31)
    file = small_association().in_assen
    decision = NewEvent("asylum.decision", "2026-11-13", {"outcome": "unfounded"})
    record_event(file, None, 1, decision, TODAY)
    ClientFile.objects.update(law_version="older")
    Event.objects.update(on=date(2199, 12, 30))
    assert main(["recompute"]) == 0
    out, err = capsys.readouterr()
    assert file.number in err
    assert len(err.splitlines()) == 1
    assert "1 could not be computed" in out


def test_recompute_stopped_by_the_keyboard_says_what_is_kept(capsys, monkeypatch):
    def stopped(*_):
        yield None
        raise KeyboardInterrupt

    small_association()
    ClientFile.objects.update(law_version="older")
    monkeypatch.setattr("metgezel.companion.journeys.recompute.recompute_files", stopped)
    assert main(["recompute"]) == 130
    assert "is kept" in capsys.readouterr().out


def test_broken_law_is_one_sentence(capsys, monkeypatch):
    from metgezel.companion.journeys import lawbook

    monkeypatch.setattr(lawbook, "DEFAULT_LAW", Path("/no/such/law"))
    lawbook.current_lawbook.cache_clear()
    assert main(["recompute"]) == 2
    lawbook.current_lawbook.cache_clear()
    assert "The law packs cannot be used: /no/such/law" in capsys.readouterr().err


def test_a_database_that_fails_is_one_sentence(capsys, monkeypatch):
    def full(*_, **__):
        raise OperationalError("database or disk is full\nHINT: more")

    monkeypatch.setattr("metgezel.site.cli_migrate.call_command", full)
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err == "The database cannot be used: database or disk is full.\n"


def test_a_database_of_a_newer_metgezel_is_not_touched(capsys, monkeypatch):
    from django.db import connection

    MigrationRecorder(connection).record_applied("journeys", "0999_from_the_future")
    touched = []
    monkeypatch.setattr("metgezel.site.cli_migrate.call_command", lambda *a, **_: touched.append(a))
    assert main(["migrate"]) == 2
    said = capsys.readouterr().err
    assert "journeys.0999_from_the_future" in said
    assert "Nothing was changed" in said
    assert not touched


def test_an_up_to_date_database_needs_nothing(capsys):
    assert main(["migrate"]) == 0
    assert capsys.readouterr() == ("", "")


def test_progress_is_told_now_and_then_where_nobody_watches(capsys):
    tell = Progress(10_000, "plans")
    for done in range(1, 10_001):
        tell(done)
    lines = capsys.readouterr().out.splitlines()
    assert 10 <= len(lines) <= 11
    assert lines[-1].startswith("  10,000 of 10,000 plans")


def test_progress_says_how_long_it_will_still_take(capsys, monkeypatch):
    moments = iter([0.0, 30.0, 120.0])
    monkeypatch.setattr("metgezel.site.progress.time.monotonic", lambda: next(moments))
    tell = Progress(1000, "people")
    tell(250)
    tell(1000)
    assert capsys.readouterr().out.splitlines() == [
        "  250 of 1,000 people, about 1 min 30 s to go",
        "  1,000 of 1,000 people, 2 min 0 s",
    ]
