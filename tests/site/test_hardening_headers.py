"""What every answer tells the browser, and what no page of ours contains."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.screens.middleware import permission
from metgezel.screens.permissions import PAGES, Who, public
from metgezel.site import urls
from tests.screens.test_permissions import ADDRESSES, address
from tests.small_association import colleague, small_association

#: A document that a command writes for somebody to take home; no page of the site.
NO_PAGES = {"overview.html"}
TEMPLATES = sorted(
    path
    for path in (Path(__file__).resolve().parents[2] / "metgezel").rglob("*.html")
    if path.name not in NO_PAGES
)
OF_EVERY_ANSWER = {
    "Cache-Control": "no-store, private",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.django_db
@pytest.mark.parametrize("who", [None, Role.COMPANION, Role.ADMINISTRATOR])
def test_every_page_says_that_nothing_of_it_may_be_kept_or_used_elsewhere(who):
    house = small_association()
    others = colleague(Role.COMPANION, house.assen, house.in_assen)
    client = Client()
    if who:
        client.force_login(others if who is Role.COMPANION else colleague(who, house.assen))
    for name, rule in PAGES.items():
        if name not in ADDRESSES or rule.who is Who.REFUSED:
            continue
        response = client.get(address(name, house.in_assen))
        said = {header: response.headers.get(header) for header in OF_EVERY_ANSWER}
        assert said == OF_EVERY_ANSWER, name
        assert "camera=()" in response.headers["Permissions-Policy"], name


@pytest.mark.django_db
def test_the_policy_lets_a_page_use_nothing_but_our_own_files():
    policy = Client().get("/account/login/").headers["Content-Security-Policy"]
    allowed = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert allowed["default-src"] == allowed["base-uri"] == allowed["object-src"] == ["'none'"]
    assert allowed["frame-ancestors"] == ["'none'"]
    assert allowed["require-trusted-types-for"] == ["'script'"]
    others = {word for words in allowed.values() for word in words}
    assert others == {"'none'", "'self'", "'script'"}


@pytest.mark.django_db
def test_style_sheets_and_fonts_may_be_kept_but_not_used_by_other_sites():
    answer = Client().get("/static/metgezel/base.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


TAGS = re.compile(r"{%.*?%}|{{.*?}}")  # their words are Django's, not the page's
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|data:", re.I
)
ELSEWHERE = re.compile(
    r"(src|srcset|action|formaction)\s*=\s*[\"']?(https?:)?//|<link[^>]+//", re.I
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_script_or_style_in_it_or_takes_anything_from_elsewhere(template):
    text = template.read_text(encoding="utf-8")
    assert not INLINE.findall(TAGS.sub("", text))
    assert not ELSEWHERE.findall(text)


@pytest.mark.parametrize("text", ["<script>", '<p style="x">', '<a onclick="x">', "<style>"])
def test_script_and_style_in_a_page_are_noticed(text):
    assert INLINE.search(text)
    assert ELSEWHERE.search('<img src="//x.org/y">')


# ── Pages for what went wrong ────────────────────────────────────────────────────────────────

SECRET = "SELECT secret FROM /srv/metgezel/file.py"
PROBLEMS = {
    400: SuspiciousOperation(SECRET),
    403: PermissionDenied(SECRET),
    500: RuntimeError(SECRET),
    503: OperationalError(SECRET),
}
SAID = {
    (400, "nl"): "Dat begrepen we niet", (400, "en"): "We did not understand that",
    (403, "nl"): "U mag deze bladzijde niet openen", (403, "en"): "You may not open this page",
    (500, "nl"): "Dat ligt aan ons, niet aan u", (500, "en"): "Something went wrong on our side",
    (503, "nl"): "Wij kunnen even niet bij de gegevens", (503, "en"): "We cannot reach the data",
}  # fmt: skip


def going_wrong(status: int) -> str:
    return f"/goes-wrong/{status}/"


def raise_it(_request: HttpRequest, status: int) -> HttpResponse:
    raise PROBLEMS[status]


urlpatterns = [*urls.urlpatterns, path("goes-wrong/<int:status>/", raise_it, name="goes_wrong")]
handler500 = urls.handler500


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("status", "language"), SAID)
def test_what_goes_wrong_is_told_in_words_without_details(status, language, monkeypatch):
    monkeypatch.setattr(permission, "PAGES", {**PAGES, "goes_wrong": public})
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(going_wrong(status))
    page = response.content.decode()
    assert response.status_code == status
    assert SAID[status, language] in page
    assert "SELECT" not in page
    assert "Traceback" not in page
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Deze bladzijde is er niet"), ("en", "This page is not here")],
)
def test_a_page_that_is_not_there_says_so_to_strangers_and_colleagues(language, sentence):
    user = colleague(Role.COMPANION, small_association().assen)
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for _ in ("stranger", "colleague"):
        response = client.get("/people/7/nothing/")
        assert (response.status_code, sentence in response.content.decode()) == (404, True)
        client.force_login(user)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Stuur het alstublieft nog een keer"), ("en", "Please send it once more")],
)
def test_a_form_from_another_site_is_refused_in_words(language, sentence):
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.post("/account/language/", {"language": "en"})
    assert response.status_code == 403
    assert sentence in response.content.decode()
