"""The harness itself: each thing it forbids is seen to fail a test."""

import datetime as dt
import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.utils import timezone

from tests.conftest import OURS

Failed = pytest.fail.Exception


def writing_view(request):
    ContentType.objects.create(app_label="harness", model=request.method)
    return HttpResponse("written")


urlpatterns = [path("", writing_view)]


@pytest.fixture
def only_the_writing_view(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []


@pytest.mark.django_db
@pytest.mark.usefixtures("only_the_writing_view")
def test_a_get_that_writes_fails_and_a_post_may(client):
    with pytest.raises(Failed, match="a GET wrote to the database: INSERT"):
        client.get("/")
    assert client.post("/").content == b"written"


def rendered(source, file):
    template = Engine.get_default().from_string(source)
    for node in template.nodelist:
        node.origin.name = str(file)
    return template.render(Context({}))


def test_an_undefined_variable_fails_in_our_templates_and_not_in_others():
    with pytest.raises(Failed, match=r"undefined variable 'person\.name' in screens/today\.html"):
        rendered("{{ person.name }}", OURS / "screens/today.html")
    assert rendered("{% if person %}yes{% endif %}", OURS / "screens/today.html") == ""
    assert rendered("{{ person.name }}", "/site-packages/allauth/login.html") == ""


def test_another_machine_cannot_be_reached():
    with pytest.raises(Failed, match=r"tried to reach 192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_every_test_happens_on_the_same_day(today):
    assert timezone.localdate() == dt.datetime.now(dt.UTC).date() == today


@pytest.mark.django_db
def test_a_query_that_asks_for_no_order_gets_none():
    ContentType.objects.bulk_create(
        ContentType(app_label="harness", model=f"m{number:02}") for number in range(30)
    )
    rows = ContentType.objects.filter(app_label="harness")
    ordered = [row.pk for row in rows.order_by("pk")]
    assert ordered == sorted(ordered)
    assert [row.pk for row in rows.all()] != ordered
