"""Rows to take along as CSV. The only writer: what it lets through, somebody's spreadsheet runs."""

import csv
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone

#: A spreadsheet takes what begins like this for a formula, and may run it.
_FORMULA = r"[\s\"]*[=+\-@＝＋－＠]"
_AT_THE_START = re.compile(rf"{_FORMULA}|[\t\r\n]")
#: A Dutch one parts cells at a semicolon, another at a tab: the middle of our cell begins theirs.
_AFTER_A_PART = re.compile(rf"([;,\t\r\n])(?={_FORMULA})")


def safe(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula; a number stays one."""
    if isinstance(value, int | float):
        return str(value)
    text = str(value if value is not None else "").replace("\0", "")
    first = "'" if _AT_THE_START.match(text) else ""
    return first + _AFTER_A_PART.sub(r"\1'", text)


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file to save, named after today; with the mark by which a spreadsheet knows UTF-8."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    named = f"{name}-{timezone.localdate()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{named}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.write("\ufeff")
    writer = csv.writer(response, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([safe(value) for value in row] for row in rows)
    return response
