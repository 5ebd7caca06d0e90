"""All current areas in memory, a few hundred: what nearly every search asks for.

One short statement tells whether they are still those of the database. It sees every row that was
written since, by whatever path: a version of a row has a place and a transaction of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from django.contrib.gis.geos import Point
from django.db import connection

from geo.models import Area, RegionException

STATE = """
select count(*), max(xmin::text::bigint), sum(hashtext(ctid::text)){more} from (
    select xmin, ctid from geo_area union all select xmin, ctid from geo_regionexception
) as rows
"""
HOLDING = """, array(
    select distinct area_id from geo_areapiece
    where ST_Intersects(shape, ST_SetSRID(ST_MakePoint(%s, %s), 4326))
)"""
AROUND = """
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
State = tuple[object, ...]


@dataclass(frozen=True)
class Known:
    """Areas with their parents and without boundaries, by key and by kind and code.

    `exceptions` are, by a district's key, the regions of its postcodes by their first letters.
    """

    state: State
    areas: Mapping[int, Area]
    coded: Mapping[tuple[str, str], Area]
    exceptions: Mapping[int, Mapping[str, Area]]


_kept: list[Known] = []
_lock = Lock()


def known() -> Known:
    """Return the areas as they are now; one short query, two more when any has changed."""
    with connection.cursor() as cursor:
        cursor.execute(STATE.format(more=""))
        return _at(cursor.fetchone())


def holding(point: Point) -> list[Area]:
    """Return the current areas whose boundary holds the point (SRID 4326); as many queries."""
    with connection.cursor() as cursor:
        cursor.execute(STATE.format(more=HOLDING), [point.x, point.y])
        *state, keys = cursor.fetchone()
    areas = _at(tuple(state)).areas
    return [areas[key] for key in keys if key in areas]


def _at(state: State) -> Known:
    with _lock:
        if not _kept or _kept[0].state != state:
            _kept[:] = [_read(state)]
        return _kept[0]


def around(point: Point) -> tuple[str, str]:
    """Return the nearest place's name and the nearest live postcode; empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(AROUND, [point.x, point.y])
        place, postcode = cursor.fetchone()
    return place or "", postcode or ""


def _read(state: State) -> Known:
    light = Area.objects.current().select_related("parent__parent").defer(*BOUNDARIES)
    areas = {area.pk: area for area in light}
    exceptions: dict[int, dict[str, Area]] = {}
    for rule in RegionException.objects.filter(region__in=areas, district__in=areas):
        letters = exceptions.setdefault(rule.district_id, {})
        letters[rule.postcode_area] = areas[rule.region_id]
    coded = {(area.kind, area.code): area for area in areas.values()}
    return Known(state, areas, coded, exceptions)
