"""Tables of a report: what page, PDF and CSV are made of."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, number_format

from pledges.employers.reports.charts import Chart

Plain = str | int | float | bool


@dataclass(frozen=True)
class Cell:
    """`plain` stands in files, `words` on the page; `more` is said beside them, small.

    `action` is the key of the action named; `tone` marks what needs a look: "red", "green".
    """

    plain: Plain
    words: str
    more: str = ""
    action: int | None = None
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """`key` is its name in files; `number` puts it to the right."""

    key: str
    title: str
    number: bool = False


@dataclass(frozen=True)
class Row:
    """Its first cell is its head; `sums` marks a total."""

    cells: tuple[Cell, ...]
    sums: bool = False

    @property
    def head(self) -> Cell:
        return self.cells[0]

    @property
    def others(self) -> tuple[Cell, ...]:
        return self.cells[1:]


@dataclass(frozen=True)
class Table:
    """`key` names it in files, `pledge` the staff pledge that it is about, if one."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    chart: Chart | None = None
    pledge: str = ""

    @property
    def head(self) -> Column:
        return self.columns[0]

    @property
    def lines(self) -> list[tuple[Cell, list[tuple[Column, Cell]], bool]]:
        """Each row as its head, its other cells with their columns, and whether it is a total."""
        return [
            (row.head, list(zip(self.columns[1:], row.others, strict=True)), row.sums)
            for row in self.rows
        ]

    def __bool__(self) -> bool:
        return bool(self.rows)


def words(text: str, action: int | None = None) -> Cell:
    return Cell(text, text, action=action)


def count(number: int, tone: str = "") -> Cell:
    return Cell(number, number_format(number, 0, force_grouping=True), tone=tone)


def day(iso: str | None, tone: str = "") -> Cell:
    """A day by its ISO date; a dash where there is none."""
    if not iso:
        return Cell("", "–")
    return Cell(iso, date_format(datetime.date.fromisoformat(iso), "j F Y"), tone=tone)


def measured(value: float, places: int, unit: str = "", more: str = "") -> Cell:
    """A figure with so many decimal places; files have the same."""
    shown = number_format(value, places, force_grouping=True)
    return Cell(round(value, places), f"{shown}{unit}", more)
