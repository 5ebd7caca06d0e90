"""The map page, the lists beside it and its numbers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.errors import BadParameter
from geo.core.timeouts import bounded
from geo.live import log
from pledges.counts import totals
from pledges.counts.totals import summary
from pledges.feed import facets, nearby
from pledges.feed.nearby import PlaceSearch
from pledges.feed.search import MOST_MATCHES
from pledges.feed.sorting import NEWEST
from pledges.feed.views import PageStart, tidy
from pledges.filters import PledgeFilters
from pledges.map import choices
from pledges.map import page as maps
from pledges.map.countdown import Countdown
from pledges.pledging.models import Pledge
from pledges.wall.listing import PLEDGES

AT_ONCE = 20
AWAY = {"region": Pledge.Show.REGION, "none": Pledge.Show.NONE}
LIST_PARAMETERS = ("cursor", "start")


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def map_page(request: HttpRequest) -> HttpResponse:
    """The map with its panel; without scripts, the panel alone lists the pledges.

    A search without scripts is posted, so that what was searched for stays out of addresses,
    histories and logs; it changes nothing. A GET reads the filters only.
    """
    query = tidy(request.GET)
    found = PlaceSearch.posted(request)
    with bounded():
        live_at = log.newest()  # before anything that comes after it is read
        filters = PledgeFilters.parse(query, also=LIST_PARAMETERS)
        if found and found.place:
            filters = nearby.around(PLEDGES, found.place, filters)
        numbers = totals.summary(filters)
        context = {
            **_listed(filters, PageStart.read(query)),
            "map": maps.parts(),
            "found": found,
            "numbers": numbers,
            "away": sum(numbers.get("not_on_map", {}).values()),
            "facets": facets.facets(PLEDGES, filters, numbers),
            "areas": choices.areas(),
            "countdown": Countdown.now(),
            "live_at": live_at,
            "tile_attribution": settings.TILE_SERVER_ATTRIBUTION,
        }
        return render(request, "pledges/map/map.html", context)


@require_safe
def in_view(request: HttpRequest) -> HttpResponse:
    """The pledges in the box and under the filters of the query: a fragment, or a page."""
    with bounded():
        query = tidy(request.GET)
        filters = PledgeFilters.parse(query, also=LIST_PARAMETERS)
        return _answer(request, "pledges/map/list", _listed(filters, PageStart.read(query)))


@require_safe
def off_map(request: HttpRequest) -> HttpResponse:
    """The pledges without a place on the map: `show` is `region` (shown there only) or `none`."""
    with bounded():
        query = tidy(request.GET)
        filters = PledgeFilters.parse(query, also=(*LIST_PARAMETERS, "show")).without_bbox()
        show = params.text(query, "show")
        if show and show not in AWAY:
            raise BadParameter("show", f"is none of: {', '.join(AWAY)}")
        part = PageStart.read(query)
        rows = Pledge.objects.public().filter(show__in=[AWAY[show]] if show else AWAY.values())
        page = PLEDGES.page(NEWEST, filters, AT_ONCE, word=part.cursor, rows=rows)
        numbers = totals.summary(filters)
        counts = numbers.get("not_on_map")
        total = counts and (counts[show] if show else sum(counts.values()))
        words = filters.query_string()
        kept = f"{words}&show={show}".strip("&") if show else words
        context = {
            "pledges": page.items,
            "shown": part.of(page, total, kept),
            "counts": counts,
            "total": counts and sum(counts.values()),
            "show": show,
            "query": words,
            "chips": facets.chips(PLEDGES, filters),
        }
        return _answer(request, "pledges/map/off_map", context)


def _listed(filters: PledgeFilters, part: PageStart) -> dict:
    page = PLEDGES.page(NEWEST, filters, AT_ONCE, word=part.cursor)
    return {
        "filters": filters,
        "query": filters.without_bbox().query_string(),
        "chips": facets.chips(PLEDGES, filters),
        "pledges": page.items,
        "shown": part.of(page, totals.count(filters), filters.query_string()),
        "most": MOST_MATCHES,
        "in_view": filters.bbox is not None,
    }


def _answer(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    """Answer a fragment to our own scripts, which ask for one, and a page to everyone else."""
    whole = "X-Fragment" not in request.headers
    template = f"{name}_page.html" if whole else f"{name}.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["X-Fragment"])
    return response


@require_safe
def numbers(request: HttpRequest) -> JsonResponse:
    """Answer the totals and the facets' numbers for the filters of the query string."""
    with bounded():
        found = summary(PledgeFilters.parse(request.GET))
    return JsonResponse(found, headers={"Cache-Control": "no-cache"})
