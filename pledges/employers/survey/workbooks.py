"""Cells of the first sheet of an XLSX workbook, as text, read by openpyxl.

The archive was checked before (`geo.uploads.archives`). With defusedxml installed, openpyxl refuses
entities; it builds an object of each element, so the number of them is bounded here.
"""

import io
import zipfile
from collections.abc import Iterator

import openpyxl
from django.utils.translation import gettext as _
from openpyxl import DEFUSEDXML
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from geo.uploads.archives import BROKEN
from geo.uploads.reading import UploadRefused

LONGEST = 200  # characters of a cell that are read: one more says that it is longer
MOST_COLUMNS, LAST_ROW = 200, 200_000
MOST_CELLS = 4_000_000  # empty ones too: twenty thousand rows of two hundred columns
MOST_TAGS = 1_500_000  # in all parts: half a gigabyte once openpyxl has read them
MOST_STYLES = 1024 * 1024  # bytes: styles are the slowest to read, and nothing is taken from them
PIECE = 64 * 1024
# What is written in place of a cell with a formula: its stored result may be out of date.
FORMULA = "=…"
# What openpyxl raises at parts that are not as they should be; SyntaxError is that of its parser.
MALFORMED = (*BROKEN, ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError)

if not DEFUSEDXML:
    raise ImportError("openpyxl reads uploads only with defusedxml.")


def rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows in their order, with empty ones where the sheet leaves some out.

    Raises UploadRefused for what is damaged, too large, or Strict Open XML (which openpyxl cannot
    read).
    """
    try:
        _check_parts(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet claims of its size may be wrong
        cells = 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells += len(row)
            if number > LAST_ROW or cells > MOST_CELLS:
                raise UploadRefused(_too_large())
            yield _texts(row)
    except MALFORMED as error:
        raise UploadRefused(
            _(
                "This workbook is damaged, or of a kind that cannot be read. Save it again as an"
                " Excel workbook (.xlsx), then choose it once more."
            )
        ) from error


def _check_parts(data: bytes) -> None:
    """Count the tags of all parts before any is parsed."""
    tags = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if member.filename == "xl/styles.xml" and member.file_size > MOST_STYLES:
                raise UploadRefused(_too_large())
            with archive.open(member) as part:
                while piece := part.read(PIECE):
                    tags += piece.count(b"<")
            if tags > MOST_TAGS:
                raise UploadRefused(_too_large())


def _texts(row: tuple[ReadOnlyCell | EmptyCell, ...]) -> list[str]:
    """The cells of a row up to the last that is not empty."""
    found = [_text(cell) for cell in row]
    while found and not found[-1]:
        found.pop()
    # One cell far out would make every row as wide.
    if len(found) > MOST_COLUMNS:
        raise UploadRefused(_("The file has more than 200 columns. Leave out what is not needed."))
    return found


def _text(cell: ReadOnlyCell | EmptyCell) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))  # 1E3, as some programs write a thousand
    return str(cell.value)[: LONGEST + 1]


def _too_large() -> str:
    return _("The workbook has too much in it. Leave out what is not needed.")
