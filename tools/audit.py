"""Ask a list of known weaknesses about every pinned package: `python -m tools.audit`.

pip-audit asks; this judges its answer, because a source that cannot be reached, or that knows
nothing, must not read as "nothing is known". So a package whose weakness everybody knows is asked
about as well, and every package must have had an answer.

Exit code 0: all asked, nothing known. 1: something is known. 2: not everything could be asked.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ROOT / "requirements/runtime.txt"
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.M)
#: Runs code from a YAML file (CVE-2020-1747). A source that does not know this knows nothing.
KNOWN_TO_BE_WEAK = "pyyaml==5.3"
CLEAN, WEAK, NOT_ASKED = 0, 1, 2


class NotAsked(RuntimeError):
    """There is no answer to judge; the sentence says why."""


@dataclass(frozen=True, order=True)
class Weakness:
    """One known weakness in one package, and the versions that mend it."""

    package: str
    name: str
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.package}: {self.name}, mended in {', '.join(self.mended_in) or 'no version'}"


def main(arguments: Sequence[str]) -> int:
    """Ask, print one line for each weakness and one for the whole; the exit code says the rest."""
    parser = argparse.ArgumentParser(prog="./audit")
    parser.add_argument("--source", help="another list that answers like OSV's", default="")
    source = parser.parse_args(arguments).source
    pins = PIN.findall(LOCKED.read_text(encoding="utf-8"))
    try:
        if not weaknesses([tuple(KNOWN_TO_BE_WEAK.split("=="))], source):
            raise NotAsked(f"the source knows nothing against {KNOWN_TO_BE_WEAK}")
        found = weaknesses(pins, source)
    except NotAsked as problem:
        print(f"Not audited: {problem}. This is no all-clear.", file=sys.stderr)
        return NOT_ASKED
    for weakness in found:
        print(weakness)
    print(f"{len(pins)} packages audited, {len(found)} known weaknesses")
    return WEAK if found else CLEAN


def weaknesses(pins: Sequence[tuple[str, ...]], source: str) -> list[Weakness]:
    """What is known against these (name, version) pairs.

    Raises:
        NotAsked: the source gave no answer about one of them.
    """
    answered = {one["name"]: one for one in _asked(pins, source)}
    for name, version in pins:
        one = answered.get(name, {})
        if "skip_reason" in one or one.get("version") != version or "vulns" not in one:
            raise NotAsked(f"{name} {version}: {one.get('skip_reason', 'no answer about it')}")
    return sorted(
        Weakness(f"{name} {version}", known["id"], tuple(known["fix_versions"]))
        for name, version in pins
        for known in answered[name]["vulns"]
    )


def _asked(pins: Sequence[tuple[str, ...]], source: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "pinned.txt"
        pinned.write_text("".join(f"{name}=={version}\n" for name, version in pins))
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", "--requirement", pinned, "--disable-pip",
             "--no-deps", "--strict", "--vulnerability-service=osv", "--format=json",
             "--progress-spinner=off", f"--cache-dir={folder}/cache", "--timeout=20",
             *([f"--osv-url={source}"] if source else [])],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    try:
        answer: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        said = done.stderr.strip().splitlines() or [f"pip-audit ended with {done.returncode}"]
        raise NotAsked(said[-1]) from None
    return answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
