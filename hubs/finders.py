"""Hubs, as the search for places knows them."""

from collections.abc import Mapping

from django.contrib.gis.geos import Point

from geo.geocoding.finder import Finder
from geo.geocoding.places import Match
from geo.geocoding.reading import Reading
from hubs.local import local_hubs, region_at
from hubs.models import Hub


class Hubs(Finder):
    """No place is called by its hub's name, but every place has a hub."""

    def find(self, reading: Reading, limit: int) -> list[Match]:
        return []

    def around(self, point: Point) -> Mapping[str, object]:
        """`hub`, of the area that holds the point, and `nearest_hub` with `distance_m`."""
        found = local_hubs(point, region_at(point))
        nearest = _told(found.nearest)
        if found.nearest and nearest:
            nearest["distance_m"] = round(found.metres)
        return {"hub": _told(found.serving), "nearest_hub": nearest}


def _told(hub: Hub | None) -> dict[str, object] | None:
    if hub is None:
        return None
    return {"code": hub.code, "name": hub.local_name, "slug": hub.slug, "place": hub.place}
