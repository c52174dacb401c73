"""A page is light enough for an old telephone on a poor connection."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from metgezel.foundation.association.roles import Role
from metgezel.foundation.people.models import Person
from tests.small_association import colleague, small_association

BUDGET = 200_000  # bytes, compressed: the page and all it fetches
OWN = re.compile(r'(?:href|src)="/static/([^"#?]+)')
FACE = re.compile(r"@font-face\s*{([^}]*)}")
FILE = re.compile(r'url\("([^"]+)"\)')
RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")

pytestmark = pytest.mark.django_db


def static(name: str) -> bytes:
    found = finders.find(name)
    assert found, f"{name} is not there"
    return Path(str(found)).read_bytes()


def fonts(css: str, text: str) -> set[str]:
    """The font files a browser fetches to show this text."""
    return {
        file.group(1)
        for face in FACE.findall(css)
        if (file := FILE.search(face)) and _needed(face, text)
    }


def _needed(face: str, text: str) -> bool:
    spans = [(int(a, 16), int(b or a, 16)) for a, b in RANGE.findall(face)]
    return any(low <= ord(letter) <= high for letter in set(text) for low, high in spans)


def weight(html: str) -> dict[str, int]:
    """Compressed bytes by file; every weight of a font counts, whether used or not."""
    parts = {"page": html.encode()}
    for name in set(OWN.findall(html)):
        parts[name] = static(name)
        if name.endswith(".css"):
            folder = name.rpartition("/")[0]
            for file in fonts(parts[name].decode(), html):
                parts[f"{folder}/{file}"] = static(f"{folder}/{file}")
    return {name: len(gzip.compress(content)) for name, content in parts.items()}


def assert_light(html: str) -> dict[str, int]:
    found = weight(html)
    assert sum(found.values()) < BUDGET, found
    return found


def test_the_log_in_page_is_light(client):
    found = assert_light(client.get("/account/login/").content.decode())
    assert not [name for name in found if "noto" in name], "no other script is on it"


@pytest.mark.parametrize(("name", "file"), [("سارة", "arabic"), ("ሰላም", "ethiopic")])
def test_today_is_light_with_a_name_in_its_own_script(client, name, file):
    association = small_association()
    Person.objects.update(name_own_script=name)
    noor = colleague(Role.COMPANION, association.assen, association.in_assen)
    client.force_login(noor, "allauth.account.auth_backends.AuthenticationBackend")
    assert_light(client.get("/").content.decode())
    found = assert_light(client.get(f"/people/{association.in_assen.pk}/").content.decode())
    assert f"metgezel/fonts/noto-sans-{file}.woff2" in found
    assert sum("noto" in name for name in found) == 1
