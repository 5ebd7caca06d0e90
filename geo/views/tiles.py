"""Cluster tiles of any published layer."""

from collections.abc import Callable
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe
from orjson import dumps

from geo.filters import Filters
from geo.layers import Layers
from geo.reads import bounded
from geo.tiles import Tile

# A tile may be shown for this many seconds before it is asked for again: counts are at most a
# second old, and a pan back and forth should cost nothing.
FRESH_SECONDS = 5

KEPT = 4096  # tiles kept in memory by each process; most are a few kilobytes


@lru_cache(maxsize=KEPT)
def encoded(cluster: Callable, filters: Filters, at: Tile, version: int, demo: bool) -> bytes:
    """Return the tile's GeoJSON, made once for each state of the counts."""
    return dumps({**cluster(filters, at), "demo": demo})


@require_safe
def tile(request: HttpRequest, layers: Layers, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """Answer one tile as GeoJSON; If-None-Match with the current version answers 304."""
    found = layers.get(layer)
    if found is None or found.cluster is None:
        raise Http404
    with bounded():
        filters = found.filters.parse(request.GET)
        at = Tile.at(z, x, y)
        version, demo = found.version(), found.demo()
        tag = f'"{layer}-{version}-{int(demo)}"'
        if request.headers.get("If-None-Match") == tag:
            response: HttpResponse = HttpResponseNotModified()
        else:
            body = encoded(found.cluster, filters, at, version, demo)
            response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
