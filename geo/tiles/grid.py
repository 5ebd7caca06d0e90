"""Tiles of the Web Mercator grid, and the features of a cluster tile."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geo.core.errors import NotFound

MOST_ZOOM = 18
PIXELS = 1 << 24  # width of the world in pixels of zoom 24
CELLS = 2  # a tile of zoom z has 4 x 4 cells of zoom z + 2: 64 px, room for one ring
SPOTS_FROM = 16  # zoom from which single spots are drawn rather than cells


@dataclass(frozen=True)
class Tile:
    """One tile. Its pledges' Morton codes (zoom 24) are the half-open range low..high."""

    z: int
    x: int
    y: int

    @classmethod
    def at(cls, z: int, x: int, y: int) -> "Tile":
        """Return the tile, or raise NotFound where the grid has none."""
        if not (0 <= z <= MOST_ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z):
            raise NotFound("There is no such tile.")
        return cls(z, x, y)

    @property
    def code(self) -> int:
        """Morton code of the tile at its own zoom."""
        code = 0
        for bit in range(self.z):
            code |= (self.x >> bit & 1) << 2 * bit | (self.y >> bit & 1) << 2 * bit + 1
        return code

    @property
    def low(self) -> int:
        return self.code << 2 * (24 - self.z)

    @property
    def high(self) -> int:
        return self.code + 1 << 2 * (24 - self.z)

    def cell_range(self, cz: int) -> tuple[int, int]:
        """Return the half-open range of cell codes at cell zoom `cz`, not below the tile's."""
        shift = 2 * (cz - self.z)
        return self.code << shift, self.code + 1 << shift


def tiles_over(spot: int) -> Iterator[tuple[int, int]]:
    """Yield zoom and code of each tile that holds a Morton code of zoom 24."""
    for zoom in range(MOST_ZOOM + 1):
        yield zoom, spot >> 2 * (24 - zoom)


def morton_spread(pixel: int) -> int:
    """Return a column's bits as they lie in Morton codes; those of a row lie one further left."""
    return sum((pixel >> bit & 1) << 2 * bit for bit in range(24))


def morton_decode(code: int) -> tuple[int, int]:
    """Return column and row of a Morton code."""
    column = row = 0
    bit = 0
    while code >> 2 * bit:
        column |= (code >> 2 * bit & 1) << bit
        row |= (code >> 2 * bit + 1 & 1) << bit
        bit += 1
    return column, row


def degrees(x: float, y: float) -> list[float]:
    """Return [longitude, latitude], to 6 decimals, of a pixel at zoom 24."""
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / PIXELS))))
    return [round(x / PIXELS * 360 - 180, 6), round(latitude, 6)]


def cell_bbox(code: int, cz: int) -> list[float]:
    """Return [west, south, east, north] in degrees of a cell."""
    column, row = morton_decode(code)
    side = PIXELS >> cz
    west, north = degrees(column * side, row * side)
    east, south = degrees((column + 1) * side, (row + 1) * side)
    return [west, south, east, north]


def feature(position: list[float], properties: Mapping, key: object = None) -> dict:
    found = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": position},
        "properties": properties,
    }
    return found if key is None else {**found, "id": key}


def collection(features: Iterable[dict], **members: object) -> dict:
    return {"type": "FeatureCollection", "features": list(features), **members}
