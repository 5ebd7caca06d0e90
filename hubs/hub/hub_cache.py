"""All hubs in memory with the areas that they serve, read again when any has changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db.models import Prefetch

from geo.areas.models import Area
from geo.core.row_cache import RowCache
from geo.core.timeouts import once
from hubs.hub.models import Hub

NEAREST = """, (
    select array[id, metres] from (
        select id, ST_Distance(
            location::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography
        ) as metres from hubs_hub
    ) as away order by metres, id limit 1
)"""


@dataclass(frozen=True)
class HubIndex:
    """Hubs by primary key, and by the keys of the areas that they serve."""

    hubs: Mapping[int, Hub]
    by_area: Mapping[int, Hub]


def hub_index() -> HubIndex:
    """Return the hubs as they are now: one short query, two more when any has changed."""
    return once(_cache.get)


def index_and_nearest(point: Point) -> tuple[HubIndex, tuple[Hub, float] | None]:
    """Return the hubs, and the nearest to a point (SRID 4326) with its geodesic metres."""
    current, (found,) = once(_cache.get_with, NEAREST, (point.x, point.y))
    hub = current.hubs.get(int(found[0])) if found else None
    return current, (hub, found[1]) if hub else None


def _read() -> HubIndex:
    areas = Prefetch("areas", Area.objects.without_boundaries().order_by("code"))
    hubs = {hub.pk: hub for hub in Hub.objects.order_by("pk").prefetch_related(areas)}
    # The first hub, where two serve one area.
    by_area = {area.pk: hub for hub in reversed(hubs.values()) for area in hub.areas.all()}
    return HubIndex(hubs, by_area)


_cache = RowCache(_read, "hubs_hub", "hubs_hub_areas")
