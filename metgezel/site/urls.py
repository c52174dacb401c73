"""Every address begins here. Who may open which is in metgezel/screens/permissions.py."""

from django.urls import URLPattern, URLResolver, include, path

from metgezel.screens.account.urls import welcome_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("metgezel.screens.account.urls")),
    path("account/", include("allauth.account.urls")),
    path("welcome/", include(welcome_urlpatterns)),
    path("my-file/", include("metgezel.screens.client.urls")),
    path("privacy/", include("metgezel.screens.privacy.urls")),
    path("", include("metgezel.screens.companion.urls")),
    path("office/", include("metgezel.screens.office.urls")),
    path("", include("metgezel.screens.desk.urls")),
    path("", include("metgezel.screens.team.urls")),
    path("components/", include("metgezel.screens.components.urls")),
]

handler500 = "metgezel.screens.failures.failed"
