from django.urls import path

from . import first_run, views

urlpatterns = [
    path("first-run/", first_run.first_run, name="first_run"),
    path("language/", views.set_language, name="set_language"),
    path("choose-password/<str:user>/<str:token>/", views.choose_password, name="choose_password"),
]
