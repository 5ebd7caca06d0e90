"""National grid references: `SU 41 13` of Great Britain, `J 33 74` of Ireland."""

import functools
import re
from dataclasses import dataclass

import pyproj

BRITISH = re.compile(r"([HJNOST][A-HJ-Z])((?:\d\d){2,5})")
IRISH = re.compile(r"([A-HJ-Z])((?:\d\d){2,5})")
SQUARE = 100_000  # metres along a side of the square that letters name


@dataclass(frozen=True)
class GridSquare:
    """A square of the British or Irish grid: centre in degrees, side in metres."""

    label: str
    longitude: float
    latitude: float
    side: int


def parse(text: str) -> GridSquare | None:
    """Read a reference of four to ten digits, to a kilometre or less; None for anything else.

    >>> parse("su4113").label
    'SU 41 13'
    """
    compact = re.sub(r"[\s,]", "", text).upper()
    if found := BRITISH.fullmatch(compact):
        return _square(27700, found[1], found[2], _british_corner(found[1]))
    if found := IRISH.fullmatch(compact):
        return _square(29902, found[1], found[2], _irish_corner(found[1]))
    return None


def _index(letter: str) -> int:
    """Place of a letter in the grid's alphabet, which has no I."""
    return "ABCDEFGHJKLMNOPQRSTUVWXYZ".index(letter)


def _british_corner(letters: str) -> tuple[int, int]:
    """Squares east and north of the false origin, which is the south-west corner of SV."""
    row, column = divmod(_index(letters[0]), 5)
    inner_row, inner_column = divmod(_index(letters[1]), 5)
    return (column - 2) * 5 + inner_column, (3 - row) * 5 + 4 - inner_row


def _irish_corner(letter: str) -> tuple[int, int]:
    row, column = divmod(_index(letter), 5)
    return column, 4 - row


def _square(crs: int, letters: str, digits: str, corner: tuple[int, int]) -> GridSquare:
    half = len(digits) // 2
    side = SQUARE // 10**half
    east, north = int(digits[:half]), int(digits[half:])
    longitude, latitude = _to_degrees(crs).transform(
        corner[0] * SQUARE + (east + 0.5) * side, corner[1] * SQUARE + (north + 0.5) * side
    )
    return GridSquare(f"{letters} {digits[:half]} {digits[half:]}", longitude, latitude, side)


@functools.cache
def _to_degrees(crs: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
