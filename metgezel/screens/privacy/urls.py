"""Addresses of the privacy officer's screens."""

from django.urls import path

from .finding_views import privacy, privacy_finding, privacy_look_back
from .journal_views import privacy_colleague, privacy_colleagues, privacy_file
from .question_views import privacy_question, privacy_questions

urlpatterns = [
    path("", privacy, name="privacy"),
    path("look-back/", privacy_look_back, name="privacy_look_back"),
    path("finding/<int:finding>/", privacy_finding, name="privacy_finding"),
    path("questions/", privacy_questions, name="privacy_questions"),
    path("questions/<int:question>/", privacy_question, name="privacy_question"),
    path("colleagues/", privacy_colleagues, name="privacy_colleagues"),
    path("colleagues/<int:colleague>/", privacy_colleague, name="privacy_colleague"),
    path("of-a-file/", privacy_file, name="privacy_file"),
]
