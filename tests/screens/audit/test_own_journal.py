"""A client reads who looked in her file, in her own language, and asks about it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from metgezel.foundation.association.models import User
from metgezel.foundation.association.roles import Role
from metgezel.foundation.audit.models import JournalEntry, JournalQuestion
from metgezel.foundation.audit.watching import watched_models
from metgezel.screens.client.journal_words import thing_in_words
from tests.screens.audit.test_journal_of_pages import as_user, page
from tests.small_association import SmallAssociation, colleague, small_association

pytestmark = pytest.mark.django_db
JOURNAL = "/my-file/who-looked/"


@pytest.fixture
def house() -> SmallAssociation:
    return small_association()


def amal(house: SmallAssociation, language: str = "nl") -> tuple[User, Client]:
    user = User.objects.create_user(
        "amal@example.org", "Amal", person=house.in_assen.person, language=language
    )
    return user, as_user(user)


def looked(house: SmallAssociation) -> User:
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    user.name = "Sara de Vries"
    user.save()
    as_user(user).get(page(house.in_assen))
    return user


def test_she_sees_who_looked_when_and_why(house):
    looked(house)
    _, browser = amal(house)
    html = browser.get(JOURNAL).content.decode()
    for words in ("dinsdag 24 november 2026", "Sara de Vries", "begeleider · Assen",
                  "Keek in uw dossier", "Deze persoon begeleidt u."):  # fmt: skip
        assert words in html


def test_her_own_looks_show_only_when_she_asks(house):
    _, browser = amal(house)
    browser.get(page(house.in_assen))
    assert "Het is uw eigen dossier" not in browser.get(JOURNAL).content.decode()
    assert "Het is uw eigen dossier" in browser.get(f"{JOURNAL}?mine=1").content.decode()


def test_she_never_sees_the_journal_of_somebody_else(house):
    user = colleague(Role.COMPANION, house.groningen, house.in_groningen)
    as_user(user).get(page(house.in_groningen))
    theirs = JournalEntry.objects.of_file(house.in_groningen.pk).latest("id")
    _, browser = amal(house)
    assert user.name not in browser.get(JOURNAL).content.decode()
    assert browser.get(reverse("own_journal_ask", kwargs={"line": theirs.pk})).status_code == 404


def test_in_arabic_the_page_runs_from_right_to_left_and_says_it_is_a_draft(house):
    looked(house)
    _, browser = amal(house, "ar")
    answer = browser.get(JOURNAL)
    html = answer.content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert answer.headers["Content-Language"] == "ar"
    for words in ("من اطّلع على ملفي", "هذا الشخص يرافقك", "لم يراجعها بعد", "الثلاثاء"):
        assert words in html


def test_other_pages_of_a_client_who_reads_arabic_stay_dutch(house):
    _, browser = amal(house, "ar")
    assert '<html lang="nl" dir="ltr">' in browser.get("/").content.decode()


def test_she_may_choose_arabic_on_her_own_page_and_it_is_kept(house):
    user, browser = amal(house)
    browser.post(reverse("set_language"), {"language": "ar", "next": JOURNAL})
    user.refresh_from_db()
    assert user.language == "ar"
    assert 'value="ar"' in browser.get(JOURNAL).content.decode()
    assert 'value="ar"' not in browser.get("/").content.decode()


def test_a_question_reaches_the_officer_and_the_answer_reaches_her(house):
    looked(house)
    _, browser = amal(house)
    line = JournalEntry.objects.of_file(house.in_assen.pk).latest("id")
    where = reverse("own_journal_ask", kwargs={"line": line.pk})
    for _ in range(2):  # a double click
        assert browser.post(where, {"words": "Wie is dit?"}).status_code == 302
    question = JournalQuestion.objects.get()
    officer = as_user(colleague(Role.PRIVACY_OFFICER, house.top))
    place = reverse("privacy_question", kwargs={"question": question.pk})
    assert "Wie is dit?" in officer.get(place).content.decode()
    assert officer.post(place, {"words": "  "}).status_code == 422
    assert officer.post(place, {"words": "Zij is uw begeleider."}).status_code == 302
    assert officer.post(place, {"words": "Iets anders."}).status_code == 422
    assert "Zij is uw begeleider." in browser.get(JOURNAL).content.decode()
    changes = JournalEntry.objects.filter(model="audit.journalquestion").order_by("id")
    assert list(changes.values_list("action", flat=True)) == ["created", "changed"]


def test_an_older_page_goes_on_where_the_first_ended(house, monkeypatch):
    monkeypatch.setattr("metgezel.screens.client.journal_views.PAGE", 2)
    for _ in range(3):
        looked_by = colleague(Role.COMPANION, house.assen, house.in_assen)
        as_user(looked_by).get(page(house.in_assen))
    _, browser = amal(house)
    first = browser.get(JOURNAL)
    older = first.context["older"]
    assert older
    ids = [visit.line for day in first.context["days"] for visit in day.visits]
    next_ids = [
        visit.line for day in browser.get(JOURNAL + older).context["days"] for visit in day.visits
    ]
    assert max(next_ids) < min(ids)
    assert browser.get(JOURNAL + "?before=9999999999999999999999").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_journal(house, django_assert_max_num_queries):
    user = colleague(Role.COMPANION, house.assen, house.in_assen)
    visitor = as_user(user)
    for _ in range(12):
        visitor.get(page(house.in_assen))
    _, browser = amal(house)
    browser.get(JOURNAL)
    with django_assert_max_num_queries(14):
        browser.get(JOURNAL)


def test_every_kind_of_row_that_is_journalled_has_words_for_the_client():
    with translation.override("en"):
        unknown = [
            model._meta.label_lower
            for model in watched_models()
            if thing_in_words(model._meta.label_lower) == "something in your file"
        ]
    assert unknown == [], "add them to thing_in_words and to the officer's line_words"
