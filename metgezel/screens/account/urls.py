from django.urls import path

from . import (
    code_views,
    first_run,
    passkey_views,
    second_factor_views,
    session_views,
    views,
    welcome_views,
)

urlpatterns = [
    path("first-run/", first_run.first_run, name="first_run"),
    path("language/", views.set_language, name="set_language"),
    path("password/reset/", views.reset_password, name="account_reset_password"),
    path("choose-password/<str:user>/<str:token>/", views.choose_password, name="choose_password"),
    path("log-ins/", session_views.log_ins, name="log_ins"),
    path("second-step/", code_views.second_step, name="mfa_authenticate"),
    path("second-factor/", second_factor_views.second_factor, name="second_factor"),
    path("second-factor/app/", second_factor_views.app, name="second_factor_app"),
    path("second-factor/passkey/", passkey_views.passkey_new, name="second_factor_passkey"),
    path(
        "second-factor/<int:number>/remove/",
        second_factor_views.remove,
        name="second_factor_remove",
    ),
    path("second-factor/codes/", second_factor_views.recovery_codes, name="recovery_codes"),
    path(
        "second-factor/codes/file/",
        second_factor_views.recovery_codes_file,
        name="recovery_codes_file",
    ),
    path("passkey/", passkey_views.passkey_options, name="passkey_options"),
    path("passkey/new/", passkey_views.passkey_new_options, name="passkey_new_options"),
    path("passkey/log-in/", passkey_views.passkey_log_in, name="passkey_log_in"),
]

welcome_urlpatterns = [
    path("", welcome_views.welcome, name="welcome"),
    path("choose/", welcome_views.welcome_choose, name="welcome_choose"),
    path("passkey/", welcome_views.welcome_passkey, name="welcome_passkey"),
    path("back/", welcome_views.welcome_back, name="welcome_back"),
]
