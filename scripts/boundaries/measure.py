"""Measures the written files against the postcodes: the figures that the build must reach."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from scripts.boundaries.evidence import unit_numbers
from scripts.boundaries.postcodes import Postcodes
from scripts.boundaries.projection import to_grid
from scripts.boundaries.regions import RegionRule

# Shares of live postcodes: inside the right boundary, and with the nearest one as a fallback.
WANTED = {"districts": (0.996, 0.997), "regions": (0.998, 0.9998)}


@dataclass(frozen=True)
class Figures:
    """What was found for one file of areas."""

    level: str
    features: int
    valid: bool
    coverage: bool
    inside: float
    nearest: float

    @property
    def good(self) -> bool:
        least_inside, least_nearest = WANTED[self.level]
        return (
            self.valid
            and self.coverage
            and self.inside >= least_inside
            and self.nearest >= least_nearest
        )

    def __str__(self) -> str:
        return (
            f"{self.level}: {self.features} areas; "
            f"{'all valid' if self.valid else 'SOME INVALID'}, "
            f"{'no overlaps or gaps' if self.coverage else 'OVERLAPS OR GAPS'}; "
            f"live postcodes in the right one {self.inside:.2%}, "
            f"with the nearest as fallback {self.nearest:.2%}"
        )


def figures(folder: Path, postcodes: Postcodes, rule: RegionRule) -> list[Figures]:
    """Figures for `districts.geojson` and `regions.geojson` in a folder."""
    live = postcodes.where(postcodes.live)
    units = rule.units()
    number = unit_numbers(live, rule)
    rightful: dict[str, Callable] = {
        "districts": lambda unit: unit.district,
        "regions": lambda unit: unit.region,
    }
    return [
        _measured(folder, level, live, np.array([code(unit) for unit in units])[number])
        for level, code in rightful.items()
    ]


def _measured(folder: Path, level: str, live: Postcodes, right: np.ndarray) -> Figures:
    source = json.loads((folder / f"{level}.geojson").read_text(encoding="utf-8"))
    codes = np.array([feature["properties"]["code"] for feature in source["features"]])
    shapes = np.array(
        [shapely.geometry.shape(feature["geometry"]) for feature in source["features"]],
        dtype=object,
    )
    found = np.full(len(live.code), -1)
    points = shapely.points(live.degrees)
    area, point = shapely.STRtree(points).query(shapes, predicate="intersects")
    found[point] = area
    outside = np.flatnonzero(found < 0)
    inside = (found >= 0) & (codes[found] == right)
    # The nearest in metres: a degree of longitude is little more than half one of latitude here.
    found[outside] = shapely.STRtree(to_grid(shapes)).nearest(shapely.points(live.grid[outside]))
    return Figures(
        level,
        len(codes),
        bool(shapely.is_valid(shapes).all()),
        bool(shapely.coverage_is_valid(shapes)),
        float(inside.mean()),
        float((codes[found] == right).mean()),
    )
