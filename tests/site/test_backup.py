"""A backup that is not whole, not ours or not for here is refused in one sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from metgezel.companion.papers.keeping import add_paper
from metgezel.site.backup.container import new_archive, opened_archive
from metgezel.site.backup.manifest import About
from metgezel.site.backup.restoring import _refuse_newer
from metgezel.site.backup.secret import BackupKey, BackupRefused, make_key, read_key
from metgezel.site.backup.verifying import verify
from metgezel.site.cli import main
from tests.small_association import small_association

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "backup.key"
    make_key(path)
    return path


@pytest.fixture
def backup(tmp_path: Path, key: Path, settings, capsys) -> Path:
    settings.DATA = tmp_path
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    small_association()
    path = tmp_path / "backup"
    assert main(["backup", "--out", str(path), "--key", str(key)]) == 0
    assert capsys.readouterr().err == ""
    return path


def refused(capsys, *words: object) -> str:
    assert main([str(word) for word in words]) == 2
    said: str = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    return said


def test_a_backup_says_what_is_in_it_and_is_for_its_owner_only(backup, key, capsys):
    assert main(["verify", str(backup), "--key", str(key)]) == 0
    assert "whole" in capsys.readouterr().out
    assert backup.stat().st_mode & 0o777 == 0o600
    found = verify(backup, read_key(key))
    assert found.manifest.rows["people_clientfile"] == 3
    assert b"Amal" not in backup.read_bytes()
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith(".")] == []


def test_a_passphrase_does_as_well(backup, tmp_path, capsys):
    phrase = tmp_path / "elsewhere" / "phrase"
    phrase.write_text("vier woorden uit de tuin\n")
    phrase.chmod(0o600)
    other = tmp_path / "other"
    assert main(["backup", "--out", str(other), "--key", str(phrase)]) == 0
    assert main(["verify", str(other), "--key", str(phrase)]) == 0
    assert "does not exist" in refused(capsys, "verify", tmp_path / "none", "--key", phrase)


def test_a_wrong_key_opens_nothing(backup, tmp_path, capsys):
    make_key(tmp_path / "wrong")
    said = refused(capsys, "verify", backup, "--key", tmp_path / "wrong")
    assert "the key is another" in said
    into = tmp_path / "into"
    refused(capsys, "restore", backup, "--key", tmp_path / "wrong", "--into", into)
    assert not into.exists()


@pytest.mark.parametrize("place", [5, 30, 70, -1])
def test_a_changed_byte_is_found(backup, key, capsys, place):
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    assert str(backup) in refused(capsys, "verify", backup, "--key", key)


@pytest.mark.parametrize("length", [0, 10, 60, -70, -1])
def test_a_backup_that_was_cut_off_is_found(backup, key, capsys, length):
    backup.write_bytes(backup.read_bytes()[:length])
    assert str(backup) in refused(capsys, "verify", backup, "--key", key)


def test_a_backup_never_replaces_another(backup, key, capsys):
    before = backup.read_bytes()
    assert "never replaces" in refused(capsys, "backup", "--out", backup, "--key", key)
    assert backup.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("short", 0o600, "passphrase of 5 characters"),
        ("vier woorden uit de tuin", 0o644, "chmod 600"),
        ("metgezel-backup-key:c2hvcnQ=", 0o600, "damaged"),
        ("metgezel-backup-key:\x00", 0o600, "damaged"),
    ],
)
def test_a_key_that_does_not_protect_is_refused(tmp_path, capsys, text, mode, why):
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(mode)
    assert why in refused(capsys, "backup", "--out", tmp_path / "backup", "--key", path)
    assert not (tmp_path / "backup").exists()


def test_a_key_beside_the_backup_is_warned_about(tmp_path, settings, capsys):
    settings.DATA = tmp_path
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    key = tmp_path / "key"
    assert main(["backup", "--new-key", str(key)]) == 0
    assert main(["backup", "--out", str(tmp_path / "backup"), "--key", str(key)]) == 0
    assert "Keep them apart" in capsys.readouterr().err
    assert "File exists" in refused(capsys, "backup", "--new-key", key)


def test_without_a_key_nothing_is_made(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("METGEZEL_BACKUP_KEY", raising=False)
    assert "--new-key" in refused(capsys, "backup", "--out", tmp_path / "backup")


def test_a_folder_that_is_in_use_is_not_restored_into(backup, key, capsys):
    into = backup.parent
    before = sorted(into.iterdir())
    assert "not an empty folder" in refused(capsys, "restore", backup, "--key", key, "--into", into)
    assert sorted(into.iterdir()) == before


def rewritten(backup: Path, key: Path, change: dict[str, object]) -> Path:
    """The same backup with other contents under these names; None leaves one out."""
    secret, other = read_key(key), backup.with_name("rewritten")
    with opened_archive(backup, secret) as members, new_archive(other, secret) as archive:
        for name, content in members:
            made = change.get(name, content)
            if isinstance(made, bytes):
                archive.add(name, made)
            elif made is not None:
                archive.add_json(name, {**json.loads(content), **made})  # type: ignore[dict-item]
    return other


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"about.json": {"format": 2}}, "another Metgezel"),
        ({"about.json": None}, "about.json is not in its place"),
        ({"keys.json": b"{}"}, "cannot be read"),
        ({"manifest.json": None}, "was not finished"),
        ({"manifest.json": {"rows": {"people_person": 4}}}, "does not have the rows"),
        ({"manifest.json": {"contents": {}}}, "does not agree with its manifest"),
        ({"manifest.json": {"proof": "k9:x"}}, "do not open the values"),
    ],
)
def test_a_backup_that_contradicts_itself_is_refused(backup, key, capsys, change, why):
    assert why in refused(capsys, "verify", rewritten(backup, key, change), "--key", key)


def test_a_backup_of_a_newer_metgezel_is_refused(backup, key):
    found = verify(backup, read_key(key))
    _refuse_newer(found)
    later = [*found.about.migrations, ["people", "0999_later"]]
    newer: About = replace(found.about, migrations=later, app_version="9.0")
    with pytest.raises(BackupRefused, match=r"newer Metgezel \(9\.0.*people\.0999_later"):
        _refuse_newer(replace(found, about=newer))


def test_two_backups_under_one_passphrase_have_two_keys():
    key = BackupKey("vier woorden uit de tuin", "here")
    assert key.key_for(b"a" * 16) != key.key_for(b"b" * 16)


def test_a_disk_without_links_will_do_and_nothing_is_replaced_there_either(
    backup, key, monkeypatch
):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    other = backup.with_name("stick")
    with new_archive(other, read_key(key)) as archive:
        archive.add("about.json", b"{}")
    assert other.exists()
    before = backup.read_bytes()
    with pytest.raises(FileExistsError), new_archive(backup, read_key(key)):
        pass
    assert backup.read_bytes() == before


def test_a_paper_without_content_is_told_and_the_rest_is_kept(tmp_path, key, settings, capsys):
    settings.DATA = tmp_path
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    file = small_association().in_assen
    kept, lost = (add_paper(file, None, name, name.encode()) for name in ("Brief", "Pasje"))
    (settings.METGEZEL_PAPERS / lost.stored_name).unlink()
    path = tmp_path / "backup"
    assert main(["backup", "--out", str(path), "--key", str(key)]) == 0
    said = capsys.readouterr()
    assert "1 papers, and the keys" in said.out
    assert lost.stored_name in said.err
    assert f"papers/{kept.stored_name}" in verify(path, read_key(key)).manifest.contents
