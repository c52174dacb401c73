"""A public site: what its settings make of cookies, addresses and Django's own check."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.production_scene import SITE
from tools.make_keys import write_once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The surroundings of a public installation with a database of its own."""
    folder = tmp_path_factory.mktemp("public")
    write_once(folder / "keys.json")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("METGEZEL_", "COV_"))}
    own = {"METGEZEL_DATA": str(folder), "METGEZEL_HOSTS": SITE, "PYTHONPATH": str(ROOT)}
    return kept | own | {"DJANGO_SETTINGS_MODULE": "metgezel.site.settings"}


def run(public: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=public,
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def answers(public: dict[str, str]) -> Any:
    done = run(public, "tests.site.production_scene")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_djangos_own_check_of_a_public_site_has_nothing_to_say(public):
    done = run(public, "metgezel.site.cli", "django", "check", "--deploy", "--fail-level=WARNING")
    assert (done.returncode, done.stdout + done.stderr) == (
        0,
        "System check identified no issues (1 silenced).\n",
    )


@pytest.mark.parametrize("play", ["METGEZEL_DEMO", "METGEZEL_DEBUG"])
def test_a_public_site_does_not_start_with_demo_log_ins_or_debug_pages(public, play):
    done = run(public | {play: "1"}, "metgezel.site.cli", "django", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{play} cannot be used in production")
    assert len(done.stderr.splitlines()) == 1


def test_every_cookie_is_for_this_host_alone_over_https_and_not_for_scripts(answers):
    cookies = [cookie for answer in answers.values() for cookie in answer["cookies"].items()]
    assert {name for name, _ in cookies} >= {
        "__Host-sessionid", "__Host-csrftoken", "__Host-language",
    }  # fmt: skip
    for name, cookie in cookies:
        assert name.startswith("__Host-"), name
        if cookie["value"]:  # a cookie that is taken away has nothing to guard
            kept = {part: cookie[part] for part in ("secure", "httponly", "path", "domain")}
            assert kept == {"secure": True, "httponly": True, "path": "/", "domain": ""}, name
            assert cookie["samesite"] == "Lax", name


def test_http_is_sent_to_https_and_stays_there_for_a_year(answers):
    assert answers["http"]["status"] == 301
    assert answers["http"]["headers"]["Location"] == f"https://{SITE}/account/login/"
    lasting = answers["page"]["headers"]["Strict-Transport-Security"]
    assert lasting == "max-age=31536000; includeSubDomains"
    assert "upgrade-insecure-requests" in answers["page"]["headers"]["Content-Security-Policy"]


def test_a_public_site_answers_to_its_own_name_only_and_shows_no_gallery(answers):
    assert answers["other name"]["status"] == 400
    assert answers["gallery"]["status"] == 404


def test_whoever_logs_out_leaves_nothing_behind_in_the_browser(answers):
    left = answers["log out"]
    assert left["headers"]["Clear-Site-Data"] == '"storage"'
    assert left["cookies"]["__Host-sessionid"]["value"] == ""
    assert left["headers"]["Cache-Control"] == "no-store, private"
