"""Add a paper to a file, give it out, take it away."""

import hashlib
import subprocess
import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from metgezel.companion.journeys.models import Event
from metgezel.foundation.association.models import User
from metgezel.foundation.people.models import ClientFile

from . import storage
from .models import Kind, Paper
from .refusals import LARGEST, REASONS, PaperRefused
from .scanning import ScannerUnreachable, is_infected

PATIENCE = 40  # seconds by the clock for one paper, on a machine that is busy
CLEANER = ["-m", "metgezel.companion.papers.cleaning"]
ROOT = Path(__file__).resolve().parents[3]


def add_paper(
    file: ClientFile, user: User | None, name: str, content: bytes, event: Event | None = None
) -> Paper:
    """Scan, clean and keep a paper; the same one under the same name is kept once.

    Args:
        file: whose it is.
        user: who adds it.
        name: what it is, in words.
        content: as it was sent, at most 20 MB.
        event: what it belongs to, of the same file.

    Raises:
        PaperRefused: nothing was stored.
    """
    if len(content) > LARGEST:
        raise PaperRefused("too_large")
    _scan(content)
    kind, clean = _cleaned(content)
    sha256 = hashlib.sha256(clean).hexdigest()
    same = Paper.objects.filter(file=file, sha256=sha256, name=name)
    if known := same.first():
        return known
    try:
        stored = storage.put(clean)
    except OSError as problem:
        raise PaperRefused("disk") from problem
    paper = Paper(file=file, event=event, name=name, kind=kind, size=len(clean), sha256=sha256)
    paper.stored_name, paper.file_key, paper.uploaded_by = stored.name, stored.key, user
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except BaseException as problem:
        storage.remove(stored.name)
        if isinstance(problem, IntegrityError) and (known := same.first()):
            return known  # the other click was first
        raise
    return paper


def content_of(paper: Paper) -> bytes:
    """What is on the paper. Raises storage.ContentLost."""
    content = storage.get(paper.stored_name, paper.file_key)
    if hashlib.sha256(content).hexdigest() != paper.sha256:
        raise storage.ContentLost("another content stands in its place")
    return content


def remove_paper(paper: Paper) -> None:
    """Take a paper away, and its content as soon as that is certain."""
    with transaction.atomic():
        name = paper.stored_name
        paper.delete()
        transaction.on_commit(partial(storage.remove, name))


def sweep(now: datetime) -> int:
    """Remove contents that no paper names; return how many there were."""
    return storage.sweep(Paper.objects.values_list("stored_name", flat=True), now)


def lost_papers() -> list[Paper]:
    """The papers whose content cannot be opened."""
    lost = []
    for paper in Paper.objects.order_by("pk").iterator(chunk_size=100):
        try:
            content_of(paper)
        except storage.ContentLost:
            lost.append(paper)
    return lost


def _scan(content: bytes) -> None:
    address = settings.METGEZEL_CLAMAV
    if not address:
        return
    try:
        infected = is_infected(content, address)
    except ScannerUnreachable as problem:
        raise PaperRefused("scanner") from problem
    if infected:
        raise PaperRefused("infected")


def _cleaned(content: bytes) -> tuple[Kind, bytes]:
    """Let another process open the content; whatever breaks that one is a broken paper."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, *CLEANER],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            cwd=ROOT,
            env={},
        )
    except subprocess.TimeoutExpired as problem:
        raise PaperRefused("broken") from problem
    said = done.stderr.decode(errors="replace")
    if done.returncode == 0 and said in Kind.values:
        return Kind(said), done.stdout
    raise PaperRefused(said if said in REASONS else "broken")
