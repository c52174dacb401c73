"""The one place where the foundation asks which day it is.

Everything that depends on the day takes ``today`` as an argument; this is only its default.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone


def current_day() -> date:
    """Today in the Netherlands, or the fixed day of ``METGEZEL_TODAY`` (tests and demo only)."""
    fixed: date | None = settings.METGEZEL_TODAY
    return fixed or timezone.localdate()
