"""Addresses of the walk-in desk's screens."""

from django.urls import path

from .key_views import key, key_close

urlpatterns = [
    path("desk/key/", key, name="drop_in"),
    path("people/<uuid:file>/close-key/", key_close, name="drop_in_close"),
]
