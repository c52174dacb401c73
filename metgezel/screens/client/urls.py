"""Addresses of the client's own screens."""

from django.urls import path

from .journal_views import own_journal, own_journal_ask

urlpatterns = [
    path("who-looked/", own_journal, name="own_journal"),
    path("who-looked/ask/<int:line>/", own_journal_ask, name="own_journal_ask"),
]
