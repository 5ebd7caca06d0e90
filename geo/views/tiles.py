"""Cluster tiles of any published layer."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe
from orjson import dumps

from geo.layers import Layers
from geo.reads import bounded
from geo.tiles import Tile

# A tile may be shown for this many seconds before it is asked for again: counts are at most a
# second old, and a pan back and forth should cost nothing.
FRESH_SECONDS = 5


@require_safe
def tile(request: HttpRequest, layers: Layers, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """Answer one tile as GeoJSON; If-None-Match with the current version answers 304."""
    found = layers.get(layer)
    if found is None or found.cluster is None:
        raise Http404
    with bounded():
        filters = found.filters.parse(request.GET)
        at = Tile.at(z, x, y)
        tag = f'"{layer}-{found.version()}"'
        if request.headers.get("If-None-Match") == tag:
            response: HttpResponse = HttpResponseNotModified()
        else:
            body = dumps(found.cluster(filters, at))
            response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
