"""A search without scripts: from words to the box around a place in which there are pledges."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import Point, Polygon
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from geo.core.timeouts import bounded
from geo.geocoding import chain
from geo.geocoding.places import Match
from pledges.feed import lists
from pledges.filters import PledgeFilters

# Half the side of the box in kilometres: wider ones are tried until it holds enough.
REACHES = (3, 10, 30, 100)
ENOUGH = 5  # pledges
KILOMETRES_A_DEGREE = 111.2


@dataclass(frozen=True)
class Found:
    """What a search came to: a place, several to choose from, or neither; `message` says it."""

    words: str
    message: str
    place: Match | None = None
    choices: Sequence[Match] = ()


def search(words: str, pick: int | None = None) -> Found:
    """Find the place that the words mean; `pick` is the one chosen of several, from 0."""
    if not words:
        return Found(words, _("Type a postcode, a place or an organisation."))
    try:
        matches = chain.candidates(words)
    except GeoError as error:
        return Found(words, error.description)
    if not matches:
        return Found(words, _("We cannot find that place. Try a full postcode, or a town."))
    if pick is not None and pick < len(matches):
        matches = [matches[pick]]
    if len(matches) > 1 and not matches[0].unmistakable:
        return Found(words, _("There are several."), choices=matches)
    place = matches[0]
    message = _("Pledges near {place}.").format(place=place.label)
    return Found(words, f"{message} {place.note}".strip(), place=place)


def around(place: Match, filters: PledgeFilters) -> PledgeFilters:
    """Return the filters within the smallest box around the place that holds enough pledges."""
    with bounded():
        for reach in REACHES:
            near = filters.within(_box(place.location, reach))
            if len(lists.page(near, ENOUGH).items) == ENOUGH:
                break
    return near


def _box(middle: Point, reach: float) -> Polygon:
    high = reach / KILOMETRES_A_DEGREE
    wide = high / math.cos(math.radians(middle.y))
    box = Polygon.from_bbox((middle.x - wide, middle.y - high, middle.x + wide, middle.y + high))
    box.srid = 4326
    return box
