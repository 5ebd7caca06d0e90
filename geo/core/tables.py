"""Tables of figures and words: a page, its charts and all its files are made from the same one."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from geo.core.charts import Chart

TEXT, COUNT, CHANGE, SHARE, RATE, PEOPLE = "text", "count", "change", "share", "rate", "people"
DASH = "–"
Figure = int | float | None
Value = str | int | float


class Cell(NamedTuple):
    """`value` is written in files, `text` on the page; `more` follows it in small print.

    `link` is a path; `tone` marks what needs a look: "red", "green".
    """

    value: Value
    text: str
    more: str = ""
    link: str = ""
    tone: str = ""

    @property
    def plain(self) -> bool:
        """Whether there is nothing but the text: so in most of a page's thousands of cells."""
        return not (self.more or self.link or self.tone)


@dataclass(frozen=True)
class Column:
    """`key` is the name in files; `kind` says how a value is written."""

    key: str
    title: str
    kind: str = COUNT

    @property
    def numeric(self) -> bool:
        return self.kind != TEXT

    def cell(self, value: Figure | str | Cell) -> Cell:
        """Write a value for people: "1,204", "+12", "43%", "2.7"; None of PEOPLE is suppressed."""
        if isinstance(value, Cell):
            return value
        if isinstance(value, str):
            return Cell(value, value)
        if value is None:
            if self.kind == PEOPLE:
                return Cell("hidden", _("hidden, under 5 or near it"))
            return Cell("", DASH)
        if isinstance(value, int):
            # Most are small counts, which are the same in every language.
            small = self.kind == COUNT and 0 <= value < 1000
            return Cell(value, str(value) if small else self._text(value))
        return Cell(f"{value:.4f}".rstrip("0").rstrip("."), self._text(value))

    def _text(self, value: int | float) -> str:
        if self.kind == SHARE:
            return f"{number_format(100 * value, 0 if value in (0, 1) else 1)}%"
        if self.kind == RATE:
            return number_format(value, 1)
        sign = "+" if self.kind == CHANGE and value > 0 else ""
        return sign + number_format(value, 0, force_grouping=True)


@dataclass(frozen=True)
class Row:
    """A row with its heading: `key`, which never changes, in files; `title` on the page.

    `link` is a path, `colour` that of a chart's part, `more` is shown beside the title; `sums`
    marks a total. There are as many values as columns.
    """

    key: Value
    title: str
    values: tuple[Figure | str | Cell, ...]
    link: str = ""
    colour: str = ""
    sums: bool = False
    more: str = ""


@dataclass(frozen=True)
class Line:
    """A row as it is written."""

    row: Row
    pairs: list[tuple[Column, Cell]]

    @property
    def cells(self) -> list[Cell]:
        return [cell for _column, cell in self.pairs]


@dataclass(frozen=True)
class Table:
    """`key` names it in files; `heading` says what its rows are; `note` is said under it.

    `subject` is the key of what it is about, where there are several tables of one `key`.
    """

    key: str
    title: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    chart: Chart | None = None
    subject: str = ""

    @property
    def parts(self) -> list[Row]:
        """The rows that are no sums of others."""
        return [row for row in self.rows if not row.sums]

    def values(self, key: str) -> list[Figure | str | Cell]:
        """The values of a column, without sums."""
        at = [column.key for column in self.columns].index(key)
        return [row.values[at] for row in self.parts]

    @property
    def lines(self) -> list[Line]:
        columns = self.columns
        return [
            Line(row, [(c, c.cell(value)) for c, value in zip(columns, row.values, strict=True)])
            for row in self.rows
        ]

    def records(self) -> Iterator[tuple[Value, str, str, Value]]:
        """Yield the row's key and title, the column's key and the value of each cell, for files."""
        for line in self.lines:
            for column, cell in line.pairs:
                yield line.row.key, line.row.title, column.key, cell.value


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def day(iso: str | None, tone: str = "") -> Cell:
    """A day by its ISO date; a dash where there is none."""
    if not iso:
        return Cell("", DASH)
    return Cell(iso, date_format(datetime.date.fromisoformat(iso), "j F Y"), tone=tone)


def count(number: int, tone: str = "") -> Cell:
    return Cell(number, number_format(number, 0, force_grouping=True), tone=tone)


def measured(value: float, places: int, unit: str = "", more: str = "") -> Cell:
    """A figure with so many decimal places; files have the same."""
    shown = number_format(value, places, force_grouping=True)
    return Cell(round(value, places), f"{shown}{unit}", more)
