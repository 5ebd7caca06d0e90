"""The wall: all pledges, searched and sorted, and the same lists as files."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.timeouts import bounded
from geo.live import log
from pledges.feed import files, near, orders
from pledges.feed.lists import Page
from pledges.feed.paging import ROWS, SIZE, Slice
from pledges.feed.query import NEAREST, Asked
from pledges.feed.query_string import tidy
from pledges.map import choices, nearby
from pledges.organisations import search

NEAR = 50  # pledges on a page near a place
FARTHEST = 450  # pledges that may be nearer than those on a page
ENTRIES = 50  # pledges in a feed
ORGANISATIONS, AT_ONCE = 20, 6  # organisations found, and shown before asking for more
NAMES = {
    orders.BEST: _("Best match"),
    orders.NEWEST: _("Newest"),
    orders.JOINED: _("Most joined"),
    orders.LIKED: _("Most liked"),
    NEAREST: _("Nearest"),
    orders.DONE: _("Done lately"),
}


@dataclass(frozen=True)
class Nearer:
    """A page of the nearest, which is posted like the place: `first` to `last`, and those around.

    `before` and `after` say how many are nearer than the first of those pages, None for no page.
    """

    first: int
    last: int
    before: int | None
    after: int | None

    @classmethod
    def of(cls, page: Page, nearer: int) -> "Nearer":
        before = max(0, nearer - NEAR) if nearer else None
        after = int(page.next) if page.next else None
        return cls(nearer + 1, nearer + len(page.items), before, after)


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def wall(request: HttpRequest) -> HttpResponse:
    """All public pledges under the map's filters. A place is posted, and so in no address."""
    query = tidy(request.GET)
    found = _searched(request.POST) if request.method == "POST" else None
    with bounded():
        live_at = log.newest()  # before anything that comes after it is read
        asked = Asked.read(query)
        part = Slice.read(query)
        nearer = _nearer(request.POST) if found else 0
        page = _page(asked, part, found, nearer)
        words = asked.misspelt or asked.filters.q
        organisations = [] if part.cursor else search.organisations(words, ORGANISATIONS)
        context = {
            "asked": asked,
            "filters": asked.filters,
            "numbers": asked.numbers,
            "away": sum(asked.numbers.get("not_on_map", {}).values()),
            "query": asked.filters.query_string(),
            "list_query": asked.query_string(),
            "sorts": _sorts(asked),
            "facets": choices.facets(asked.filters, asked.numbers),
            "areas": choices.areas(),
            "chips": asked.chips(),
            "organisations": organisations[:AT_ONCE],
            "more_organisations": organisations[AT_ONCE:],
            "found": found,
            "picked": request.POST.get("pick") or None,
            "near": asked.sort == NEAREST,
            "pledges": page.items,
            "shown": part.of(page, asked.total, asked.query_string()),
            "nearer": Nearer.of(page, nearer) if asked.sort == NEAREST else None,
            "rows": ROWS,
            "live_at": live_at,
        }
        return render(request, "pledges/feed/wall.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The first 2,000 pledges of a list as CSV."""
    with bounded():
        page = _first(Asked.read(tidy(request.GET)), ROWS)
        written = files.table(page.items, settings.SITE_URL)
    # Spreadsheets take a file for UTF-8 by its mark.
    response = HttpResponse(written.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pledges.csv"'
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The first 50 pledges of a list as an Atom feed."""
    with bounded():
        asked = Asked.read(tidy(request.GET))
        page = _first(asked, ENTRIES)
        ending = f"?{words}" if (words := asked.query_string()) else ""
        paths = [reverse(name) + ending for name in ("wall", "wall-feed")]
        written = files.feed(page.items, settings.SITE_URL, *paths)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def _searched(form: QueryDict) -> nearby.Found:
    pick = params.integer("pick", form["pick"], 0, 100) if form.get("pick") else None
    return nearby.search(params.text(form, "place"), pick)


def _nearer(form: QueryDict) -> int:
    return params.integer("nearer", form.get("nearer") or "0", 0, FARTHEST)


def _page(asked: Asked, part: Slice, found: nearby.Found | None, nearer: int) -> Page:
    if asked.sort != NEAREST:
        return orders.page(asked.sort, asked.filters, SIZE, asked.total, part.cursor)
    if not found or not found.place:
        return Page([], None)
    on_map = asked.numbers.get("on_map")
    last = nearer + NEAR
    pledges = near.nearest(found.place.location, asked.filters, last + 1, on_map)
    more = len(pledges) > last and last <= FARTHEST
    return Page(pledges[nearer:last], str(last) if more else None)


def _first(asked: Asked, limit: int) -> Page:
    """Return the beginning of a list; a file knows of no place to be near to."""
    sort = orders.NEWEST if asked.sort == NEAREST else asked.sort
    return orders.page(sort, asked.filters, limit, asked.total)


def _sorts(asked: Asked) -> list[dict]:
    return [
        {"name": name, "query": asked.query_string(sort), "chosen": sort == asked.sort}
        for sort, name in NAMES.items()
        if sort != orders.BEST or asked.ranked
    ]
