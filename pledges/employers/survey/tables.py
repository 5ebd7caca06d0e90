"""A table read from a file that somebody gave: CSV, or the first sheet of an XLSX workbook.

The file was checked before (`geo.uploads.check_file`): its archive is bounded and is what it says.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from geo.uploads.reading import UploadRefused
from geo.uploads.storage import CheckedFile
from pledges.employers.survey import workbooks
from pledges.employers.survey.workbooks import LONGEST, MOST_COLUMNS

MEGABYTE = 1024 * 1024
LARGEST = 4 * MEGABYTE  # bytes: ten times what 250 organisations and 28 findings need
MOST_LINES = 20_000
DELIMITERS = ",;\t"
KINDS = frozenset({"csv", "txt", "xlsx"})


@dataclass(frozen=True)
class Line:
    """`number` is the line's as the spreadsheet shows it; there are as many cells as headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(file: CheckedFile) -> Table:
    """Return the table without empty lines; raises UploadRefused for what is none or too large."""
    if len(file.data) > LARGEST:
        raise UploadRefused(_("The file is too large: 4 MB at most. Leave out what is not needed."))
    rows = workbooks.rows(file.data) if file.extension == "xlsx" else _of_csv(file.data)
    numbered = ((n, [cell[: LONGEST + 1].strip() for cell in row]) for n, row in enumerate(rows, 1))
    filled = ((n, row) for n, row in numbered if any(row))
    found = list(islice(filled, MOST_LINES + 2))
    if len(found) < 2:
        raise UploadRefused(
            _("There is no table in this file: a line of headings, and lines below it.")
        )
    if len(found) > MOST_LINES + 1:
        raise UploadRefused(_("The file has more than 20,000 lines. Give it in parts."))
    return _tidy(found)


def _tidy(found: Iterable[tuple[int, list[str]]]) -> Table:
    (_n, first), *others = found
    while first and not first[-1]:
        first.pop()
    headings = tuple(first)
    if len(headings) > MOST_COLUMNS:
        raise UploadRefused(_("The file has more than 200 columns. Leave out what is not needed."))
    if "" in headings or len({heading.casefold() for heading in headings}) < len(headings):
        raise UploadRefused(_("Each column needs a heading of its own, in the first line."))
    if any(len(heading) > LONGEST for heading in headings):
        raise UploadRefused(_("A heading is longer than 200 characters."))
    width = len(headings)
    return Table(
        headings,
        tuple(Line(n, tuple((cells + [""] * width)[:width])) for n, cells in others),
    )


def _of_csv(data: bytes) -> Iterable[list[str]]:
    text = data.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        # Kept whole: the reader raises where it reads, which is after this function.
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UploadRefused(
            _("This is not a table as CSV: a quotation mark is not closed, or a line is cut off.")
        ) from error
