"""Built-up areas of the base layer: where live postcodes are dense."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import contourpy
import numpy as np
import shapely
from scipy.ndimage import gaussian_filter

from scripts.boundaries import output
from scripts.boundaries.coast import polygons_of
from scripts.boundaries.postcodes import Postcodes
from scripts.boundaries.projection import to_degrees

CELL = 200
SMOOTHING = 1.2
DENSITY = 0.55
TOLERANCE = 130
LEAST_AREA = 800_000
LEAST_HOLE = 800_000
DECIMALS = 3
_MARGIN = 2000


def write(postcodes: Postcodes, folder: Path) -> None:
    """Write `built.geojson`. `postcodes` must be the openly licensed ones."""
    live = postcodes.grid[postcodes.live]
    areas = output.on_lattice(to_degrees(np.array(list(_contours(live)))), DECIMALS)
    polygons = np.concatenate([shapely.get_parts(polygons_of(area)) for area in areas])
    output.write(folder / "built.geojson", (output.Feature(p, {}) for p in polygons), DECIMALS)


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
        yield shapely.make_valid(shapely.simplify(area, TOLERANCE))
