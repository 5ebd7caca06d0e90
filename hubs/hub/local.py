"""The hubs of a place: the one that serves its region, the nearest, and those over a border.

A place is a point with its region, or what somebody types into the search for their hub.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo.areas import lookup
from geo.areas.models import Area, AreaPiece
from geo.core.errors import GeoError, OutsideUnitedKingdom
from geo.geocoding.finder import Finder
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Match
from hubs.hub.hub_cache import hub_index, index_and_nearest
from hubs.hub.models import Hub
from pledges.feed.nearby import PlaceSearch

# West, south, east and north of the waters for which "the nearest hub" is a sensible question:
# rigs and ferries far off every shore, but not Paris or Bergen.
WATERS = (-14.0, 49.0, 3.5, 62.5)
# So near to the area of another hub, that one may be the handier of the two.
BORDER_METRES = 10_000
METRES_PER_DEGREE = 111_200
METRES_PER_MILE = 1609.344
DECIMALS = 3  # of a degree, a hundred metres: as precisely as somebody's location is used


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
class HubChoice:
    """A hub to choose, and why: `metres` to its place, and to the border of its area.

    `border` is 0 in its own area and None where the area is further than BORDER_METRES.
    """

    hub: Hub
    metres: float
    border: float | None
    serving: bool
    nearest: bool

    @property
    def where(self) -> str:
        far = distance_in_words(self.metres)
        return _("In %(place)s, %(far)s") % {"place": self.hub.place, "far": far}

    @property
    def why(self) -> str:
        """Why somebody may turn to it; empty where its distance says it all."""
        if self.serving:
            return _("It looks after this area.")
        if self.border is None:
            return _("Nearest as the crow flies.") if self.nearest else ""
        return _("Its area begins near here: %(far)s.") % {"far": distance_in_words(self.border)}


def distance_in_words(metres: float) -> str:
    """A distance in miles, for people."""
    if metres < METRES_PER_MILE:
        return _("less than a mile away")
    miles = round(metres / METRES_PER_MILE)
    return ngettext("%(n)s mile away", "%(n)s miles away", miles) % {"n": miles}


def local_hubs(point: Point | None, region: Area | None) -> LocalHubs:
    """The hubs for a point (SRID 4326) and the region that it belongs to, in one query.

    The region is not worked out from the point: where a place has a code, the code decides.
    """
    if point is None:
        index, nearest = hub_index(), None
    else:
        index, nearest = index_and_nearest(point)
    serving = index.by_area.get(region.pk) if region else None
    return LocalHubs(serving, *nearest) if nearest else LocalHubs(serving, None)


def hub_choices(point: Point, region: Area | None) -> list[HubChoice]:
    """All hubs to choose from: the one that serves the region first, the others nearest first."""
    hubs = list(Hub.objects.by_distance(point).prefetch_related("areas"))
    borders = distances_to_regions(point)
    found = []
    for rank, hub in enumerate(hubs):
        areas = {area.pk for area in hub.areas.all()}
        serving = region is not None and region.pk in areas
        near = [metres for key, metres in borders.items() if key in areas]
        if serving or near or rank == 0:
            border = 0.0 if serving else min(near, default=None)
            found.append(HubChoice(hub, hub.distance.m, border, serving, rank == 0))
    return sorted(found, key=lambda choice: not choice.serving)


def distances_to_regions(point: Point) -> dict[int, float]:
    """Metres from a point (SRID 4326) to each region within BORDER_METRES, by the region's key."""
    high = BORDER_METRES / METRES_PER_DEGREE
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


@dataclass(frozen=True)
class HubSearch:
    """The result of a search: hubs, places to choose from, or neither; `message` explains it.

    The hubs begin with the one that serves the place, if any does.
    """

    words: str
    message: str
    hubs: Sequence[HubChoice] = ()
    places: Sequence[Match] = ()


def search_hubs(words: str, pick: int | None = None) -> HubSearch:
    """Find the hubs of the place that the words mean; `pick` is the one of several, from 0."""
    found = PlaceSearch.of(words, pick)
    if found.place is None:
        return HubSearch(words, found.message, places=found.choices)
    place = found.place
    try:
        region = place.region or region_at(place.location)
    except GeoError as error:
        return HubSearch(words, error.description)
    hubs = hub_choices(place.location, region)
    return HubSearch(words, f"{_message(place.label, hubs)} {place.note}".strip(), hubs)


def hubs_near(point: Point) -> HubSearch:
    """Find the hubs of a point (SRID 4326), which is rounded first."""
    rounded = Point(round(point.x, DECIMALS), round(point.y, DECIMALS), srid=point.srid)
    try:
        hubs = hub_choices(rounded, region_at(rounded))
    except GeoError as error:
        return HubSearch("", error.description)
    return HubSearch("", _message(_("where you are"), hubs), hubs)


def _message(place: str, hubs: Sequence[HubChoice]) -> str:
    if not hubs:
        return _("There are no hubs yet.")
    if not hubs[0].serving:
        text = _("No hub looks after {place} yet. Turn to the nearest: it helps, or knows who can.")
    elif len(hubs) == 1:
        text = _("This is the hub for {place}.")
    else:
        text = _("These hubs are near {place}. Turn to whichever suits you.")
    return text.format(place=place)


class HubFinder(Finder):
    """Finds no places by name, but adds its hubs to what geocoding says of a point."""

    def find(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        return []

    def details_at(self, point: Point) -> Mapping[str, object]:
        """`hub`, of the area that holds the point, and `nearest_hub` with `distance_m`."""
        found = local_hubs(point, region_at(point))
        nearest = _properties(found.nearest)
        if found.nearest and nearest:
            nearest["distance_m"] = round(found.metres)
        return {"hub": _properties(found.serving), "nearest_hub": nearest}


def _properties(hub: Hub | None) -> dict[str, object] | None:
    if hub is None:
        return None
    return {"code": hub.code, "name": hub.local_name, "slug": hub.slug, "place": hub.place}
