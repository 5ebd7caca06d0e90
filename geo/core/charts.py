"""Charts as SVG, drawn by the server: columns, a bar of shares, stacked bars, moves on a scale.

Columns and shares are shapes alone, stretched to their place; their words stand beside them in
HTML. Stacked bars and moves are as wide as a phone and grow with the page; a label stands above
each of their bars, so that long names have room. The numbers of each chart stand in a table too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

GAP = 0.2  # of a column
STRETCHED = 100  # height of what is stretched
WIDTH = 340
BAR, ROW, LINE = 16, 40, 18  # heights: of a bar, of a row with its label, of a line of the key
FITS = 9  # units of width that a digit in a bar needs
LETTER = 6.4  # and a letter of the key
INK, QUIET, RULE, TRACK = "#212b32", "#4c6272", "#d8dde0", "#dde3e7"


@dataclass(frozen=True)
class Colour:
    """The colour of a part, and of a number upon it."""

    fill: str
    ink: str = "#ffffff"


BLUE, GREEN, RED = Colour("#005eb8"), Colour("#007f3b"), Colour("#b3140a")
PALE, DARK = Colour("#87949d", INK), Colour("#425563")
Key = Sequence[tuple[str | Promise, Colour]]


@dataclass(frozen=True)
class Rect:
    """A rectangle, its numbers as SVG wants them; `line` is the colour of its edge."""

    x: str
    y: str
    width: str
    height: str
    fill: str
    line: str = ""


@dataclass(frozen=True)
class Text:
    """`anchor` is start, middle or end; y is the base line."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    fill: str = INK
    weight: int = 400


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    fill: str
    line: str


@dataclass(frozen=True)
class Chart:
    """`label` says what it shows to who does not see it; sizes are in units of the drawing.

    Of columns, `scale` has the words beside the upper edge and the middle, `ticks` those below
    from left to right, `key` what the colours are.
    """

    label: str
    width: int
    height: int
    rects: list[Rect] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    stretched: bool = False
    scale: Sequence[str] = ()
    ticks: Sequence[str] = ()
    key: Key = ()


@dataclass(frozen=True)
class Stack:
    """A column or bar of several parts, with its name; `remark` stands at a bar's end."""

    label: str
    parts: Sequence[int]
    remark: str = ""

    @property
    def total(self) -> int:
        return sum(self.parts)


def columns(title: str, key: Key, stacks: Sequence[Stack]) -> Chart | None:
    """Return stacked columns; None where there is nothing to be seen."""
    highest = max(stacks, key=lambda stack: stack.total, default=None)
    if highest is None or not highest.total:
        return None
    top, width = _round_up(highest.total), len(stacks)
    rects = [_rect(0, 0, width, 0.5, RULE), _rect(0, 50, width, 0.5, RULE)]
    for at, stack in enumerate(stacks):
        base = float(STRETCHED)
        for number, (_name, colour) in zip(stack.parts, key, strict=True):
            tall = STRETCHED * number / top
            base -= tall
            if number:
                rects.append(_rect(at + GAP / 2, base, 1 - GAP, tall, colour.fill))
    rects.append(_rect(0, 99.3, width, 0.7, QUIET))
    label = _("{title}, from {first} to {last}; most, {most}, in {highest}.").format(
        title=title,
        first=stacks[0].label,
        last=stacks[-1].label,
        most=f"{highest.total:,}",
        highest=highest.label,
    )
    return Chart(
        label,
        width,
        STRETCHED,
        rects,
        stretched=True,
        scale=(f"{top:,}", f"{top / 2:,.0f}" if top > 1 else ""),
        ticks=_ticks([stack.label for stack in stacks]),
        key=key if len(key) > 1 else (),
    )


def shares(title: str, parts: Sequence[tuple[str, int, str]]) -> Chart | None:
    """Return one bar, divided among parts: name, number and colour."""
    whole = sum(number for _name, number, _colour in parts)
    if not whole:
        return None
    rects, at = [], 0.0
    for _name, number, colour in parts:
        wide = 1000 * number / whole
        if wide:
            rects.append(_rect(at, 0, wide, STRETCHED, colour, "#fff"))
        at += wide
    text = ", ".join(f"{name} {round(100 * number / whole)}%" for name, number, _colour in parts)
    return Chart(f"{title}: {text}", 1000, STRETCHED, rects, stretched=True)


