"""Addresses of the team leader's screens."""

from django.urls import path

from .access_views import access, colleagues
from .key_views import keys

urlpatterns = [
    path("team/keys/", keys, name="keys_to_review"),
    path("team/access/", colleagues, name="colleagues_access"),
    path("team/access/<int:user>/", access, name="access_of"),
]
