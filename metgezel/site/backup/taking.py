"""Make a backup while people work."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection

from metgezel import __version__
from metgezel.companion.journeys.lawbook import current_lawbook
from metgezel.foundation.keys.reading import text_of
from metgezel.foundation.keys.ring import keys_in_use

from .container import ArchiveWriter, new_archive
from .manifest import FORMAT, About, Manifest, Tally
from .secret import BackupKey, BackupRefused
from .snapshot import Snapshot, snapshot

PAPERS = "papers_paper"
JOURNAL = "audit_journalhead"


def take_backup(path: Path, key: BackupKey) -> Manifest:
    """Write everything to `path`, encrypted, and return what is in it.

    Raises:
        BackupRefused: there is something at that place already, or no tables to back up.
    """
    if path.exists():
        raise BackupRefused(f"{path} exists; a backup never replaces another.")
    if not path.parent.is_dir():
        raise BackupRefused(f"The folder {path.parent} does not exist.")
    manifest, keys = Manifest(), keys_in_use()
    with new_archive(path, key) as archive:
        with snapshot() as moment:
            if "django_migrations" not in moment.tables():
                raise BackupRefused("The database has no tables yet: there is nothing to back up.")
            archive.add_json("about.json", asdict(_about(moment)))
            archive.add("keys.json", text_of(keys).encode())
            moment.write_to(archive, manifest)
            _note_what_hangs_together(moment, manifest)
        _add_papers(archive, manifest)
        if keys_in_use() != keys:
            raise BackupRefused("The keys were changed meanwhile; make the backup again.")
        archive.add_json("manifest.json", manifest.as_json())
    return manifest


def _about(moment: Snapshot) -> About:
    applied = moment.ask("SELECT app, name FROM django_migrations ORDER BY id")
    return About(
        format=FORMAT,
        app_version=__version__,
        law_version=current_lawbook().version,
        vendor=connection.vendor,
        taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
        migrations=[[app, name] for app, name in applied],
    )


def _note_what_hangs_together(moment: Snapshot, manifest: Manifest) -> None:
    tables = set(moment.tables())
    if PAPERS in tables:
        stored = moment.ask(f"SELECT stored_name FROM {PAPERS} ORDER BY stored_name")  # noqa: S608
        manifest.papers = [name for (name,) in stored]
    if JOURNAL in tables:
        heads = moment.ask(f"SELECT unit_id, place, hash FROM {JOURNAL}")  # noqa: S608
        manifest.journal = {str(UUID(str(unit))): [place, text] for unit, place, text in heads}
    if "keys_keyproof" in tables:
        manifest.proof = next(iter(moment.ask("SELECT value FROM keys_keyproof")), ("",))[0]


def _add_papers(archive: ArchiveWriter, manifest: Manifest) -> None:
    """Add each paper as it stands: sealed. One that is not there is missed by the manifest."""
    for name in manifest.papers:
        try:
            content = (Path(settings.METGEZEL_PAPERS) / name).read_bytes()
        except FileNotFoundError:
            continue
        tally = Tally()
        tally.take(content)
        archive.add(f"papers/{name}", content)
        manifest.contents[f"papers/{name}"] = tally.result
