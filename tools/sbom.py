"""Write what Metgezel is made of (CycloneDX): `python -m tools.sbom [FILE]`, no network needed.

Everything of requirements/runtime.txt that this kind of machine needs: version, hashes, licence as
the package itself declares it, and what needs what. The same requirements give the same file.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import metgezel

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ROOT / "requirements/runtime.txt"
WRITTEN = ROOT / "build/metgezel.cdx.json"

PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)(?: ; (.+?))? \\\\?$", re.M)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
CLASSIFIER = "License :: OSI Approved :: "


class Unlisted(RuntimeError):
    """The list would not be whole; the sentence says what is missing."""


def main(arguments: list[str]) -> int:
    """Write the file and say how many packages are in it; 1 when the list is not whole."""
    target = Path(arguments[0]) if arguments else WRITTEN
    try:
        bom = bill(LOCKED.read_text(encoding="utf-8"))
    except Unlisted as problem:
        print(problem, file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    outputter = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    target.write_text(outputter.output_as_string(indent=2) + "\n", encoding="utf-8")
    print(f"{len(bom.components)} packages in {target}")
    return 0


def bill(locked: str) -> Bom:
    """The list of everything that a text of pinned requirements names."""
    parts = {component.name: component for component in _components(locked)}
    if not parts:
        raise Unlisted("The requirements name no package at all.")
    bom = Bom(components=parts.values(), serial_number=uuid5(NAMESPACE_URL, locked))
    ours = Component(
        name="metgezel",
        version=metgezel.__version__,
        type=ComponentType.APPLICATION,
        bom_ref="metgezel",
    )
    bom.metadata.component = ours
    bom.metadata.timestamp = None  # type: ignore[assignment]
    bom.register_dependency(ours, parts.values())
    for name, part in parts.items():
        needs = {need for need in _needs(_installed(name)) if need in parts}
        bom.register_dependency(part, [parts[need] for need in sorted(needs)])
    return bom


def needed_here(locked: str) -> list[re.Match[str]]:
    """The pins (name, version, marker) whose marker holds on this machine."""
    pins = PIN.finditer(locked)
    return [pin for pin in pins if not pin[3] or Marker(pin[3]).evaluate()]


def _components(locked: str) -> Iterator[Component]:
    for pin in needed_here(locked):
        name, version, _ = pin.groups()
        following = PIN.search(locked, pin.end())
        end = following.start() if following else len(locked)
        hashes = HASH.findall(locked, pin.end(), end)
        if not hashes:
            raise Unlisted(f"{name} {version} is pinned without a hash.")
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{name}=={version}",
            purl=PackageURL("pypi", name=name, version=version),
            licenses=[LicenseFactory().make_from_string(licence(_installed(name)))],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=value) for value in hashes],
        )


def licence(package: Distribution) -> str:
    """The licence that a package declares: as an expression, else by name, else unknown."""
    said = package.metadata
    if expression := said.get_all("License-Expression"):
        return str(expression[0])
    lines = said.get_all("Classifier") or []
    named = [line.removeprefix(CLASSIFIER) for line in lines if line.startswith(CLASSIFIER)]
    free = said.get_all("License") or ["not declared"]
    return ", ".join(named) or str(free[0]).splitlines()[0]


def _needs(package: Distribution) -> Iterator[str]:
    for line in package.requires or []:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield canonicalize_name(need.name)


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise Unlisted(f"{name} is pinned but not installed, so its licence is unknown.") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
