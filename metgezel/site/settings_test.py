"""Settings of the tests: fixed keys, quick password hashing, otherwise as in real life."""

import os

os.environ["METGEZEL_TESTING"] = "1"
for _name in ("METGEZEL_HOSTS", "METGEZEL_PRODUCTION", "METGEZEL_DEBUG", "METGEZEL_TODAY"):
    os.environ.pop(_name, None)  # the developer's own installation does not leak into a test

from .settings import *  # noqa: E402, F403

SECRET_KEY = "only for tests"  # noqa: S105
METGEZEL_ENCRYPTION_KEYS = {"test": b"t" * 32}
METGEZEL_BLIND_INDEX_KEY = b"b" * 32
METGEZEL_DEMO = False
# Tests about other things log in without a second factor; tests/second_factor.py is for the rest.
METGEZEL_SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["NAME"] = ":memory:"  # noqa: F405