def stacked(label: str, key: Key, bars: Sequence[Stack]) -> Chart | None:
    """Return bars whose lengths compare; None where there is nothing to be seen."""
    most = max((bar.total for bar in bars), default=0)
    if not most:
        return None
    places, top = _places([str(word) for word, _colour in key])
    chart = Chart(label, WIDTH, top + ROW * len(bars))
    for (word, colour), (x, y) in zip(key, places, strict=True):
        chart.rects.append(_rect(x, y, 11, 11, colour.fill))
        chart.texts.append(Text(_n(x + 16), _n(y + 10), str(word)))
    for at, bar in enumerate(bars):
        y = top + ROW * at
        _add_label(chart, y, bar.label, bar.remark)
        chart.rects.append(_rect(0, y + 16, WIDTH, BAR, TRACK))
        x = 0.0
        for (_word, colour), number in zip(key, bar.parts, strict=True):
            wide = WIDTH * number / most
            if number:
                chart.rects.append(_rect(x, y + 16, wide, BAR, colour.fill))
            if number and wide > FITS * len(str(number)):
                middle = _n(x + wide / 2)
                chart.texts.append(Text(middle, _n(y + 28), str(number), "middle", colour.ink, 600))
            x += wide
    return chart


@dataclass(frozen=True)
class Move:
    """A figure of last year and of this one, as shares of its scale; None where there is none."""

    label: str
    before: float | None
    now: float | None
    remark: str
    colour: Colour


def moves(label: str, key: Sequence[str], found: Sequence[Move]) -> Chart | None:
    """Return a line of its scale for each figure: hollow where it was, full where it is.

    `key` names the two.
    """
    if not any(one.now is not None for one in found):
        return None
    places, top = _places(key)
    chart = Chart(label, WIDTH, top + ROW * len(found))
    for word, (x, y), fill in zip(key, places, ("#ffffff", QUIET), strict=True):
        chart.dots.append(Dot(_n(x + 6), _n(y + 6), fill, QUIET))
        chart.texts.append(Text(_n(x + 16), _n(y + 10), word))
    for at, one in enumerate(found):
        y = top + ROW * at
        middle, fill = y + 25, one.colour.fill
        _add_label(chart, y, one.label, one.remark)
        chart.rects.append(_rect(6, middle - 1, WIDTH - 12, 2, RULE))
        if one.before is not None and one.now is not None:
            low, high = sorted((_place(one.before), _place(one.now)))
            chart.rects.append(_rect(low, middle - 2, high - low, 4, fill))
        if one.before is not None:
            chart.dots.append(Dot(_n(_place(one.before)), _n(middle), "#ffffff", QUIET))
        if one.now is not None:
            chart.dots.append(Dot(_n(_place(one.now)), _n(middle), fill, fill))
    return chart


def _ticks(words: Sequence[str]) -> list[str]:
    """Return the first, some between and the last, as many as fit under a chart on a phone."""
    if len(words) <= 4:
        return list(words)
    return [words[at * (len(words) - 1) // 3] for at in range(4)]


def _round_up(number: int) -> int:
    """Return the round number, 1, 2 or 5 times a power of ten, that is as large or next larger."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= number:
                return step * power
        power *= 10


def _places(key: Sequence[str]) -> tuple[list[tuple[float, float]], int]:
    """Where each word of a key stands, in lines, and how high they are together."""
    found, x, y = [], 0.0, 2
    for word in key:
        wide = 16 + LETTER * len(word)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + LINE
        found.append((x, float(y)))
        x += wide + 12
    return found, y + LINE + 6


def _place(part: float) -> float:
    return 6 + (WIDTH - 12) * min(1.0, max(0.0, part))


def _add_label(chart: Chart, y: float, label: str, remark: str) -> None:
    chart.texts.append(Text("0", _n(y + 11), label, weight=600))
    if remark:
        chart.texts.append(Text(_n(WIDTH), _n(y + 11), remark, "end", QUIET))


def _rect(x: float, y: float, width: float, height: float, fill: str, line: str = "") -> Rect:
    return Rect(_n(x), _n(y), _n(width), _n(height), fill, line)


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
