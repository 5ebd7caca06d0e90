"""The wall: all pledges, searched and sorted, the same lists as files, and what live pages ask."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pledges.feed.views import ROWS, PageStart, as_atom, as_csv, passing_ids, respond
from pledges.organisations import search
from pledges.pledging.models import Pledge
from pledges.wall.listing import PLEDGES, PledgeQuery

ORGANISATIONS, AT_ONCE = 20, 6  # organisations found, and shown before asking for more


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def wall(request: HttpRequest) -> HttpResponse:
    """All public pledges under the map's filters. A place is posted, and so in no address."""
    return respond(request, PledgeQuery, "pledges/wall/wall.html", _more)


def _more(listing: PledgeQuery, pledges: Sequence[Pledge], part: PageStart) -> dict:
    words = listing.misspelt or listing.filters.q
    organisations = [] if part.cursor else search.organisations(words, ORGANISATIONS)
    return {
        "pledges": pledges,
        "query": listing.filters.query_string(),
        "organisations": organisations[:AT_ONCE],
        "more_organisations": organisations[AT_ONCE:],
        "rows": ROWS,
    }


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The first 2,000 pledges of a list as CSV."""
    return as_csv(request, PledgeQuery)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The first 50 pledges of a list as an Atom feed."""
    return as_atom(request, PledgeQuery, "wall", "wall-feed")


@require_safe
def among(request: HttpRequest) -> JsonResponse:
    """Which of some pledges pass the filters, and where: {"pledges": [{"id", "at"?}]}.

    `at` is longitude and latitude of the place in public view.
    """
    found = [
        {"id": pk, "at": [at.x, at.y]} if at else {"id": pk}
        for pk, at in passing_ids(request, PLEDGES)
    ]
    return JsonResponse({"pledges": found}, headers={"Cache-Control": "public, max-age=1"})
