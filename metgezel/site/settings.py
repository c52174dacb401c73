"""Django's settings. What differs per installation comes from METGEZEL_… in the environment."""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE
from csp.constants import SELF as OWN
from django.utils.translation import gettext_lazy as _

from . import environment

PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("METGEZEL_DATA") or PACKAGE.parent / "data")

ALLOWED_HOSTS = environment.hosts(os.environ.get("METGEZEL_HOSTS", ""))
PRODUCTION = (
    os.environ.get("METGEZEL_PRODUCTION") == "1" or not set(ALLOWED_HOSTS) <= environment.LOOPBACK
)
METGEZEL_DEMO = os.environ.get("METGEZEL_DEMO") == "1"
METGEZEL_TODAY = environment.fixed_day(os.environ.get("METGEZEL_TODAY", ""))
DEBUG = os.environ.get("METGEZEL_DEBUG") == "1"
environment.refuse_play_in_production(PRODUCTION, METGEZEL_DEMO, DEBUG, METGEZEL_TODAY)

METGEZEL_KEYS_FILE: Path | None = None
METGEZEL_BLIND_INDEX_KEYS_BEFORE: tuple[bytes, ...] = ()
if not os.environ.get("METGEZEL_TESTING"):
    METGEZEL_KEYS_FILE, _keys = environment.chosen_keys(os.environ, DATA)
    SECRET_KEY, METGEZEL_ENCRYPTION_KEYS = _keys.django, _keys.encryption
    METGEZEL_BLIND_INDEX_KEY, *_before = _keys.indexes
    METGEZEL_BLIND_INDEX_KEYS_BEFORE = tuple(_before)
DATABASES = {"default": environment.database(os.environ.get("METGEZEL_DATABASE_URL", ""), DATA)}
#: On in a web process: there PostgreSQL never works with the owner's rights.
METGEZEL_SERVES_PAGES = os.environ.get("METGEZEL_SERVES_PAGES") == "1"
METGEZEL_PAPERS = DATA / "papers"
METGEZEL_CLAMAV = os.environ.get("METGEZEL_CLAMAV", "")
# What is sent stays in memory until it is sealed: no readable copy in a temporary folder.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
METGEZEL_FIRST_RUN_CODE_FILE = DATA / "first-run-code"

OUR_APPS = [
    "metgezel.foundation.association",
    "metgezel.foundation.people",
    "metgezel.foundation.keys",
    "metgezel.foundation.access",
    "metgezel.foundation.audit",
    "metgezel.foundation.privacy",
    "metgezel.companion.journeys",
    "metgezel.companion.papers",
    "metgezel.screens.components",
    "metgezel.screens.client",
    "metgezel.screens.privacy",
    "metgezel.screens.account",
    "metgezel.screens.companion",
    "metgezel.screens.office",
    "metgezel.screens.desk",
    "metgezel.screens.team",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    *OUR_APPS,
]

MIDDLEWARE = [
    "metgezel.screens.middleware.headers.NotForOtherSites",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "metgezel.screens.middleware.headers.NotKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "metgezel.screens.middleware.language.ChosenLanguage",
    "metgezel.screens.middleware.ordinary.OrdinaryRequests",
    # Outside the walls around a page: it writes, after the page has been read.
    "metgezel.screens.middleware.journal.Journal",
    "metgezel.screens.middleware.second_wall.SecondWall",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "metgezel.screens.middleware.permission.OnlyWhatIsListed",
    "metgezel.screens.middleware.second_factor.SecondFactorFirst",
    "metgezel.screens.middleware.reading.GetNeverWrites",
    # Last, so that it turns a locked-out log-in into its page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "metgezel.site.urls"
WSGI_APPLICATION = "metgezel.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "screens" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Static files come straight from the packages: nothing to collect before a start.
STATIC_URL = "static/"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [PACKAGE / "screens" / "static"]
_fonts = find_spec("fontpkg_atkinson_hyperlegible")
if _fonts is not None and _fonts.origin:
    STATICFILES_DIRS.append(("metgezel/fonts", Path(_fonts.origin).parent / "files"))
WHITENOISE_USE_FINDERS = True

# ── Language and time ────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
#: Client pages speak these as well; see metgezel/screens/client/language.py.
CLIENT_LANGUAGES = [*LANGUAGES, ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# ── Logging in ───────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "association.User"
AUTHENTICATION_BACKENDS = [
    # Guessing is counted by axes, in the database, because the count must hold for all web
    # processes together and survive a restart; allauth's own limit lives in one process's memory.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Address and account together: a stranger cannot lock a colleague out, nor a whole office.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "metgezel.screens.visitor.address_of"
AXES_USERNAME_CALLABLE = "metgezel.foundation.association.guessing.tried_account"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # who logged in when is not kept here

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "metgezel.screens.account.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the colleague who invites vouches for the address
# Counted by ourselves, in the database; allauth counts in the memory of one process.
ACCOUNT_RATE_LIMITS = {"login": False, "login_failed": False, "reset_password": False}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# Who works in files or hands out access needs a second factor; invented people need none.
METGEZEL_SECOND_FACTOR_REQUIRED = not METGEZEL_DEMO
MFA_ADAPTER = "metgezel.screens.account.adapter.KeptSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Metgezel"
PASSWORD_RESET_TIMEOUT = int(timedelta(days=7).total_seconds())  # also an invitation's life
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("METGEZEL_MAIL_HOST")
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = os.environ.get("METGEZEL_MAIL_HOST", "")
EMAIL_PORT = environment.mail_port(os.environ.get("METGEZEL_MAIL_PORT") or "587")
EMAIL_HOST_USER = os.environ.get("METGEZEL_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("METGEZEL_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("METGEZEL_MAIL_FROM", "metgezel@localhost")

# A GET writes nothing: the session is saved when it changes, never because a page was read, and
# messages travel in a cookie.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "metgezel.screens.middleware.message_cookie.MessageCookie"

# ── What the browser may do ──────────────────────────────────────────────────────────────────
# __Host- makes the browser refuse a cookie that another host, or http, tries to slip in.
_ours = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_ours}sessionid", f"{_ours}csrftoken"
LANGUAGE_COOKIE_NAME, METGEZEL_MESSAGE_COOKIE_NAME = f"{_ours}language", f"{_ours}messages"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# The preload list of browsers takes a whole domain for ever: not for a program to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
METGEZEL_BEHIND_PROXY = os.environ.get("METGEZEL_BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if METGEZEL_BEHIND_PROXY else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [OWN],
        "style-src": [OWN],
        "img-src": [OWN],
        "font-src": [OWN],
        "connect-src": [OWN],
        "form-action": [OWN],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        # No script of ours makes HTML from text. htmx does: a page that loads it needs a policy of
        # its own here, and the browser test says so.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
        "upgrade-insecure-requests": PRODUCTION,
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection",
        "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # Who asks by another name is a passing scanner; a stack trace for each would hide the rest.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
