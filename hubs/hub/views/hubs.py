"""The pages of hubs that everybody sees: all of them, one, and the search for one's own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.timeouts import bounded
from geo.maps.shades import SHADES
from hubs.hub import maps
from hubs.hub.area_summary import AreaSummary
from hubs.hub.local import HubSearch, hubs_near, search_hubs
from hubs.hub.models import Hub
from pledges.sections import sections_of


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All hubs, on a map and by name. A search is posted: a location is part of no address."""
    search = _search(request.POST) if request.method == "POST" else None
    with bounded():
        context = {
            "hubs": list(Hub.objects.prefetch_related("areas")),
            "search": search,
            "map": maps.all_hubs(),
            "tile_attribution": settings.TILE_SERVER_ATTRIBUTION,
        }
        return render(request, "hubs/hub/index.html", context)


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """One hub: who it is, how to reach it, and what goes on in its area now."""
    with bounded():
        found = get_object_or_404(Hub.objects.prefetch_related("areas"), slug=slug)
        summary = AreaSummary.of(found)
        context = {
            "hub": found,
            "summary": summary,
            "map": maps.of_hub(found, summary.districts) if summary.districts else None,
            "shades": range(SHADES + 1),
            "tile_attribution": settings.TILE_SERVER_ATTRIBUTION,
            "sections": sections_of(found, "HUB_SECTIONS"),
        }
        return render(request, "hubs/hub/hub.html", context)


def _search(form: QueryDict) -> HubSearch:
    if form.get("lat") and form.get("lon"):
        return hubs_near(params.point(form))
    pick = params.text(form, "pick")
    number = params.integer("pick", pick, 0, 100) if pick else None
    return search_hubs(params.text(form, "place"), number)
