"""All current areas cached in memory, a few hundred: nearly every search needs them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import Point
from django.db import connection

from geo.areas.models import Area, AreaPiece, RegionException
from geo.core.row_cache import RowCache
from geo.core.timeouts import once

CONTAINING = """, array(
    select distinct area_id from geo_areapiece
    where ST_Intersects(shape, ST_SetSRID(ST_MakePoint(%s, %s), 4326))
)"""
NEAREST = """
with at as (select ST_SetSRID(ST_MakePoint(%s, %s), 4326) as point)
select (select name from geo_place order by location <-> (select point from at) limit 1),
    (select code from geo_postcode where live
    order by location <-> (select point from at) limit 1)
"""
BOUNDARIES = [
    f"{path}{field}"
    for path in ("", "parent__", "parent__parent__")
    for field in ("boundary", "boundary_low")
]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class CurrentAreas:
    """Areas with their parents and without boundaries, by key and by kind and code.

    `bounds` are, by key, west, south, east and north in degrees of those that have a boundary.
    `exceptions` are, by a district's key, the regions of its postcodes by their first letters.
    """

    areas: Mapping[int, Area]
    coded: Mapping[tuple[str, str], Area]
    bounds: Mapping[int, Bounds]
    exceptions: Mapping[int, Mapping[str, Area]]


def current_areas() -> CurrentAreas:
    """Return the current areas: one short query, three more when any has changed."""
    return once(_cache.get)


def areas_containing(point: Point) -> list[Area]:
    """Return the current areas whose boundary contains the point (SRID 4326); as many queries."""
    current, (keys,) = once(_cache.get_with, CONTAINING, (point.x, point.y))
    return [current.areas[key] for key in keys if key in current.areas]


def nearest_place_and_postcode(point: Point) -> tuple[str, str]:
    """Return the nearest place's name and the nearest live postcode; empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [point.x, point.y])
        place, postcode = cursor.fetchone()
    return place or "", postcode or ""


def _read() -> CurrentAreas:
    light = Area.objects.current().select_related("parent__parent").defer(*BOUNDARIES)
    areas = {area.pk: area for area in light}
    exceptions: dict[int, dict[str, Area]] = {}
    for rule in RegionException.objects.filter(region__in=areas, district__in=areas):
        letters = exceptions.setdefault(rule.district_id, {})
        letters[rule.postcode_area] = areas[rule.region_id]
    coded = {(area.kind, area.code): area for area in areas.values()}
    # The pieces of a boundary are small; to read the whole of each takes ten times as long.
    pieces = AreaPiece.objects.filter(area__in=areas).order_by().values_list("area")
    return CurrentAreas(areas, coded, dict(pieces.annotate(Extent("shape"))), exceptions)


_cache = RowCache(_read, "geo_area", "geo_regionexception")
