"""Districts and regions, at two scales, as files."""

from collections.abc import Iterator
from pathlib import Path

import shapely

from scripts.boundaries import output
from scripts.boundaries.coast import NEIGHBOURS, UNITED_KINGDOM, Coast
from scripts.boundaries.coverage import Shapes, dissolved, simplified
from scripts.boundaries.evidence import Evidence
from scripts.boundaries.partition import ABROAD, divide, tidied
from scripts.boundaries.projection import to_degrees, to_grid
from scripts.boundaries.regions import RegionRule, Unit

# Metres and decimals: 200 m decides where a point lies, 1 km is drawn on the whole country.
SCALES = {"": (200, 4), "_low": (1000, 3)}
LABEL_DECIMALS = 4
_LABEL_TOLERANCE = 200


def shapes(coast: Coast, evidence: Evidence, rule: RegionRule) -> Shapes:
    """Units of the rule and the neighbouring lands in metres, before any simplification."""
    faces = tidied(divide(coast, evidence), evidence)
    found: Shapes = {}
    for number, unit in enumerate(rule.units()):
        mine = faces.polygon[faces.unit == number]
        if not len(mine):
            raise ValueError(f"Nothing is left of {unit}.")
        found[unit] = shapely.multipolygons(mine)
    for code, land in coast.neighbours.items():
        shapely.prepare(land)
        abroad = faces.polygon[faces.unit == ABROAD]
        inside = shapely.contains(land, shapely.point_on_surface(abroad))
        found[code] = shapely.multipolygons(abroad[inside])
    return found


def write(whole: Shapes, rule: RegionRule, folder: Path) -> dict[str, Shapes]:
    """Write the four files; answers, by scale, the simplified lands by country for the base."""
    lands = {}
    for scale, (tolerance, decimals) in SCALES.items():
        simple = simplified(whole, tolerance, decimals)
        units = [key for key in simple if isinstance(key, Unit)]
        districts = dissolved(simple, ((unit.district, unit) for unit in units))
        regions = dissolved(simple, ((unit.region, unit) for unit in units))
        output.write(
            folder / f"districts{scale}.geojson", _district_features(districts, rule), decimals
        )
        output.write(folder / f"regions{scale}.geojson", _region_features(regions, rule), decimals)
        kingdom = dissolved(simple, ((UNITED_KINGDOM, unit) for unit in units))
        lands[scale] = kingdom | {code: simple[code] for code in NEIGHBOURS}
    return lands


def label_point(shape: shapely.MultiPolygon) -> list[float]:
    """Longitude and latitude of the middle of the widest place of a shape's largest part."""
    parts = shapely.get_parts(to_grid(shape))
    largest = parts[shapely.area(parts).argmax()]
    centre = shapely.get_point(
        shapely.maximum_inscribed_circle(largest, tolerance=_LABEL_TOLERANCE), 0
    )
    middle = to_degrees(centre)
    return [round(middle.x, LABEL_DECIMALS), round(middle.y, LABEL_DECIMALS)]


def _district_features(districts: Shapes, rule: RegionRule) -> Iterator[output.Feature]:
    for code, shape in districts.items():
        row = rule.districts[code]
        properties = {
            "code": code,
            "name": row.name,
            "name_cy": row.name_cy,
            "region": row.region_code,
            "nation": row.nation_code,
            "label": label_point(shape),
        }
        yield output.Feature(shape, properties, code)


def _region_features(regions: Shapes, rule: RegionRule) -> Iterator[output.Feature]:
    for code, shape in regions.items():
        row = rule.regions[code]
        properties = {
            "code": code,
            "name": row.name,
            "name_cy": row.name_cy,
            "nation": row.nation_code,
            "label": label_point(shape),
        }
        yield output.Feature(shape, properties, code)
