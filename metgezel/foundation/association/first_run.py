"""An empty installation gets its first administrator, from whoever holds the one-time code.

The code lies in the data folder, readable by its owner only, and ``./run`` prints it. So a stranger
who finds an unfinished installation on the internet cannot take it over.
"""

import hmac
import os
import secrets
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .memberships import give_role
from .models import Unit, User
from .roles import Role
from .units import create_association

_SIGNS = "23456789BCDFGHJKMNPQRTVWXZ"


def is_first_run() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def first_run_code() -> str:
    """Return the one-time code, made and stored (mode 600) when there is none yet."""
    path = Path(settings.METGEZEL_FIRST_RUN_CODE_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    code = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(code + "\n")
    return code


def code_is_right(code: str) -> bool:
    """Whether this is the stored code; no stored code means no."""
    path = Path(settings.METGEZEL_FIRST_RUN_CODE_FILE)
    if not path.is_file():
        return False
    stored = path.read_text(encoding="ascii").strip()
    return bool(stored) and hmac.compare_digest(stored.encode(), code.strip().upper().encode())


@transaction.atomic
def first_administrator(
    code: str, association: str, email: str, name: str, password: str, today: date
) -> tuple[User, Unit]:
    """Make the association and its first administrator; the code is used up.

    Raises:
        ValidationError: the code is wrong, somebody was first, or a field cannot be used.
    """
    if not is_first_run():
        raise ValidationError(_("This installation already has an administrator."), code="late")
    if not code_is_right(code):
        raise ValidationError({"code": _("This is not the code that ./run showed.")}, code="code")
    validate_email(email.strip())
    validate_password(password, User(email=email, name=name))
    top = create_association(association)
    user = User.objects.create_user(email, name.strip(), password)
    give_role(user, top, Role.ADMINISTRATOR, today)
    transaction.on_commit(_use_up_code)
    return user, top


def _use_up_code() -> None:
    Path(settings.METGEZEL_FIRST_RUN_CODE_FILE).unlink(missing_ok=True)
