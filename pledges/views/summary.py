"""The numbers beside the map."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from geo.reads import bounded
from pledges.filters import PledgeFilters
from pledges.totals import summary


@require_safe
def numbers(request: HttpRequest) -> JsonResponse:
    """Answer the totals and the facets' numbers for the filters of the query string."""
    with bounded():
        found = summary(PledgeFilters.parse(request.GET))
    return JsonResponse(found, headers={"Cache-Control": "no-cache"})
