"""One pledge: its page and its popup; and the pledges at one spot of the map."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from geo.core.functions import MORTON_ZOOM
from geo.core.timeouts import bounded
from pledges.accounts.identity import person
from pledges.feed.sorting import NEWEST
from pledges.feed.views import SIZE, PageStart
from pledges.filters import PledgeFilters
from pledges.map.links import map_address
from pledges.pledging.balloons import Balloons
from pledges.pledging.models import Pledge
from pledges.pledging.participation import Share, Standing
from pledges.sections import sections_of
from pledges.stories.listing import Section
from pledges.wall.listing import PLEDGES


@require_safe
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a public pledge; 404 for one that is not, whatever the reason."""
    with bounded():
        found = _public(pk)
        context = {
            "pledge": found,
            "standing": Standing.of(found, person(request)),
            "share": Share.of(found),
            "stories": Section.of_pledge(found),
            "balloons": Balloons.of(person(request)),
            "map_address": map_address(found.location),
            "sections": sections_of(found),
        }
        return render(request, "pledges/pledging/pledge.html", context)


@require_safe
def popup(request: HttpRequest, pk: int) -> HttpResponse:
    """What the map shows of a public pledge: a fragment of HTML."""
    with bounded():
        return render(request, "pledges/pledging/popup.html", {"pledge": _public(pk)})


@require_safe
def spot(request: HttpRequest, morton: int) -> HttpResponse:
    """The pledges at exactly one spot that pass the filters, some at a time.

    `morton` is the spot's code at zoom 24, as the tiles give it. The map's own scripts ask for a
    fragment of HTML by the header X-Fragment; everyone else gets a page.
    """
    if morton >= 1 << 2 * MORTON_ZOOM:
        raise Http404
    with bounded():
        filters = PledgeFilters.parse(request.GET, also=("cursor", "start"))
        part = PageStart.read(request.GET)
        rows = Pledge.objects.public().filter(morton=morton)
        page = PLEDGES.page(NEWEST, filters, SIZE, word=part.cursor, rows=rows)
        total = filters.apply(rows).order_by().count()
        context = {
            "morton": morton,
            "pledges": page.items,
            "shown": part.of(page, total, filters.query_string()),
            "map_address": map_address(query=filters.query_string()),
        }
        fragment = "X-Fragment" in request.headers
        template = "pledges/pledging/spot.html" if fragment else "pledges/pledging/spot_page.html"
        response = render(request, template, context)
    patch_vary_headers(response, ["X-Fragment"])
    return response


def _public(pk: int) -> Pledge:
    return get_object_or_404(Pledge.objects.public().with_everything(), pk=pk)
