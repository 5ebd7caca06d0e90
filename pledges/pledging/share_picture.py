"""The picture that others' pages show of a pledge, or of the site, where its address is shared."""

import io
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from pledges.pledging.models import Pledge

WIDTH, HEIGHT = 1200, 630  # pixels: the ratio that networks cut nothing from
MARGIN, BAND = 80, 28
PAPER, INK, QUIET, BLUE, YELLOW = "#ffffff", "#212b32", "#4c6272", "#005eb8", "#ffeb3b"
TOP, BOTTOM = 150, 480  # where the words may stand
SIZES, LEADING = (76, 64, 56, 48, 42), 1.25
LABEL, SMALL = 30, 28
NAME = "Changemap"
REGULAR, BOLD = "400", "600"
# The letters of most languages in Latin script; what neither file has is left out.
FILES = ("inter/inter-{}.woff2", "inter/inter-ext-{}.woff2")
MISSING = "\uffff"
CLOCK = 4  # the mark is drawn so many times larger, then made smaller: its edges are smooth
KEPT = 64  # pictures, of about 40 KB, in each process
_drawing = threading.Lock()


@dataclass(frozen=True)
class Card:
    """What a picture says: the words, above them a label in its colour, below them a line."""

    text: str
    label: str
    colour: str
    line: str
    demo: bool = False


def card_of(pledge: Pledge) -> Card:
    """Return the card of a public pledge: nothing that its page does not say."""
    return Card(
        text=pledge.text,
        label=pledge.theme.local_name,
        colour=pledge.theme.colour,
        line=", ".join(part for part in (_who(pledge), _place(pledge)) if part),
        demo=pledge.demo,
    )


def card_of_site() -> Card:
    return Card(
        text=_("One thing I will do for better health and care."),
        label=_("Pledge, share, do"),
        colour=BLUE,
        line=_("Pledges on a map of the United Kingdom"),
    )


@lru_cache(maxsize=KEPT)
def draw(card: Card) -> bytes:
    """Return the card as a PNG of 1200 by 630 pixels."""
    # One at a time, so that a crowd of readers leaves the other threads to the pages.
    with _drawing:
        picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 0, BAND, HEIGHT), fill=card.colour)
        pen.ellipse((MARGIN, 76, MARGIN + 28, 104), fill=card.colour)
        _write(pen, (MARGIN + 44, 72), card.label, LABEL, BOLD, QUIET)
        if card.demo:
            _tag(pen, _("Demo"))
        size, lines = fitted(card.text)
        for number, line in enumerate(lines):
            _write(pen, (MARGIN, TOP + int(number * size * LEADING)), line, size, BOLD, INK)
        below = shortened(_known(card.line), SMALL, REGULAR, WIDTH - 2 * MARGIN - 300)
        _write(pen, (MARGIN, 544), below, SMALL, REGULAR, QUIET)
        picture.paste(*_mark())
        _write(pen, (WIDTH - MARGIN - int(length(NAME, 34, BOLD)), 540), NAME, 34, BOLD, BLUE)
        out = io.BytesIO()
        picture.quantize(64, Image.Quantize.FASTOCTREE).save(out, "PNG")
        return out.getvalue()


def fitted(text: str) -> tuple[int, list[str]]:
    """Return the largest size at which the words have room, and their lines."""
    words = " ".join(_known(text).split())
    for size in SIZES:
        most = int((BOTTOM - TOP) / (size * LEADING))
        lines = list(_lines(words, size))
        if len(lines) <= most:
            return size, lines
    last = shortened(" ".join(lines[most - 1 :]), size, BOLD, WIDTH - 2 * MARGIN)
    return size, [*lines[: most - 1], last]


def shortened(text: str, size: int, weight: str, room: int) -> str:
    """Return as much of the text as has room in one line, with an ellipsis where some is gone."""
    if length(text, size, weight) <= room:
        return text
    letters = bisect_right(
        range(len(text)), room, key=lambda n: length(f"{text[: n + 1]}…", size, weight)
    )
    return f"{text[:letters].rstrip()}…"


def length(text: str, size: int, weight: str) -> float:
    """Return the width of a line in pixels."""
    return sum(_font(file, size).getlength(part) for file, part in _runs(text, weight))


def _lines(text: str, size: int) -> Iterator[str]:
    room, line = WIDTH - 2 * MARGIN, ""
    for word in _pieces(text.split(), size, room):
        longer = f"{line} {word}".lstrip()
        if length(longer, size, BOLD) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _pieces(words: Iterable[str], size: int, room: int) -> Iterator[str]:
    """Yield the words; of one that is longer than a line, pieces."""
    most = int(room / size)  # no letter is wider than its size
    for word in words:
        if length(word, size, BOLD) <= room:
            yield word
        else:
            yield from (word[start : start + most] for start in range(0, len(word), most))


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, weight: str, colour: str
) -> None:
    x, y = at
    for file, part in _runs(text, weight):
        font = _font(file, size)
        pen.text((x, y), part, fill=colour, font=font)
        x += font.getlength(part)


def _tag(pen: ImageDraw.ImageDraw, words: str) -> None:
    wide = length(words, SMALL, BOLD)
    left = WIDTH - MARGIN - wide - 32
    pen.rectangle((left, 66, WIDTH - MARGIN, 114), fill=YELLOW)
    _write(pen, (int(left) + 16, 73), words, SMALL, BOLD, INK)


def _known(text: str) -> str:
    return "".join(letter for letter in text if letter.isspace() or _file_with(letter, BOLD))


def _runs(text: str, weight: str) -> Iterator[tuple[str, str]]:
    """Yield parts of the text with the file that has their letters."""
    known = ((file, letter) for letter in text if (file := _file_with(letter, weight)))
    for file, letters in groupby(known, key=lambda pair: pair[0]):
        yield file, "".join(letter for _file, letter in letters)


@lru_cache(maxsize=2048)
def _file_with(letter: str, weight: str) -> str | None:
    for name in FILES:
        file = name.format(weight)
        font = _font(file, SMALL)
        if letter.isprintable() and bytes(font.getmask(letter)) != bytes(font.getmask(MISSING)):
            return file
    return None


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    # Without shaping: what a text may do to a shaper's rules stays out of the server.
    return ImageFont.truetype(
        finders.find(f"vendor/{file}"), size, layout_engine=ImageFont.Layout.BASIC
    )


@cache
def _mark() -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """Return the pin of the site as a picture, where it stands, and its mask."""
    side = 56 * CLOCK
    pin = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen, unit = ImageDraw.Draw(pin), side / 40
    pen.ellipse([n * unit for n in (4, 2, 36, 34)], fill=BLUE)
    pen.polygon([n * unit for n in (8, 28, 32, 28, 20, 39)], fill=BLUE)
    pen.ellipse([n * unit for n in (10.3, 8.1, 29.7, 27.5)], fill=PAPER)
    tick = [n * unit for n in (15.5, 18, 18.7, 21.2, 24.5, 15.2)]
    pen.line(tick, fill=BLUE, width=int(3 * unit), joint="curve")
    small = pin.resize((56, 56), Image.Resampling.LANCZOS)
    return small, (WIDTH - MARGIN - 256, 530), small


def _who(pledge: Pledge) -> str:
    if pledge.who == Pledge.Who.TEAM:
        return pledge.team or _("A team")
    if pledge.who == Pledge.Who.ORGANISATION:
        return ""  # the line names the organisation
    return pledge.display_name


def _place(pledge: Pledge) -> str:
    if pledge.organisation:
        return pledge.organisation.name
    area = pledge.district or pledge.region
    return area.local_name if area else ""
