"""Which hubs a place has: the one that serves its region, and the nearest."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from geo.errors import OutsideUnitedKingdom
from geo.geocoding import belonging
from geo.models import Area
from hubs.models import Hub

# West, south, east and north of the waters for which "the nearest hub" is a sensible question:
# rigs and ferries far off every shore, but not Paris or Bergen.
WATERS = (-14.0, 49.0, 3.5, 62.5)


@dataclass(frozen=True)
class LocalHubs:
    """Either may be None. `nearest` has `distance`, geodesic, from the place to the hub's."""

    serving: Hub | None
    nearest: Hub | None


def local_hubs(point: Point | None, region: Area | None) -> LocalHubs:
    """The hubs for a point (SRID 4326) and the region that it belongs to, in at most four queries.

    The region is not worked out from the point: where a place has a code, the code decides.
    """
    hubs = Hub.objects.prefetch_related("areas")
    return LocalHubs(
        serving=hubs.serving(region).first() if region else None,
        nearest=hubs.by_distance(point).first() if point else None,
    )


def region_at(point: Point) -> Area | None:
    """The region of a point on land or its shore, None at sea; raises OutsideUnitedKingdom."""
    west, south, east, north = WATERS
    if not (west <= point.x <= east and south <= point.y <= north):
        raise OutsideUnitedKingdom(_("That place is outside the United Kingdom."))
    try:
        return belonging.of_point(point)[1].region
    except OutsideUnitedKingdom:
        # At sea, beyond all areas, there is still a nearest hub.
        return None
