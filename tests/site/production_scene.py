"""A public site as its visitors meet it, in a process of its own: prints answers as JSON.

Settings are made when the process starts, so the tests' own process cannot become public.
"""

import json
import logging
from typing import Any

import django

SITE = "metgezel.example"


def answers() -> dict[str, Any]:
    """What a stranger, then somebody who logs in and out, is sent."""
    from django.core.management import call_command
    from django.test import Client

    from tests.small_association import colleague, small_association

    call_command("migrate", verbosity=0, interactive=False)
    from metgezel.foundation.association.roles import Role

    user = colleague(Role.ADMINISTRATOR, small_association().top)
    browser = Client(headers={"host": SITE}, raise_request_exception=False)
    name_and_word = {"login": user.email, "password": "pw"}
    return {
        "http": described(browser.get("/account/login/")),
        "page": described(browser.get("/account/login/", secure=True)),
        "other name": described(browser.get("/", secure=True, headers={"host": "elsewhere.org"})),
        "language": described(browser.post("/account/language/", {"language": "en"}, secure=True)),
        "gallery": described(browser.get("/components/", secure=True)),
        "log in": described(browser.post("/account/login/", name_and_word, secure=True)),
        "log out": described(browser.post("/account/logout/", secure=True)),
    }


def described(response: Any) -> dict[str, Any]:
    cookies = {
        name: {"secure": bool(c["secure"]), "httponly": bool(c["httponly"]), "path": c["path"],
               "samesite": c["samesite"], "domain": c["domain"], "value": c.value}
        for name, c in response.cookies.items()
    }  # fmt: skip
    headers = dict(response.headers)
    return {"status": response.status_code, "headers": headers, "cookies": cookies}


if __name__ == "__main__":
    django.setup()
    logging.disable()
    print(json.dumps(answers()))
