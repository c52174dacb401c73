"""Addresses of the companion's screens."""

from django.urls import path

from .about_views import person_edit
from .access_views import client_access
from .correction_views import event_correct
from .event_views import event_new
from .goal_views import goal, own_step
from .household_views import household
from .paper_views import paper_download, paper_remove, papers
from .people_views import people, person_new
from .person_views import person
from .relative_views import lives_with, relative, relative_remove
from .step_views import step_change
from .today_views import today
from .why_views import why

urlpatterns = [
    path("", today, name="today"),
    path("people/", people, name="people"),
    path("people/new/", person_new, name="person_new"),
    path("people/<uuid:file>/", person, name="person"),
    path("people/<uuid:file>/happened/", event_new, name="event_new"),
    path("people/<uuid:file>/mistake/", event_correct, name="event_correct"),
    path("people/<uuid:file>/family/", household, name="household"),
    path("people/<uuid:file>/family/member/", relative, name="relative"),
    path("people/<uuid:file>/family/remove/", relative_remove, name="relative_remove"),
    path("people/<uuid:file>/family/together/", lives_with, name="lives_together"),
    path("people/<uuid:file>/about/", person_edit, name="person_edit"),
    path("people/<uuid:file>/access/", client_access, name="client_access"),
    path("people/<uuid:file>/goal/", goal, name="goal"),
    path("people/<uuid:file>/own-step/", own_step, name="own_step"),
    path("people/<uuid:file>/why/", why, name="why"),
    path("people/<uuid:file>/papers/", papers, name="papers"),
    path("people/<uuid:file>/papers/download/", paper_download, name="paper_download"),
    path("people/<uuid:file>/papers/remove/", paper_remove, name="paper_remove"),
    path("people/<uuid:file>/step/", step_change, name="step_change"),
]
