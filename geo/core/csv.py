"""Cells of tables for spreadsheets: never a formula, whoever wrote them."""

import re

# A spreadsheet takes a cell that begins so for a formula, unless it is a number whole.
# Both patterns mean the same to Python and to PostgreSQL.
FORMULA = r"^\s*[=+\-@＝＋－＠|%\t\r\n]"
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_formula, _number = re.compile(FORMULA), re.compile(NUMBER)


def safe(text: str) -> str:
    """Return the text with a quote before what a spreadsheet would reckon with."""
    return f"'{text}" if _formula.match(text) and not _number.fullmatch(text) else text


def unsafe(text: str) -> str:
    """Return what the text said before it was made safe."""
    return text[1:] if text.startswith("'") and safe(text[1:]) == text else text
