"""Cluster tiles of any published layer."""

from collections.abc import Callable
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe
from orjson import dumps

from geo.core.filters import Filters
from geo.core.timeouts import bounded
from geo.ogcapi.layers import published_layers
from geo.tiles import mvt
from geo.tiles.grid import Tile

# A tile may be shown for this many seconds before it is requested again: counts are at most a
# second old, and a pan back and forth should cost nothing.
FRESH_SECONDS = 5

CACHED_TILES = 4096  # tiles in the memory of each process; most are a few kilobytes


@lru_cache(maxsize=CACHED_TILES)
def encoded(
    cluster: Callable, filters: Filters, at: Tile, version: int, demo: bool, vector: str = ""
) -> bytes:
    """Return the tile, made once for each state of the counts: GeoJSON, or the layer `vector`."""
    found = cluster(filters, at)
    if vector:
        marked = [
            {**each, "properties": {**each["properties"], "demo": demo}}
            for each in found["features"]
        ]
        return mvt.encode(vector, at, marked)
    return dumps({**found, "demo": demo})


@require_safe
def tile(
    request: HttpRequest, layer: str, z: int, x: int, y: int, form: str = "json"
) -> HttpResponse:
    """Answer one tile as GeoJSON or, where `form` is "mvt", as a vector tile.

    If-None-Match with the current version answers 304.
    """
    found = published_layers().get(layer)
    if found is None or found.cluster is None:
        raise Http404
    with bounded():
        filters = found.filters.parse(request.GET)
        at = Tile.at(z, x, y)
        version, demo = found.version(), found.demo()
        tag = f'"{layer}-{version}-{int(demo)}-{form}"'
        if _client_has(request, tag):
            response: HttpResponse = HttpResponseNotModified()
        else:
            vector = layer if form == "mvt" else ""
            body = encoded(found.cluster, filters, at, version, demo, vector)
            media = mvt.MEDIA if vector else "application/geo+json"
            response = HttpResponse(body, content_type=media)
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _client_has(request: HttpRequest, tag: str) -> bool:
    """Whether the client has it; what was compressed on its way came with the same tag, weak."""
    client_tags = parse_etags(request.headers.get("If-None-Match", ""))
    return tag in (each.removeprefix("W/") for each in client_tags)
