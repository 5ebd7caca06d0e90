"""What pages of any listing share: where a page begins, lists as pages, as CSV and as Atom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from geo.core import params
from geo.core.csv import download
from geo.core.errors import BadParameter
from geo.core.keyset import Page
from geo.core.timeouts import bounded
from geo.live import log
from pledges.feed import export, nearby
from pledges.feed.listing import Listing
from pledges.feed.nearby import NearestRange, PlaceSearch
from pledges.feed.query import ListingQuery
from pledges.feed.sorting import NEAREST
from pledges.map import choices

SIZE = 20  # rows on a page
ROWS = 2_000  # rows in a table
ENTRIES = 50  # rows in a feed
MOST_IDS = 200
LONGEST_IDS = 20 * MOST_IDS  # characters
# Sites add these to every link that is shared there; they ask nothing of us.
TRACKERS = ("utm_", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid")
LISTS = ("theme", "who", "i_am")


def tidy(query: QueryDict, lists: tuple[str, ...] = LISTS) -> QueryDict:
    """Return the query with ticked boxes joined to one list, without trackers and empty fields.

    A form without scripts writes theme=care&theme=staff where the filters read theme=care,staff.
    """
    found = QueryDict(mutable=True)
    for name, values in query.lists():
        if name.startswith(TRACKERS):
            continue
        given = [value for value in values if value]
        if given:
            found[name] = ",".join(given) if name in lists else given[-1]
    return found


@dataclass(frozen=True)
class PageStart:
    """Where a page of a list begins: the cursor finds it, `start` (from 1) is what people read."""

    cursor: str
    start: int

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read `cursor` and `start`; a list without a cursor begins at its beginning."""
        cursor = params.text(query, "cursor")
        start = params.integer("start", query.get("start", "1"), 1, 10**9)
        return cls(cursor, start if cursor else 1)

    def of(self, page: Page, total: int | None, filters: str = "") -> "PageRange":
        """Describe the page; `filters` is the query string that its address keeps."""
        last = self.start + len(page.items) - 1
        following = _address(filters, page.next, last + 1)
        # A page before this one is always a whole one, but for the first.
        previous = _address(filters, page.prev, max(self.start - SIZE, 1))
        return PageRange(self.start, last, total, following, previous)


@dataclass(frozen=True)
class PageRange:
    """`first` to `last` of `total` (None: uncounted).

    `next` and `previous` are the query strings of the pages around, empty where there is none.
    """

    first: int
    last: int
    total: int | None
    next: str
    previous: str


def _address(filters: str, cursor: str | None, start: int) -> str:
    if not cursor:
        return ""
    place = urlencode({"cursor": cursor, "start": start})
    return f"{filters}&{place}" if filters else place


def respond(
    request: HttpRequest,
    reads: type[ListingQuery],
    template: str,
    more: Callable[[ListingQuery, Sequence, PageStart], dict],
) -> HttpResponse:
    """Answer the page of a list: the rows from its cursor on, or those near a posted place.

    `more(listing, rows, part)` is what the template shows beyond what all lists have.
    """
    found, nearer = PlaceSearch.posted(request), 0
    if found:
        nearer = params.integer("nearer", request.POST.get("nearer") or "0", 0, nearby.FARTHEST)
    with bounded():
        live_at = log.newest()  # before anything that comes after it is read
        query = tidy(request.GET, reads.lists)
        listing, part = reads.read(query), PageStart.read(query)
        page = _page(listing, part, found, nearer)
        near = listing.sort == NEAREST
        context = {
            "live_at": live_at,
            "listing": listing,
            "filters": listing.filters,
            "numbers": listing.numbers,
            "away": listing.away,
            "list_query": listing.query_string(),
            "facets": listing.facets(),
            "areas": choices.areas(),
            "chips": listing.chips(),
            "found": found,
            "picked": request.POST.get("pick") or None,
            "near": near,
            "nearer": NearestRange.of(page, nearer) if near else None,
            "shown": part.of(page, listing.total, listing.query_string()),
            **more(listing, page.items, part),
        }
        return render(request, template, context)


def _page(
    listing: ListingQuery, part: PageStart, found: PlaceSearch | None, nearer: int
) -> Page[Model]:
    rows, filters = listing.listing, listing.filters
    if listing.sort != NEAREST:
        return rows.page(listing.order, filters, SIZE, listing.total, part.cursor)
    if not found or not found.place:
        return Page()
    on_map = listing.numbers.get("on_map")
    return nearby.nearest_page(rows, found.place.location, filters, on_map, nearer)


def as_csv(request: HttpRequest, reads: type[ListingQuery]) -> HttpResponse:
    """Answer the first 2,000 rows of a list as CSV."""
    with bounded():
        listing = reads.read(tidy(request.GET, reads.lists))
        rows = _beginning(listing, ROWS)
        written = export.csv_table(rows, listing.listing.serializer, settings.SITE_URL)
    return download(written, f"{listing.listing.name}.csv")


def as_atom(request: HttpRequest, reads: type[ListingQuery], page: str, own: str) -> HttpResponse:
    """Answer the first 50 rows of a list as an Atom feed; `page` and `own` are names of URLs."""
    with bounded():
        listing = reads.read(tidy(request.GET, reads.lists))
        source = listing.listing
        rows = [(row, source.feed_entry(row)) for row in _beginning(listing, ENTRIES)]
        ending = f"?{words}" if (words := listing.query_string()) else ""
        paths = [reverse(name) + ending for name in (page, own)]
        written = export.atom(source.feed_head, rows, settings.SITE_URL, *paths)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def _beginning(listing: ListingQuery, limit: int) -> Sequence[Model]:
    return listing.listing.page(listing.order, listing.filters, limit, listing.total).items


def passing_ids(request: HttpRequest, listing: Listing) -> list[tuple]:
    """Return (id, location in public view) of those rows of `ids` that are public and pass.

    All who listen ask the same at the same time, so the answer may be shared.
    """
    with bounded():
        filters = listing.filters.parse(request.GET, also=("ids",))
        rows = listing.public().filter(pk__in=ids_of(request.GET.get("ids", "")))
        return list(filters.apply(rows).order_by("pk").values_list("pk", "location"))


def ids_of(words: str) -> list[int]:
    """Return the numbers of a list with commas. Raises BadParameter for too many."""
    parts = [part for part in words[:LONGEST_IDS].split(",") if part]
    if len(parts) > MOST_IDS or len(words) > LONGEST_IDS:
        raise BadParameter("ids", f"more than {MOST_IDS}")
    return [params.integer("ids", part, 0, 2**63 - 1) for part in parts]
