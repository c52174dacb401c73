"""Addresses of the companion's screens."""

from django.urls import path

from .event_views import event_new
from .people_views import people, person_new
from .person_views import person, step_change
from .today_views import today

urlpatterns = [
    path("", today, name="today"),
    path("people/", people, name="people"),
    path("people/new/", person_new, name="person_new"),
    path("people/<uuid:file>/", person, name="person"),
    path("people/<uuid:file>/happened/", event_new, name="event_new"),
    path("people/<uuid:file>/step/", step_change, name="step_change"),
]
