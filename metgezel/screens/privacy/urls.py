"""Addresses of the privacy officer's screens."""

from django.urls import path

from .breach_views import breach, breach_new, breaches
from .duty_views import privacy_duties, processing_register
from .file_views import file_consent, file_mandate, file_overview, file_privacy
from .finding_views import privacy, privacy_finding, privacy_look_back
from .journal_views import privacy_colleague, privacy_colleagues, privacy_file
from .keeping_views import keeping, keeping_longer
from .question_views import privacy_question, privacy_questions
from .request_views import privacy_request, privacy_request_new, privacy_requests

urlpatterns = [
    path("", privacy, name="privacy"),
    path("look-back/", privacy_look_back, name="privacy_look_back"),
    path("finding/<int:finding>/", privacy_finding, name="privacy_finding"),
    path("questions/", privacy_questions, name="privacy_questions"),
    path("questions/<int:question>/", privacy_question, name="privacy_question"),
    path("colleagues/", privacy_colleagues, name="privacy_colleagues"),
    path("colleagues/<int:colleague>/", privacy_colleague, name="privacy_colleague"),
    path("of-a-file/", privacy_file, name="privacy_file"),
    path("duties/", privacy_duties, name="privacy_duties"),
    path("register/", processing_register, name="processing_register"),
    path("requests/", privacy_requests, name="privacy_requests"),
    path("requests/new/", privacy_request_new, name="privacy_request_new"),
    path("requests/<int:asked>/", privacy_request, name="privacy_request"),
    path("breaches/", breaches, name="breaches"),
    path("breaches/new/", breach_new, name="breach_new"),
    path("breaches/<int:breach>/", breach, name="breach"),
    path("keeping/", keeping, name="keeping"),
    path("keeping/<int:notice>/", keeping_longer, name="keeping_longer"),
    path("person/<uuid:file>/", file_privacy, name="file_privacy"),
    path("person/<uuid:file>/consent/", file_consent, name="file_consent"),
    path("person/<uuid:file>/mandate/", file_mandate, name="file_mandate"),
    path("person/<uuid:file>/overview/", file_overview, name="file_overview"),
]
