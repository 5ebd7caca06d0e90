"""Land of the base layer, at the two scales of the areas, so that the coasts agree."""

from pathlib import Path

import numpy as np
import shapely

from scripts.boundaries import output
from scripts.boundaries.areas import SCALES
from scripts.boundaries.coast import Coast, polygons_of
from scripts.boundaries.coverage import Shapes, snapped
from scripts.boundaries.projection import to_degrees

CONTINENT = "other"
# Metres of simplification and square metres of the least island, by scale.
_CONTINENT = {"": (1500, 20_000_000), "_low": (4000, 100_000_000)}
_LEAST_NEIGHBOUR = {"": 200_000, "_low": 2_000_000}


def write(lands: dict[str, Shapes], coast: Coast, folder: Path) -> None:
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
