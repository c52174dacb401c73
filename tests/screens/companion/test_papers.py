"""The papers of a person on the screen: added, given out inert, taken away, and nobody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from metgezel.companion.papers.keeping import add_paper
from metgezel.companion.papers.models import Paper
from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry
from metgezel.foundation.people.models import ClientFile
from metgezel.screens.companion.paper_forms import readable_name
from tests.companion.papers.samples import pdf, photo
from tests.small_association import colleague, small_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.METGEZEL_PAPERS = tmp_path / "papers"
    settings.METGEZEL_CLAMAV = ""
    return settings.METGEZEL_PAPERS


@pytest.fixture
def file() -> ClientFile:
    return small_association().in_assen


@pytest.fixture
def companion(client, file):
    client.force_login(colleague(Role.COMPANION, file.unit, file))
    return client


@pytest.fixture
def paper(file) -> Paper:
    return add_paper(file, None, "Brief van de IND", b"Beste Amal")


def page(name: str, file: ClientFile, query: str = "") -> str:
    return reverse(name, kwargs={"file": file.pk}) + query


def sent(content: bytes, name: str = "brief.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_paper_is_added_and_stands_in_the_list(companion, file):
    data = {"content": sent(photo(), "IMG_1.jpg"), "name": "Foto van de brief"}
    answer = companion.post(page("papers", file), data, follow=True)
    text = answer.content.decode()
    assert "Foto van de brief" in text
    assert "dinsdag 24 november 2026" in text
    assert Paper.objects.get().uploaded_by is not None


def test_without_a_name_it_gets_that_of_the_file(companion, file):
    companion.post(page("papers", file), {"content": sent(pdf(), "besluit_IND 12.pdf")})
    assert Paper.objects.get().name == "besluit IND 12"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "leeg"), (b"MZ\x00\x01", "geen PDF"), (photo()[:100], "beschadigd")],
)
def test_what_cannot_be_a_paper_is_refused_in_a_sentence(companion, file, content, why):
    answer = companion.post(page("papers", file), {"content": sent(content), "name": "Brief"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert why in text
    assert 'value="Brief"' in text
    assert not Paper.objects.exists()


def test_no_file_and_too_large_a_file_get_a_sentence(companion, file, settings):
    assert "Kies eerst" in companion.post(page("papers", file), {"name": "x"}).content.decode()
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    large = sent(b"a" * 20_971_520 + b"b" * 200_000)
    answer = companion.post(page("papers", file), {"content": large})
    assert (answer.status_code, "groter dan 20 MB" in answer.content.decode()) == (422, True)


def test_a_paper_is_given_out_to_keep_and_never_to_run(companion, file, paper):
    answer = companion.get(page("paper_download", file, f"?paper={paper.pk}"))
    assert answer.content == b"Beste Amal"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="Brief van de IND.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_taking_a_paper_along_stands_in_the_journal(companion, file, paper):
    companion.get(page("paper_download", file, f"?paper={paper.pk}"))
    actions = JournalEntry.objects.of_file(file.pk).order_by("id").values_list("action", flat=True)
    assert list(actions)[-2:] == ["read", "exported"]


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x", '"; filename=x.html', "../../etc", "وثيقة"])
def test_a_name_made_to_deceive_stays_a_name(companion, file, name):
    paper = add_paper(file, None, name, b"Beste Amal")
    answer = companion.get(page("paper_download", file, f"?paper={paper.pk}"))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers


def test_a_content_that_is_lost_gets_a_page_that_says_so(companion, file, paper, folder):
    (folder / paper.stored_name).write_bytes(b"something else")
    answer = companion.get(page("paper_download", file, f"?paper={paper.pk}"))
    assert answer.status_code == 503
    assert "back-up" in answer.content.decode()


def test_removing_asks_first(companion, file, paper):
    address = page("paper_remove", file, f"?paper={paper.pk}")
    assert "Brief van de IND" in companion.get(address).content.decode()
    assert Paper.objects.exists()
    assert companion.post(address).status_code == 302
    assert not Paper.objects.exists()


@pytest.mark.parametrize("name", ["paper_download", "paper_remove"])
def test_a_paper_of_somebody_elses_file_does_not_exist(companion, file, name):
    other = ClientFile.objects.exclude(pk=file.pk)[0]
    theirs = add_paper(other, None, "Brief", b"Beste Girma")
    for at in (file, other):
        for method in (companion.get, companion.post):
            answer = method(page(name, at, f"?paper={theirs.pk}"))
            assert answer.status_code in (404, 405)
    assert Paper.objects.exists()


@pytest.mark.parametrize("number", ["x", "0f3c9a52-6a0e-4a7e-9d55-1b8f0c2e7a11", "1"])
@pytest.mark.parametrize("name", ["paper_download", "paper_remove"])
def test_a_paper_that_is_not_there_is_no_page(companion, file, name, number):
    assert companion.get(page(name, file, f"?paper={number}")).status_code == 404
    assert companion.get(page(name, file)).status_code == 302


def test_a_client_adds_papers_and_removes_only_her_own(client, file, paper):
    amal = User.objects.create_user("amal@example.org", "Amal", person=file.person)
    client.force_login(amal)
    client.post(page("papers", file), {"content": sent(b"Mijn brief"), "name": "Mijn brief"})
    mine = Paper.objects.get(uploaded_by=amal)
    assert client.post(page("paper_remove", file, f"?paper={paper.pk}")).status_code == 404
    assert client.post(page("paper_remove", file, f"?paper={mine.pk}")).status_code == 302
    assert list(Paper.objects.all()) == [paper]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\scans\\besluit_1.pdf", "besluit 1"),
        ("/scans/a.b.c", "a.b"),
        (".pdf", ".pdf"),
        ("\x00\n.jpg", "paper"),
        ("x" * 300 + ".pdf", "x" * 120),
        ("brief", "brief"),
    ],
)
def test_the_name_of_a_file_becomes_words(name, shown):
    assert readable_name(name) == shown
