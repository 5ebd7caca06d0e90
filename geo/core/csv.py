"""CSV (RFC 4180) for spreadsheets: no cell is ever a formula, whoever wrote it."""

import csv
import io
import re
from collections.abc import Iterable

from django.http import HttpResponse

MEDIA_TYPE = "text/csv; charset=utf-8"
# A spreadsheet takes a cell that begins so for a formula, unless it is a number whole.
# Both patterns mean the same to Python and to PostgreSQL.
FORMULA = r"^\s*[=+\-@＝＋－＠|%\t\r\n]"
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_formula, _number = re.compile(FORMULA), re.compile(NUMBER)


def safe(text: str) -> str:
    """Return the text with a quote before what a spreadsheet would evaluate."""
    return f"'{text}" if _formula.match(text) and not _number.fullmatch(text) else text


def unsafe(text: str) -> str:
    """Return the text as it was before `safe`."""
    return text[1:] if text.startswith("'") and safe(text[1:]) == text else text


def cell(value: object) -> object:
    """Return a value as a cell has it: None is empty, true and false are in small letters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return safe(value) if isinstance(value, str) else value


def dumps(lines: Iterable[Iterable[object]]) -> str:
    """Return the lines as CSV, the first of which are the headings."""
    written = io.StringIO()
    csv.writer(written).writerows([cell(value) for value in line] for line in lines)
    return written.getvalue()


def encode(text: str) -> bytes:
    """Return CSV as bytes: spreadsheets take a file for UTF-8 by its mark."""
    return text.encode("utf-8-sig")


def download(text: str, name: str) -> HttpResponse:
    """Return CSV as a file that a browser saves under this name."""
    response = HttpResponse(encode(text), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
