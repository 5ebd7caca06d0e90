"""Cells of the first sheet of an XLSX workbook (ECMA-376, part 1, 18.3), as text.

A figure and a word are all that is wanted of a cell: formats, dates and formulas are not. Nothing
is taken from a document type: a parser that is given one stops.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from django.utils.translation import gettext as _

from geo.uploads.reading import Refused

LONGEST = 200  # characters of a cell that are read: one more says that it is longer
MOST_COLUMNS, LAST_ROW = 200, 200_000
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
PIECE = 64 * 1024
# What is written in place of a cell with a formula: its kept result may be of another day.
FORMULA = "=…"
COLUMN = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def rows(data: bytes) -> Iterator[list[str]]:
    """Yield the rows in their order, with empty ones where the sheet leaves some out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            strings = _strings(archive) if STRINGS in archive.namelist() else []
            sheet = _Sheet(strings)
            for piece in _pieces(archive, _first_sheet(archive)):
                sheet.feed(piece)
                yield from sheet.taken()
    except (expat.ExpatError, KeyError, IndexError, ValueError, zipfile.BadZipFile) as error:
        raise Refused(
            _("This workbook is damaged. Save it again, then choose it once more.")
        ) from error


def _parser(start: Start, end: End, data: Callable[[str], None]) -> expat.XMLParserType:
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler, made.EndElementHandler = start, end
    made.CharacterDataHandler = data
    made.StartDoctypeDeclHandler = _no_doctype
    return made


def _no_doctype(*_about: object) -> None:
    raise ValueError("a document type")


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while piece := part.read(PIECE):
            yield piece


def _local(name: str) -> str:
    """The name of an element or attribute without the prefix of its namespace."""
    return name.rpartition(":")[2]


def _elements(archive: zipfile.ZipFile, name: str, wanted: str) -> list[dict[str, str]]:
    """The attributes of all elements of one name in a part."""
    found: list[dict[str, str]] = []

    def start(element: str, given: dict[str, str]) -> None:
        if _local(element) == wanted:
            found.append(given)

    parser = _parser(start, lambda element: None, lambda text: None)
    for piece in _pieces(archive, name):
        parser.Parse(piece)
    parser.Parse(b"", True)
    return found


def _first_sheet(archive: zipfile.ZipFile) -> str:
    sheet = _elements(archive, BOOK, "sheet")[0]
    key = next(value for name, value in sheet.items() if name.endswith(":id"))
    targets = {one["Id"]: one["Target"] for one in _elements(archive, RELATIONS, "Relationship")}
    target = targets[key]
    return target.removeprefix("/") if target.startswith("/") else posixpath.join("xl", target)


def _strings(archive: zipfile.ZipFile) -> list[str]:
    """The shared strings. Readings (`rPh`) of words are no part of them (18.4.6)."""
    found: list[str] = []
    state = {"text": False, "reading": 0}

    def start(element: str, _given: dict[str, str]) -> None:
        name = _local(element)
        if name == "si":
            found.append("")
        state["reading"] += name == "rPh"
        state["text"] = name == "t" and not state["reading"]

    def end(element: str) -> None:
        state["text"] = False
        state["reading"] -= _local(element) == "rPh"

    def data(text: str) -> None:
        if state["text"] and len(found[-1]) <= LONGEST:
            found[-1] += text

    parser = _parser(start, end, data)
    for piece in _pieces(archive, STRINGS):
        parser.Parse(piece)
    parser.Parse(b"", True)
    return found


class _Sheet:
    """Reads the rows of a sheet as pieces of it come."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self.parser = _parser(self.start, self.end, self.data)
        self.ready: list[list[str]] = []
        self.number = 0  # of the last row that was read
        self.row: dict[int, str] = {}
        self.at, self.kind, self.formula, self.text = -1, "n", False, ""
        self.inside = False

    def feed(self, piece: bytes) -> None:
        self.parser.Parse(piece)

    def taken(self) -> list[list[str]]:
        found, self.ready = self.ready, []
        return found

    def start(self, element: str, given: dict[str, str]) -> None:
        name = _local(element)
        if name == "row":
            self.row, self.at = {}, -1
            number = int(given.get("r", self.number + 1))
            # Rows that are left out are empty; a hundred thousand are none that anybody meant.
            if not self.number < number <= LAST_ROW:
                raise ValueError("rows out of order")
            self.ready += [[] for _missing in range(number - self.number - 1)]
            self.number = number
        elif name == "c":
            self.at = _column(given["r"]) if "r" in given else self.at + 1
            self.kind, self.formula, self.text = given.get("t", "n"), False, ""
        elif name == "f":
            self.formula = True
        self.inside = name in ("v", "t")

    def data(self, text: str) -> None:
        if self.inside and len(self.text) <= LONGEST:
            self.text += text

    def end(self, element: str) -> None:
        name = _local(element)
        self.inside = False
        if name == "c" and (word := FORMULA if self.formula else self.word()):
            # One cell far out would make every row as wide.
            if self.at >= MOST_COLUMNS:
                raise Refused(
                    _("The file has more than 200 columns. Leave out what is not needed.")
                )
            self.row[self.at] = word[: LONGEST + 1]
        elif name == "row":
            width = max(self.row, default=-1) + 1
            self.ready.append([self.row.get(at, "") for at in range(width)])

    def word(self) -> str:
        return self.strings[int(self.text)] if self.kind == "s" else self.text


def _column(reference: str) -> int:
    """The place of a cell from its reference: A1 is 0, AB7 is 27."""
    found = COLUMN.fullmatch(reference)
    if not found:
        raise ValueError("no reference of a cell")
    number = 0
    for letter in found.group(1):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
