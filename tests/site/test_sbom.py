"""The list of what Metgezel is made of: whole, the same each time, and a format others read."""

import json
from typing import Any

import pytest

from tools import sbom


def written(tmp_path) -> tuple[str, Any]:
    target = tmp_path / "new" / "list.json"
    assert sbom.main([str(target)]) == 0
    text = target.read_text()
    return text, json.loads(text)


def test_every_pinned_package_is_in_it_with_hashes_and_licence(tmp_path):
    _, listed = written(tmp_path)
    pinned = {pin.group(1, 2) for pin in sbom.needed_here(sbom.LOCKED.read_text())}
    assert {(one["name"], one["version"]) for one in listed["components"]} == pinned
    assert len(pinned) > 30
    assert all(one["hashes"] and one["licenses"] for one in listed["components"])
    assert (listed["bomFormat"], listed["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "metgezel",
    )
    needs = {one["ref"].split("==")[0]: one.get("dependsOn", []) for one in listed["dependencies"]}
    assert any(need.startswith("asgiref==") for need in needs["django"])


def test_the_same_requirements_give_the_same_list(tmp_path):
    assert written(tmp_path)[0] == written(tmp_path)[0]


def test_a_package_without_a_hash_or_without_a_package_is_refused():
    with pytest.raises(sbom.Unlisted, match="without a hash"):
        sbom.bill("django==5.2 \\\n")
    with pytest.raises(sbom.Unlisted, match="not installed"):
        sbom.bill(f"nobody-has-this==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    with pytest.raises(sbom.Unlisted, match="no package"):
        sbom.bill("")
