"""Tables of figures: what the page, its charts and all files are made from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

COUNT, CHANGE, SHARE, RATE, PEOPLE = "count", "change", "share", "rate", "people"
Value = int | float | None


@dataclass(frozen=True)
class Column:
    """`key` is the name in files; `kind` says how a value is written."""

    key: str
    title: str
    kind: str = COUNT

    def write(self, value: Value) -> str:
        """Write a value for people: "1,204", "+12", "43%", "2.7"."""
        if value is None:
            return _("hidden, under 5 or near it") if self.kind == PEOPLE else "–"
        if self.kind == SHARE:
            return f"{number_format(100 * value, 0 if value in (0, 1) else 1)}%"
        if self.kind == RATE:
            return number_format(value, 1)
        sign = "+" if self.kind == CHANGE and value > 0 else ""
        return sign + number_format(value, 0, force_grouping=True)


@dataclass(frozen=True)
class Row:
    """`key` is a code or word that stays the same, `link` a path; `sums` marks a total."""

    key: str
    title: str
    values: tuple[Value, ...]
    link: str = ""
    colour: str = ""
    sums: bool = False


@dataclass(frozen=True)
class Table:
    """`heading` names what the rows are; `note` is said under the table."""

    key: str
    title: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    about: str = ""

    @property
    def parts(self) -> list[Row]:
        """The rows that are no sums of others."""
        return [row for row in self.rows if not row.sums]

    def values(self, key: str) -> list[Value]:
        at = [column.key for column in self.columns].index(key)
        return [row.values[at] for row in self.parts]

    @property
    def written(self) -> list["WrittenRow"]:
        return [
            WrittenRow(
                row, [column.write(v) for column, v in zip(self.columns, row.values, strict=True)]
            )
            for row in self.rows
        ]


@dataclass(frozen=True)
class WrittenRow:
    row: Row
    cells: list[str] = field(default_factory=list)


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
