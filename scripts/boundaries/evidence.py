"""Labelled points from which the partition is drawn.

Where people live the points are postcodes. Where nobody lives they are filled in from the
generalised polygons of the Office for National Statistics, which are too coarse to be shipped as
they are but good enough to divide a moor. The same goes for Northern Ireland throughout.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from scripts.boundaries.packages import DISTRICTS, Store
from scripts.boundaries.postcodes import Postcodes
from scripts.boundaries.projection import to_grid
from scripts.boundaries.regions import RegionRule, Unit

CELL = 100
NEIGHBOURS = 8
LEAST_ALIKE = 2
EMPTY_WITHIN = 600


@dataclass(frozen=True)
class Filling:
    """How a district is filled: spacing of the points, and how far they keep from its border."""

    spacing: float
    inset: float


INHABITED = Filling(spacing=500, inset=300)
WITHOUT_POSTCODES = Filling(spacing=250, inset=150)


@dataclass(frozen=True)
class Evidence:
    """Points in metres, (n, 2), and the unit's number of each; the first `seen` are postcodes."""

    points: np.ndarray
    unit: np.ndarray
    seen: int


def gather(store: Store, postcodes: Postcodes, rule: RegionRule) -> Evidence:
    """Evidence for the units of the rule, numbered as `rule.units()` lists them."""
    points, unit = _thinned(postcodes.grid, unit_numbers(postcodes, rule))
    # A second pass removes what only a first outlier had kept company.
    for _ in range(2):
        points, unit = _without_outliers(points, unit)
    filled = list(_fillers(store, rule, points, unit))
    return Evidence(
        np.concatenate([points, *(more for more, _ in filled)]),
        np.concatenate([unit, *(numbers for _, numbers in filled)]),
        len(points),
    )


def unit_numbers(postcodes: Postcodes, rule: RegionRule) -> np.ndarray:
    """Position in `rule.units()` of every postcode's unit."""
    number = {unit: position for position, unit in enumerate(rule.units())}
    keys = np.char.add(np.char.ljust(postcodes.district, 9), postcodes.area)
    distinct, inverse = np.unique(keys, return_inverse=True)
    found = np.empty(len(distinct), int)
    for position, key in enumerate(np.char.decode(distinct)):
        district, area = key[:9].strip(), key[9:]
        found[position] = number[Unit(district, rule.region_of(district, area))]
    return found[inverse]


def _thinned(points: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One mean point for the postcodes of a unit inside a cell of the grid."""
    column, row = (points // CELL).astype(np.int64).T
    key = (unit.astype(np.int64) << 40) + (column << 20) + row
    distinct, inverse = np.unique(key, return_inverse=True)
    count = np.bincount(inverse)
    mean = [np.bincount(inverse, weights=axis) / count for axis in points.T]
    return np.column_stack(mean), distinct >> 40


def _without_outliers(points: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Drop points whose neighbours are nearly all of another unit: mistakes in their codes."""
    _, nearest = cKDTree(points).query(points, k=NEIGHBOURS + 1)
    alike = (unit[nearest[:, 1:]] == unit[:, None]).sum(axis=1)
    keep = alike >= LEAST_ALIKE
    return points[keep], unit[keep]


def _fillers(
    store: Store, rule: RegionRule, points: np.ndarray, unit: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    seen = cKDTree(points)
    units = rule.units()
    for district, polygon in _polygons(store, rule):
        numbers = [n for n, candidate in enumerate(units) if candidate.district == district]
        mine = np.flatnonzero(np.isin(unit, numbers))
        filling = INHABITED if len(mine) else WITHOUT_POSTCODES
        more = _lattice(polygon, filling)
        more = more[seen.query(more)[0] > EMPTY_WITHIN] if len(more) else more
        if not len(more):
            continue
        if len(mine):
            # A district of two units is divided as its own nearest postcodes are.
            yield more, unit[mine][cKDTree(points[mine]).query(more)[1]]
        else:
            yield more, np.full(len(more), numbers[0])


def _lattice(polygon: shapely.Geometry, filling: Filling) -> np.ndarray:
    inner = polygon.buffer(-filling.inset)
    if inner.is_empty:
        return np.empty((0, 2))
    west, south, east, north = np.array(inner.bounds) / filling.spacing
    x, y = np.meshgrid(
        np.arange(np.ceil(west), east) * filling.spacing,
        np.arange(np.ceil(south), north) * filling.spacing,
    )
    shapely.prepare(inner)
    lattice = np.column_stack([x.ravel(), y.ravel()])
    return lattice[shapely.contains_xy(inner, lattice)]


def _polygons(store: Store, rule: RegionRule) -> Iterator[tuple[str, shapely.Geometry]]:
    current = {row.boundary_code: row.district_code for row in rule.districts.values()}
    with store.wheel(DISTRICTS) as wheel:
        source = json.loads(wheel.read("uk_bin_collection/Local_Authority_Boundaries.geojson"))
    for feature in source["features"]:
        code = current[feature["properties"]["LAD24CD"]]
        yield code, to_grid(shapely.geometry.shape(feature["geometry"]))
