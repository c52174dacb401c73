"""No code of ours changes a file behind the journal's back."""

import re
from pathlib import Path

import pytest

from metgezel.foundation.audit.watching import WatchedQuerySet, watched_models

PACKAGE = Path(__file__).resolve().parents[3] / "metgezel"

#: Ways to write that no signal and no queryset of ours hears of, and where they are allowed:
#: in the journal itself, in what makes the database, and where nothing of a file is touched.
AROUND = re.compile(
    r"_raw_delete|_base_manager[^\n]*\.(update|delete|bulk_\w+|create)\("
    r"|execute\(\s*f?[\"'](INSERT|UPDATE|DELETE|REPLACE)"
)
#: Leaves one line for all of it, on purpose.
ERASING = PACKAGE / "foundation/privacy/erasing.py"
SOURCES = sorted(
    path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts and path != ERASING
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_write_goes_through_a_model_or_its_queryset(path):
    assert AROUND.findall(path.read_text(encoding="utf-8")) == []


def test_every_watched_model_has_a_queryset_that_writes_lines():
    careless = [
        model.__name__
        for model in watched_models()
        if not isinstance(model._default_manager.all(), WatchedQuerySet)
    ]
    assert careless == []
