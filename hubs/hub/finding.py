"""Which hub is mine: from words, or from a place, to the hubs to choose from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from geo.geocoding.finder import Finder
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Match
from hubs.hub.local import Choice, choices, local_hubs, region_at
from hubs.hub.models import Hub
from pledges.feed.nearby import PlaceSearch

DECIMALS = 3  # of a degree, a hundred metres: as much as is asked of where somebody is


@dataclass(frozen=True)
class Found:
    """What a search came to: hubs, several places to choose from, or neither; `message` says it.

    The hubs begin with the one that serves the place, if any does.
    """

    words: str
    message: str
    hubs: Sequence[Choice] = ()
    places: Sequence[Match] = ()


def search(words: str, pick: int | None = None) -> Found:
    """Find the hubs of the place that the words mean; `pick` is the one of several, from 0."""
    meant = PlaceSearch.of(words, pick)
    if meant.place is None:
        return Found(words, meant.message, places=meant.choices)
    place = meant.place
    try:
        region = place.region or region_at(place.location)
    except GeoError as error:
        return Found(words, error.description)
    hubs = choices(place.location, region)
    return Found(words, f"{_message(place.label, hubs)} {place.note}".strip(), hubs)


def around(point: Point) -> Found:
    """Find the hubs of a point (SRID 4326), which is rounded first."""
    rounded = Point(round(point.x, DECIMALS), round(point.y, DECIMALS), srid=point.srid)
    try:
        hubs = choices(rounded, region_at(rounded))
    except GeoError as error:
        return Found("", error.description)
    return Found("", _message(_("where you are"), hubs), hubs)


def _message(place: str, hubs: Sequence[Choice]) -> str:
    if not hubs:
        return _("There are no hubs yet.")
    if not hubs[0].serving:
        said = _("No hub looks after {place} yet. Turn to the nearest: it helps, or knows who can.")
    elif len(hubs) == 1:
        said = _("This is the hub for {place}.")
    else:
        said = _("These hubs are near {place}. Turn to whichever suits you.")
    return said.format(place=place)


class Hubs(Finder):
    """No place is called by its hub's name, but every place has a hub."""

    def find(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        return []

    def details_at(self, point: Point) -> Mapping[str, object]:
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
