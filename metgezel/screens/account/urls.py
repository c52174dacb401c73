from django.urls import path

from . import views

urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("choose-password/<str:user>-<str:token>/", views.choose_password, name="choose_password"),
]
