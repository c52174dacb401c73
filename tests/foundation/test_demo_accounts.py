"""Demo accounts cannot be used on a public site."""

import importlib

import pytest
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

from metgezel.foundation.association.demo_accounts import refuse_demo_accounts
from metgezel.foundation.association.models import User

pytestmark = pytest.mark.django_db


def demo_account() -> None:
    User.objects.create_user("companion@demo.example", "Companion", "samen")


def test_a_public_site_does_not_start_on_the_database_of_a_demo(settings):
    settings.PRODUCTION = True
    refuse_demo_accounts()
    demo_account()
    with pytest.raises(ImproperlyConfigured, match=r"does not start"):
        refuse_demo_accounts()
    assert [m.id for m in run_checks(tags=[Tags.database], databases=["default"])] == [
        "metgezel.E001"
    ]


def test_the_demo_itself_starts(settings):
    settings.PRODUCTION = False
    demo_account()
    refuse_demo_accounts()
    assert run_checks(tags=[Tags.database], databases=["default"]) == []


def test_the_web_server_asks_before_it_answers(settings, monkeypatch):
    monkeypatch.setenv("METGEZEL_SERVES_PAGES", "1")
    settings.PRODUCTION = True
    demo_account()
    with pytest.raises(ImproperlyConfigured, match="demo accounts"):
        importlib.reload(importlib.import_module("metgezel.site.wsgi"))
