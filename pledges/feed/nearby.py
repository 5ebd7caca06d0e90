"""Lists near a place that somebody named in words, which is posted and stands in no address."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.contrib.gis.geos import Point, Polygon
from django.http import HttpRequest
from django.utils.translation import gettext as _

from geo.core import params
from geo.core.errors import GeoError
from geo.core.functions import Metres
from geo.core.keyset import Page
from geo.core.timeouts import bounded
from geo.geocoding import chain
from geo.geocoding.results import Match
from pledges.feed.listing import Listing
from pledges.feed.sorting import ALL, NEWEST
from pledges.filters import CountedFilters

# Half the side of the box in kilometres: wider ones are tried until it holds enough.
REACHES = (3, 10, 30, 100)
ENOUGH = 5  # rows
KILOMETRES_A_DEGREE = 111.2
SIZE = 50  # rows on a page near a place
FARTHEST = 450  # rows that may be nearer than those on a page


@dataclass(frozen=True)
class PlaceSearch:
    """What a search came to: a place, several to choose from, or neither; `message` says it."""

    words: str
    message: str
    place: Match | None = None
    choices: Sequence[Match] = ()

    @classmethod
    def of(cls, words: str, pick: int | None = None) -> Self:
        """Find the place that the words mean; `pick` is the one chosen of several, from 0."""
        if not words:
            return cls(words, _("Type a postcode, a place or an organisation."))
        try:
            matches = chain.candidates(words)
        except GeoError as error:
            return cls(words, error.description)
        if not matches:
            return cls(words, _("We cannot find that place. Try a full postcode, or a town."))
        if pick is not None and pick < len(matches):
            matches = [matches[pick]]
        if len(matches) > 1 and not matches[0].unambiguous:
            return cls(words, _("There are several."), choices=matches)
        place = matches[0]
        message = _("Pledges near {place}.").format(place=place.label)
        return cls(words, f"{message} {place.note}".strip(), place=place)

    @classmethod
    def posted(cls, request: HttpRequest) -> Self | None:
        """Search for the place that was posted; None where none was."""
        form = request.POST
        if request.method != "POST":
            return None
        pick = params.integer("pick", form["pick"], 0, 100) if form.get("pick") else None
        return cls.of(params.text(form, "place"), pick)


def around(listing: Listing, place: Match, filters: CountedFilters) -> CountedFilters:
    """Return the filters within the smallest box around the place that holds enough rows."""
    with bounded():
        for reach in REACHES:
            near = filters.within(_box(place.location, reach))
            if len(listing.key_page(NEWEST, near, ENOUGH).items) == ENOUGH:
                break
    return near


def _box(middle: Point, reach: float) -> Polygon:
    high = reach / KILOMETRES_A_DEGREE
    wide = high / math.cos(math.radians(middle.y))
    box = Polygon.from_bbox((middle.x - wide, middle.y - high, middle.x + wide, middle.y + high))
    box.srid = 4326
    return box


def nearest(
    listing: Listing, place: Point, filters: CountedFilters, limit: int, on_map: int | None
) -> list[int]:
    """Return the numbers of the `limit` public rows on the map that pass, nearest first.

    `on_map` is how many on the map pass, None for more than are counted. An area or organisation
    in the filters would be a second place: see `anywhere` of the filters.
    """
    public = listing.public().on_map()
    passing = filters.apply(public).order_by()
    metres = Metres("location", place)
    if on_map is None or on_map > listing.gather_most:
        window = listing.window(limit, filters, on_map)
        scanned = public.order_by(metres).values("pk")[:window]
        rows = passing.filter(pk__in=scanned).order_by(metres, "-id")
        keys = list(rows.values_list("pk", flat=True)[:limit])
        if len(keys) == limit:
            return keys
    gathered = filters.model.objects.filter(pk__in=passing.values("pk")[:ALL])
    return list(gathered.order_by(metres, "-id").values_list("pk", flat=True)[:limit])


def nearest_page(
    listing: Listing, place: Point, filters: CountedFilters, on_map: int | None, nearer: int = 0
) -> Page:
    """Return a page of what is nearest; `nearer` are nearer than its first, and `next` says how
    many are nearer than the first of the next page."""
    last = nearer + SIZE
    keys = nearest(listing, place, filters, last + 1, on_map)
    more = len(keys) > last and last <= FARTHEST
    return Page(listing.in_order(keys[nearer:last]), str(last) if more else None)


@dataclass(frozen=True)
class NearestRange:
    """A page of the nearest, which is posted like the place: `first` to `last`, and those around.

    `before` and `after` say how many are nearer than the first of those pages, None for no page.
    """

    first: int
    last: int
    before: int | None
    after: int | None

    @classmethod
    def of(cls, page: Page, nearer: int) -> Self:
        before = max(0, nearer - SIZE) if nearer else None
        after = int(page.next) if page.next else None
        return cls(nearer + 1, nearer + len(page.items), before, after)
