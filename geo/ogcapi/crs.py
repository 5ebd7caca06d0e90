"""Reference systems of coordinates that are offered (OGC API - Features, Part 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from json import dumps, loads
from typing import Any, cast

from django.contrib.gis.gdal import CoordTransform, GDALException, SpatialReference
from django.contrib.gis.geos import GEOSGeometry, LineString, Polygon
from django.db.models import Value
from django.db.models.expressions import Combinable, Func
from django.db.models.fields import TextField

from geo.core import params
from geo.core.errors import BadParameter

STORED = 4326
MOST = 2.1e7  # metres from the origin, in any system
STEPS = 32  # parts of an edge, so that one that is straight elsewhere bends as it must in degrees


@dataclass(frozen=True)
class Crs:
    """One system: its URI, its EPSG number, whether north comes before east, decimals to write."""

    uri: str
    srid: int
    north_first: bool = False
    decimals: int = 6

    def as_geojson(self, shape: Combinable) -> Combinable:
        """Return the expression of a stored geometry as GeoJSON in this system."""
        if self.srid != STORED:
            shape = Func(shape, Value(self.srid), function="ST_Transform")
        if self.north_first:
            shape = Func(shape, function="ST_FlipCoordinates")
        # Without the last number PostGIS adds a member that GeoJSON no longer has.
        return Func(
            shape,
            Value(self.decimals),
            Value(0),
            function="ST_AsGeoJSON",
            output_field=TextField(),
        )

    @cached_property
    def _to_degrees(self) -> CoordTransform:
        return CoordTransform(SpatialReference(self.srid), SpatialReference(STORED))

    def to_degrees(self, shape: GEOSGeometry, name: str = "filter") -> GEOSGeometry:
        """Return a geometry of this system in degrees, x before y (SRID 4326).

        Raises BadParameter, naming the parameter `name`, for what is beyond the system.
        """
        shape = _flipped(shape) if self.north_first else shape.clone()
        shape.srid = self.srid
        if self.srid != STORED:
            try:
                shape.transform(self._to_degrees)
            except GDALException:
                raise BadParameter(name, "lies beyond the reference system") from None
            shape.srid = STORED
        west, south, east, north = shape.extent
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise BadParameter(name, "lies beyond the globe")
        return shape

    def box(self, value: str, name: str = "bbox") -> GEOSGeometry:
        """Read a box in the order of this system's axes; return it in degrees."""
        parts = value.split(",")
        if len(parts) not in (4, 6):
            raise BadParameter(name, "give four numbers")
        half = len(parts) // 2
        numbers = [params.number(name, p, -MOST, MOST) for p in (*parts[:2], *parts[half:][:2])]
        if self.north_first:
            south, west, north, east = numbers
            degrees = f"{west!r},{south!r},{east!r},{north!r}"
            return cast("GEOSGeometry", params.bbox({name: degrees}, name))  # None: without a value
        west, south, east, north = numbers
        if west > east or south > north:
            raise BadParameter(name, "west and south come before east and north")
        return self.to_degrees(_with_points_along_edges((west, south, east, north)), name)


def _with_points_along_edges(box: tuple[float, float, float, float]) -> GEOSGeometry:
    """Return a box with many points along its edges."""
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = []
    for (x, y), (to_x, to_y) in pairwise(corners):
        ring += [
            (x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS) for step in range(STEPS)
        ]
    if west == east or south == north:
        return LineString(ring)
    return Polygon([*ring, ring[0]])


def _flipped(shape: GEOSGeometry) -> GEOSGeometry:
    """Return the geometry with its coordinates the other way round."""

    def turned(part: list) -> list:
        return part[1::-1] if isinstance(part[0], float | int) else [turned(each) for each in part]

    geojson = loads(shape.json)
    return GEOSGeometry(dumps({**geojson, "coordinates": turned(geojson["coordinates"])}))


CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326)
OFFERED = {
    crs.uri: crs
    for crs in (
        CRS84,
        Crs("http://www.opengis.net/def/crs/EPSG/0/4326", 4326, north_first=True),
        Crs("http://www.opengis.net/def/crs/EPSG/0/3857", 3857, decimals=2),
        Crs("http://www.opengis.net/def/crs/EPSG/0/27700", 27700, decimals=2),
    )
}


def from_parameter(query: Mapping[str, Any], name: str) -> Crs:
    """Return the system that a parameter names; CRS84 where it is absent."""
    uri = query.get(name, CRS84.uri)
    if uri not in OFFERED:
        raise BadParameter(name, f"is none of: {', '.join(OFFERED)}")
    return OFFERED[uri]
