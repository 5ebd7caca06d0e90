"""Land of the islands and of the continent beside them, from OpenStreetMap's coastline."""

import json
from dataclasses import dataclass

import shapely

from scripts.boundaries.packages import COAST, PackageError, Store
from scripts.boundaries.projection import to_grid

UNITED_KINGDOM = "GBR"
# Ireland shares a border with the partition; the others are separate islands.
NEIGHBOURS = ("IRL", "IMN", "JEY", "GGY")

_VIEW = shapely.box(-30, 40, 30, 70)
_ISLES = shapely.box(-9, 49, 3, 62)


@dataclass(frozen=True)
class Coast:
    """Geometries in metres: the United Kingdom, its neighbours by code, and the continent."""

    united_kingdom: shapely.Geometry
    neighbours: dict[str, shapely.Geometry]
    continent: list[shapely.Geometry]


def read(store: Store) -> Coast:
    with store.tarball(COAST) as archive:
        file = archive.extractfile("package/map.geo.json")
        if file is None:
            raise PackageError(f"{COAST} holds no map")
        features = json.load(file)["features"]
    united_kingdom, neighbours, continent = None, {}, []
    for feature in features:
        code = feature["properties"]["A3"]
        land = shapely.geometry.shape(feature["geometry"])
        if code == UNITED_KINGDOM:
            united_kingdom = _projected(_parts_within(land, _ISLES))
        elif code in NEIGHBOURS:
            neighbours[code] = _projected(land)
        elif land.intersects(_VIEW):
            clipped = shapely.make_valid(_parts_within(land, _VIEW)).intersection(_VIEW)
            continent.append(_projected(clipped))
    return Coast(united_kingdom, neighbours, continent)


def _parts_within(land: shapely.Geometry, window: shapely.Geometry) -> shapely.MultiPolygon:
    """The parts of a country, left whole, that reach into a window: without its far possessions."""
    parts = shapely.get_parts(land)
    return shapely.multipolygons(parts[shapely.intersects(parts, window)])


def _projected(land: shapely.Geometry) -> shapely.Geometry:
    return polygons_of(shapely.make_valid(to_grid(land)))


def polygons_of(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    """The polygons in a geometry of any kind."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
