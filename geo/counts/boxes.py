"""Cut a box into grid cells: counts are kept for the cells inside it, and only its edge is read."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo.tiles.grid import PIXELS, morton_decode, morton_spread

COARSEST, FINEST = 2, 17  # cell zooms of the kept counts
MOST_EDGE_CELLS = 600
SHALLOWEST_EDGE = 12  # cell zoom at which a box as wide as the country is cut

Extent = tuple[float, float, float, float]


@dataclass
class Cover:
    """Cells wholly inside a box by cell zoom, and the cells that its edge crosses.

    `inside` holds Morton codes of the cell zoom, `edge` half-open ranges of codes at zoom 24.
    """

    inside: dict[int, list[int]] = field(default_factory=dict)
    edge: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Band:
    """The pixels at a box's edge, as bounds of the x bits and of the y bits of Morton codes.

    The bits of one direction keep the order of its pixels, so that codes are compared as they
    stand. What is within `inner` is in the box, what is beyond `outer` is not; between them, within
    a pixel of the edge, the point itself must be asked.
    """

    inner: tuple[int, int, int, int]  # lowest and highest x bits, lowest and highest y bits
    outer: tuple[int, int, int, int]

    @classmethod
    def of(cls, extent: Extent) -> "Band":
        west, south, east, north = extent
        sides = (_x(west), _x(east), _y(north), _y(south))
        left, right, top, bottom = (math.floor(side) for side in sides)
        # One pixel more than the edge's own: the database's logarithm may round otherwise.
        inner = (left + 2, right - 2, top + 2, bottom - 2)
        outer = (left - 1, right + 1, top - 1, bottom + 1)
        return cls(_bits(inner), _bits(outer))


def _bits(pixels: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    left, right, top, bottom = (max(0, min(PIXELS - 1, pixel)) for pixel in pixels)
    return (
        morton_spread(left),
        morton_spread(right),
        morton_spread(top) << 1,
        morton_spread(bottom) << 1,
    )


def cover(extent: Extent) -> Cover:
    """Cover a box (west, south, east, north in degrees), finer where it is smaller."""
    west, south, east, north = extent
    box = (_x(west), _y(north), _x(east), _y(south))
    found = Cover()
    depth = _depth(box)
    for cell in range(1 << 2 * COARSEST):
        _cut(found, box, COARSEST, cell, depth)
    return found


def _x(longitude: float) -> float:
    return (longitude + 180) / 360 * PIXELS


def _y(latitude: float) -> float:
    angle = math.radians(max(-85.05112878, min(85.05112878, latitude)))
    return (1 - math.log(math.tan(angle) + 1 / math.cos(angle)) / math.pi) / 2 * PIXELS


def _depth(box: Extent) -> int:
    """Return the finest cell zoom at which the edge crosses few enough cells."""
    around = 2 * (box[2] - box[0] + box[3] - box[1])
    for cz in range(FINEST, SHALLOWEST_EDGE, -1):
        if around / (PIXELS >> cz) <= MOST_EDGE_CELLS:
            return cz
    return SHALLOWEST_EDGE


def _cut(found: Cover, box: Extent, cz: int, code: int, depth: int) -> None:
    side = PIXELS >> cz
    column, row = morton_decode(code)
    left, top = column * side, row * side
    right, bottom = left + side, top + side
    # A point on the box's own edge belongs to it: pixels are whole, the box is not.
    if left > box[2] or right <= math.floor(box[0]) or top > box[3] or bottom <= math.floor(box[1]):
        return
    if left >= box[0] and right <= box[2] and top >= box[1] and bottom <= box[3]:
        found.inside.setdefault(cz, []).append(code)
    elif cz == depth:
        shift = 2 * (24 - cz)
        found.edge.append((code << shift, code + 1 << shift))
    else:
        for quarter in range(4):
            _cut(found, box, cz + 1, code << 2 | quarter, depth)


def ranges(cells: dict[int, list[int]], finer_than: int) -> Iterator[tuple[int, int]]:
    """Yield as ranges of codes at zoom 24 the cells finer than those that counts are kept of."""
    for cz, codes in cells.items():
        if cz > finer_than:
            shift = 2 * (24 - cz)
            yield from ((code << shift, code + 1 << shift) for code in codes)
