"""A paper is stored whole and sealed, or not at all."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet

from metgezel.companion.papers import keeping, storage
from metgezel.companion.papers.models import Paper
from metgezel.companion.papers.refusals import LARGEST, PaperRefused
from metgezel.foundation.keys.rotation import seal_anew
from metgezel.site.cli import main
from tests.companion.papers.samples import pdf
from tests.small_association import small_association

pytestmark = pytest.mark.django_db
LETTER = b"Beste Amal, uw brief"


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    settings.METGEZEL_CLAMAV = ""
    return settings.METGEZEL_PAPERS


@pytest.fixture
def file():
    return small_association().in_assen


@pytest.fixture
def paper(file):
    return keeping.add_paper(file, None, "Brief", LETTER)


def test_a_paper_comes_back_as_it_was_and_stands_sealed(paper, folder):
    assert keeping.content_of(Paper.objects.get()) == LETTER
    (kept,) = folder.iterdir()
    assert b"Amal" not in kept.read_bytes()
    assert (kept.name, kept.stat().st_mode & 0o777) == (paper.stored_name, 0o600)


def test_a_second_click_is_not_a_second_paper(file, paper, folder, monkeypatch):
    assert keeping.add_paper(file, None, "Brief", LETTER) == paper
    # Both clicks at once: the other one is stored just after this one looked.
    real, answers = QuerySet.first, [None, paper]
    monkeypatch.setattr(QuerySet, "first", lambda rows: answers.pop(0) if answers else real(rows))
    assert keeping.add_paper(file, None, "Brief", LETTER) == paper
    assert [path.name for path in folder.iterdir()] == [paper.stored_name]
    other = keeping.add_paper(file, None, "Nog een brief", LETTER)
    assert other != paper


def test_a_pdf_is_cleaned_by_a_process_of_its_own(file):
    paper = keeping.add_paper(file, None, "Besluit", pdf())
    assert paper.kind == "pdf"
    assert b"alert" not in keeping.content_of(paper)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"MZ\x00", "unknown"), (bytes(LARGEST + 1), "too_large")],
)
def test_what_is_refused_leaves_nothing_behind(file, folder, content, reason):
    with pytest.raises(PaperRefused, match=reason) as refused:
        keeping.add_paper(file, None, "Brief", content)
    assert refused.value.sentence.endswith(".")
    assert not Paper.objects.exists()
    assert not folder.exists()


def test_a_paper_that_takes_too_long_to_open_is_refused(file, monkeypatch):
    monkeypatch.setattr(keeping, "PATIENCE", 0)
    with pytest.raises(PaperRefused, match="broken"):
        keeping.add_paper(file, None, "Brief", LETTER)


def test_a_reader_that_breaks_takes_only_the_paper_along(file, monkeypatch):
    monkeypatch.setattr(keeping, "CLEANER", ["-c", "import os; os.abort()"])
    with pytest.raises(PaperRefused, match="broken"):
        keeping.add_paper(file, None, "Brief", LETTER)
    assert not Paper.objects.exists()


def test_a_scanner_that_is_silent_or_alarmed_stops_the_paper(file, folder, settings, monkeypatch):
    settings.METGEZEL_CLAMAV = "127.0.0.1:1"
    with pytest.raises(PaperRefused, match="scanner"):
        keeping.add_paper(file, None, "Brief", LETTER)
    monkeypatch.setattr(keeping, "is_infected", lambda content, address: True)
    with pytest.raises(PaperRefused, match="infected"):
        keeping.add_paper(file, None, "Brief", LETTER)
    assert not folder.exists()


def test_a_full_disk_stores_nothing(file, folder, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PaperRefused, match="disk"):
        keeping.add_paper(file, None, "Brief", LETTER)
    assert list(folder.iterdir()) == []
    assert not Paper.objects.exists()


def test_a_database_that_fails_leaves_no_bytes(file, folder, monkeypatch):
    def fails(*_, **__):
        raise DatabaseError("gone")

    monkeypatch.setattr(Paper, "save", fails)
    with pytest.raises(DatabaseError):
        keeping.add_paper(file, None, "Brief", LETTER)
    assert list(folder.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_is_taken_away_is_gone_with_its_bytes(paper, folder):
    keeping.remove_paper(paper)
    assert list(folder.iterdir()) == []
    assert not Paper.objects.exists()


def test_bytes_of_nobody_are_swept_and_those_of_somebody_stay(paper, folder):
    (folder / "ab12").write_bytes(b"x")
    (folder / f"cd34{storage.UNFINISHED}").write_bytes(b"x")
    now = datetime.now(UTC)
    assert keeping.sweep(now) == 0  # it may be an upload that is still going on
    assert keeping.sweep(now + timedelta(days=2)) == 2
    assert [path.name for path in folder.iterdir()] == [paper.stored_name]


def test_a_content_that_was_changed_swapped_or_lost_is_not_given_out(file, paper, folder):
    other = keeping.add_paper(file, None, "Andere brief", b"iets anders")
    place = folder / paper.stored_name
    whole = place.read_bytes()
    for broken in (whole[:-1], whole + b"x", (folder / other.stored_name).read_bytes(), b""):
        place.write_bytes(broken)
        with pytest.raises(storage.ContentLost):
            keeping.content_of(paper)
    place.unlink()
    assert keeping.lost_papers() == [paper]


def test_after_a_new_encryption_key_the_paper_opens_and_its_bytes_are_as_they_were(
    paper, folder, settings
):
    before = (folder / paper.stored_name).read_bytes()
    settings.METGEZEL_ENCRYPTION_KEYS = {"new": b"n" * 32, **settings.METGEZEL_ENCRYPTION_KEYS}
    seal_anew()
    settings.METGEZEL_ENCRYPTION_KEYS = {"new": b"n" * 32}
    assert keeping.content_of(Paper.objects.get()) == LETTER
    assert (folder / paper.stored_name).read_bytes() == before


def test_the_command_line_names_what_does_not_open_and_sweeps_what_is_nobodys(
    file, paper, folder, capsys
):
    assert main(["papers", "check"]) == 0
    orphan = folder / "ab12"
    orphan.write_bytes(b"x")
    os.utime(orphan, (0, 0))
    assert main(["papers", "sweep"]) == 0
    assert not orphan.exists()
    (folder / paper.stored_name).unlink()
    assert main(["papers", "check"]) == 2
    assert f"File {file.number}: paper {paper.pk}" in capsys.readouterr().err
