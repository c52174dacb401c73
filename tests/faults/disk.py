"""A disk with hardly any room: a small file system in memory, or a limit on the size of files."""

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 3 * 1024 * 1024


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], None]]:
    """Let `folder` have about 3 MB of room; what is yielded makes room again.

    As root a file system of its own; otherwise files of this process's children stop growing.
    """
    if os.getuid() == 0 and _mounted(folder):
        try:
            yield lambda: _remount(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max((file.stat().st_size for file in folder.iterdir()), default=0)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + ROOM, before[1]))
    try:
        yield lambda: _lift(before)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _mounted(folder: Path) -> bool:
    used = sum(file.stat().st_size for file in folder.iterdir())
    aside = folder.with_name(f"{folder.name}-aside")
    folder.rename(aside)
    folder.mkdir()
    options = f"size={used + ROOM},mode=700"
    words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(words, check=False, capture_output=True)
    if done.returncode:
        folder.rmdir()
        aside.rename(folder)
        return False
    shutil.copytree(aside, folder, dirs_exist_ok=True)
    return True


def _remount(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=500M", folder], check=True)


def _lift(before: tuple[int, int]) -> None:
    """Lift the limit of every process that this one started."""
    own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    waiting = [int(pid) for pid in own]
    while waiting:
        pid = waiting.pop()
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        waiting += [int(child) for child in below]
