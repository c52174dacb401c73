"""Addresses of the office's screens."""

from django.urls import path

from .account_views import account
from .colleague_views import colleague, colleagues, invite, link
from .home_views import office
from .role_views import leave, role_end, role_new
from .unit_views import unit, unit_new

urlpatterns = [
    path("", office, name="office"),
    path("units/new/", unit_new, name="office_unit_new"),
    path("units/<uuid:unit>/", unit, name="office_unit"),
    path("colleagues/", colleagues, name="office_colleagues"),
    path("colleagues/invite/", invite, name="office_invite"),
    path("colleagues/<int:colleague>/", colleague, name="office_colleague"),
    path("colleagues/<int:colleague>/link/", link, name="office_link"),
    path("colleagues/<int:colleague>/account/", account, name="office_account"),
    path("colleagues/<int:colleague>/role/", role_new, name="office_role_new"),
    path("colleagues/<int:colleague>/role/end/", role_end, name="office_role_end"),
    path("colleagues/<int:colleague>/leave/", leave, name="office_leave"),
]
