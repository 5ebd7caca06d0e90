"""Charts as SVG, made by the server: shapes only, stretched to their place; words stand in HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hubs.dashboards.tables import Table

PLAIN = "#005eb8"
HEIGHT = 100
GAP = 0.2  # of a column


@dataclass(frozen=True)
class Shape:
    """A rectangle, its numbers as SVG wants them."""

    x: str
    y: str
    width: str
    height: str
    colour: str


@dataclass(frozen=True)
class Chart:
    """`width` by 100 units; `label` says what it shows to who does not see it.

    `top` is the number at its upper edge, `ticks` the words under it from left to right, `key`
    (name, colour) of what the colours are.
    """

    label: str
    width: int
    shapes: list[Shape]
    top: int = 0
    ticks: Sequence[str] = ()
    key: Sequence[tuple[str, str]] = ()

    @property
    def half(self) -> str:
        return f"{self.top / 2:,.0f}" if self.top > 1 else ""


def columns(table: Table, colours: Sequence[tuple[str, str]]) -> Chart | None:
    """Return a column a row, stacked by the table's columns but the last, which is their sum."""
    rows = table.parts
    totals = [row.values[-1] for row in rows]
    if not any(totals):
        return None
    top = nice(max(totals))
    shapes = []
    for at, row in enumerate(rows):
        base = float(HEIGHT)
        stack = row.values[:-1] or row.values
        for value, (_name, colour) in zip(stack, colours, strict=True):
            tall = HEIGHT * value / top
            base -= tall
            if value:
                shapes.append(_shape(at + GAP / 2, base, 1 - GAP, tall, colour))
    highest = rows[totals.index(max(totals))]
    label = _("{title}, from {first} to {last}; most, {most}, in {highest}.").format(
        title=table.title,
        first=rows[0].title,
        last=rows[-1].title,
        most=f"{max(totals):,}",
        highest=highest.title,
    )
    key = list(colours) if len(colours) > 1 else []
    return Chart(label, len(rows), shapes, top, ticks([row.title for row in rows]), key)


def bar(table: Table) -> Chart | None:
    """Return one bar, shared out among the rows by their first number."""
    whole = sum(row.values[0] for row in table.parts)
    if not whole:
        return None
    shapes, at = [], 0.0
    for row in table.parts:
        wide = 1000 * row.values[0] / whole
        if wide:
            shapes.append(_shape(at, 0, wide, HEIGHT, row.colour))
        at += wide
    told = ", ".join(f"{row.title} {round(100 * row.values[0] / whole)}%" for row in table.parts)
    return Chart(f"{table.title}: {told}", 1000, shapes)


def ticks(words: Sequence[str]) -> list[str]:
    """Return the first, some between and the last, as many as fit under a chart on a phone."""
    if len(words) <= 4:
        return list(words)
    return [words[at * (len(words) - 1) // 3] for at in range(4)]


def nice(number: int) -> int:
    """Return the round number, 1, 2 or 5 times a power of ten, that is as large or next larger."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= number:
                return step * power
        power *= 10


def _shape(x: float, y: float, width: float, height: float, colour: str) -> Shape:
    return Shape(*(f"{n:.3f}".rstrip("0").rstrip(".") for n in (x, y, width, height)), colour)
