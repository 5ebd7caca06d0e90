"""The pages of hubs that everybody sees: all of them, one, and the search for one's own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.timeouts import bounded
from geo.maps.shades import SHADES
from hubs.hub import finding, maps
from hubs.hub.area_summary import Here
from hubs.hub.models import Hub
from pledges.sections import sections_of


@csrf_exempt  # a search changes nothing, and a token would make the page one visitor's own
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All hubs, on a map and by name. Where somebody is, they post, and so it is in no address."""
    found = _searched(request.POST) if request.method == "POST" else None
    with bounded():
        context = {
            "hubs": list(Hub.objects.prefetch_related("areas")),
            "found": found,
            "map": maps.all_hubs(),
            "tile_attribution": settings.TILE_SERVER_ATTRIBUTION,
        }
        return render(request, "hubs/hub/index.html", context)


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """One hub: who it is, how to reach it, and what goes on in its area now."""
    with bounded():
        found = get_object_or_404(Hub.objects.prefetch_related("areas"), slug=slug)
        here = Here.of(found)
        context = {
            "hub": found,
            "here": here,
            "map": maps.of_hub(found, here.districts) if here.districts else None,
            "shades": range(SHADES + 1),
            "tile_attribution": settings.TILE_SERVER_ATTRIBUTION,
            "sections": sections_of(found, "HUB_SECTIONS"),
        }
        return render(request, "hubs/hub/hub.html", context)


def _searched(form: QueryDict) -> finding.Found:
    if form.get("lat") and form.get("lon"):
        return finding.around(params.point(form))
    pick = params.integer("pick", form["pick"], 0, 100) if form.get("pick") else None
    return finding.search(params.text(form, "place"), pick)
