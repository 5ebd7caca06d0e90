"""Charts of a report: shapes and words as SVG, written by the server.

They are as wide as a phone, and grow to the width of a page; a label stands above each bar, so
that long names have room. The numbers of each stand in the table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

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


@dataclass(frozen=True)
class Rect:
    x: str
    y: str
    width: str
    height: str
    colour: str


@dataclass(frozen=True)
class Words:
    """`anchor` is start, middle or end; y is the base line."""

    x: str
    y: str
    words: str
    anchor: str = "start"
    colour: str = INK
    weight: int = 400


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    fill: str
    line: str


@dataclass(frozen=True)
class Chart:
    """`label` says what it shows to who does not see it; what colours mean is drawn above."""

    name: str
    label: str
    height: int
    rects: list[Rect] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    width: int = WIDTH


@dataclass(frozen=True)
class Stack:
    """A bar of several parts, with the words above it; `says` stands at its end."""

    label: str
    parts: Sequence[int]
    says: str = ""


def stacked(
    name: str, label: str, key: Sequence[tuple[str | Promise, Colour]], bars: Sequence[Stack]
) -> Chart | None:
    """Bars whose lengths compare; None where there is nothing to be seen."""
    most = max((sum(bar.parts) for bar in bars), default=0)
    if not most:
        return None
    places, top = _places([str(word) for word, _colour in key])
    made = Chart(name, label, top + ROW * len(bars))
    for (word, colour), (x, y) in zip(key, places, strict=True):
        made.rects.append(Rect(_n(x), _n(y), "11", "11", colour.fill))
        made.words.append(Words(_n(x + 16), _n(y + 10), str(word)))
    for at, bar in enumerate(bars):
        y = top + ROW * at
        _labelled(made, y, bar.label, bar.says)
        made.rects.append(Rect("0", _n(y + 16), _n(WIDTH), _n(BAR), TRACK))
        x = 0.0
        for (_word, colour), number in zip(key, bar.parts, strict=True):
            wide = WIDTH * number / most
            if number:
                made.rects.append(Rect(_n(x), _n(y + 16), _n(wide), _n(BAR), colour.fill))
            if number and wide > FITS * len(str(number)):
                middle = _n(x + wide / 2)
                made.words.append(Words(middle, _n(y + 28), str(number), "middle", colour.ink, 600))
            x += wide
    return made


@dataclass(frozen=True)
class Move:
    """A figure of last year and of this one, as shares of its scale; None where there is none."""

    label: str
    before: float | None
    now: float | None
    says: str
    colour: Colour


def moves(name: str, label: str, found: Sequence[Move], key: Sequence[str]) -> Chart | None:
    """A line of its scale for each figure: hollow where it was, full where it is.

    `key` names the two.
    """
    if not any(one.now is not None for one in found):
        return None
    places, top = _places(key)
    made = Chart(name, label, top + ROW * len(found))
    for word, (x, y), fill in zip(key, places, ("#ffffff", QUIET), strict=True):
        made.dots.append(Dot(_n(x + 6), _n(y + 6), fill, QUIET))
        made.words.append(Words(_n(x + 16), _n(y + 10), word))
    for at, one in enumerate(found):
        y = top + ROW * at
        middle = y + 25
        _labelled(made, y, one.label, one.says)
        made.rects.append(Rect("6", _n(middle - 1), _n(WIDTH - 12), "2", RULE))
        if one.before is not None and one.now is not None:
            low, high = sorted((_place(one.before), _place(one.now)))
            made.rects.append(Rect(_n(low), _n(middle - 2), _n(high - low), "4", one.colour.fill))
        if one.before is not None:
            made.dots.append(Dot(_n(_place(one.before)), _n(middle), "#ffffff", QUIET))
        if one.now is not None:
            fill = one.colour.fill
            made.dots.append(Dot(_n(_place(one.now)), _n(middle), fill, fill))
    return made


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


def _place(share: float) -> float:
    return 6 + (WIDTH - 12) * min(1.0, max(0.0, share))


def _labelled(made: Chart, y: float, label: str, says: str) -> None:
    made.words.append(Words("0", _n(y + 11), label, weight=600))
    if says:
        made.words.append(Words(_n(WIDTH), _n(y + 11), says, "end", QUIET))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
