"""Exit 0 when new keys may be made; else one sentence why not.

Whoever lost the file with keys must hear so: new keys beside a database that is in use would
start as if all were well, and nothing that was encrypted could be opened again.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connection

from metgezel.site.database_trouble import first_line
from metgezel.site.environment import database

ACCOUNTS = "association_user"


def is_in_use(url: str, data: Path) -> bool:
    """Whether somebody has an account there; a database that is not there yet is not in use."""
    described = database(url, data)
    file = described["NAME"]
    if isinstance(file, Path) and not file.exists():
        return False
    settings.configure(DATABASES={"default": described}, INSTALLED_APPS=[])
    django.setup()
    if ACCOUNTS not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {ACCOUNTS} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def why_not(url: str, data: Path) -> str:
    """A sentence when no keys may be made, else nothing."""
    try:
        in_use = is_in_use(url, data)
    except ImproperlyConfigured as problem:
        return str(problem)
    except (DatabaseError, InterfaceError) as problem:
        return f"The database cannot be used: {first_line(problem)}."
    if in_use:
        return (
            "The file with keys is missing, but the database is in use and holds what was "
            f"encrypted with them: put your copy back as {sys.argv[1]}. Nothing was changed."
        )
    return ""


if __name__ == "__main__":
    sys.exit(
        why_not(os.environ.get("METGEZEL_DATABASE_URL", ""), Path(os.environ["METGEZEL_DATA"])) or 0
    )
