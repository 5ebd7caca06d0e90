"""Which hubs a place has: the one that serves its region, the nearest, and those over a border."""

import math
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo.areas import lookup
from geo.areas.models import Area, AreaPiece
from geo.core.errors import OutsideUnitedKingdom
from hubs.hub.hub_cache import known, near
from hubs.hub.models import Hub

# West, south, east and north of the waters for which "the nearest hub" is a sensible question:
# rigs and ferries far off every shore, but not Paris or Bergen.
WATERS = (-14.0, 49.0, 3.5, 62.5)
# So near to the area of another hub, that one may be the handier of the two.
BORDER_METRES = 10_000
METRES_A_DEGREE = 111_200
METRES_A_MILE = 1609.344


@dataclass(frozen=True)
class LocalHubs:
    """Either may be None. `metres`, geodesic, are from the place to that of the nearest."""

    serving: Hub | None
    nearest: Hub | None
    metres: float = math.nan

    @property
    def kilometres(self) -> float:
        return self.metres / 1000


@dataclass(frozen=True)
class Choice:
    """A hub that somebody may turn to, and why: metres to its place, and to its area's border.

    `border` is 0 in its own area and None where the area is further than BORDER_METRES.
    """

    hub: Hub
    metres: float
    border: float | None
    serving: bool
    nearest: bool

    @property
    def where(self) -> str:
        return _("In %(place)s, %(far)s") % {"place": self.hub.place, "far": far(self.metres)}

    @property
    def why(self) -> str:
        """Why somebody may turn to it; empty where its distance says it all."""
        if self.serving:
            return _("It looks after this area.")
        if self.border is None:
            return _("Nearest as the crow flies.") if self.nearest else ""
        return _("Its area begins near here: %(far)s.") % {"far": far(self.border)}


def far(metres: float) -> str:
    """A distance in the words of somebody who walks or drives it."""
    if metres < METRES_A_MILE:
        return _("less than a mile away")
    miles = round(metres / METRES_A_MILE)
    return ngettext("%(n)s mile away", "%(n)s miles away", miles) % {"n": miles}


def local_hubs(point: Point | None, region: Area | None) -> LocalHubs:
    """The hubs for a point (SRID 4326) and the region that it belongs to, in one query.

    The region is not worked out from the point: where a place has a code, the code decides.
    """
    if point is None:
        hubs, nearest = known(), None
    else:
        hubs, nearest = near(point)
    serving = hubs.of_area.get(region.pk) if region else None
    return LocalHubs(serving, *nearest) if nearest else LocalHubs(serving, None)


def choices(point: Point, region: Area | None) -> list[Choice]:
    """All hubs to choose from: the one that serves the region first, the others nearest first."""
    hubs = list(Hub.objects.by_distance(point).prefetch_related("areas"))
    borders = borders_near(point)
    found = []
    for place, hub in enumerate(hubs):
        areas = {area.pk for area in hub.areas.all()}
        serving = region is not None and region.pk in areas
        near = [metres for key, metres in borders.items() if key in areas]
        if serving or near or place == 0:
            border = 0.0 if serving else min(near, default=None)
            found.append(Choice(hub, hub.distance.m, border, serving, place == 0))
    return sorted(found, key=lambda choice: not choice.serving)


def borders_near(point: Point) -> dict[int, float]:
    """Metres from a point (SRID 4326) to each region within BORDER_METRES, by the region's key."""
    high = BORDER_METRES / METRES_A_DEGREE
    wide = high / math.cos(math.radians(point.y))
    box = Polygon.from_bbox((point.x - wide, point.y - high, point.x + wide, point.y + high))
    box.srid = point.srid
    # The box finds few pieces by their index; only those are measured.
    pieces = (
        AreaPiece.objects.filter(area__in=Area.objects.regions().values("pk"))
        .filter(shape__intersects=box)
        .annotate(away=Distance("shape", point))
        .values_list("area", "away")
    )
    found: dict[int, float] = {}
    for key, away in pieces:
        if away.m <= BORDER_METRES:
            found[key] = min(away.m, found.get(key, away.m))
    return found


def region_at(point: Point) -> Area | None:
    """The region of a point on land or its shore, None at sea; raises OutsideUnitedKingdom."""
    west, south, east, north = WATERS
    if not (west <= point.x <= east and south <= point.y <= north):
        raise OutsideUnitedKingdom(_("That place is outside the United Kingdom."))
    try:
        return lookup.of_point(point)[1].region
    except OutsideUnitedKingdom:
        # At sea, beyond all areas, there is still a nearest hub.
        return None
