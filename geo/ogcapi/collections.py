"""The description of a collection: where it is, from when, by what licence, and its links."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from geo.ogcapi import links
from geo.ogcapi.crs import CRS84, OFFERED
from geo.ogcapi.export.formats import STREAMED_FORMATS
from geo.ogcapi.export.geofiles import FILE_FORMATS
from geo.ogcapi.export.models import BuiltFile
from geo.ogcapi.fields import in_utc
from geo.ogcapi.layers import Layer
from geo.tiles.grid import MOST_ZOOM


def describe(request: HttpRequest, layer: Layer) -> dict:
    """Return the collection's document (OGC API - Features, 7.14)."""
    found = {
        "id": layer.name,
        "title": layer.title,
        "description": layer.description,
        "attribution": layer.attribution,
        "itemType": "feature",
        "crs": list(OFFERED),
        "storageCrs": CRS84.uri,
        "demo": layer.demo(),
        "links": _links(request, layer),
    }
    if extent := _extent(layer):
        found["extent"] = extent
    return found


def _links(request: HttpRequest, layer: Layer) -> list[dict]:
    name, title = layer.name, layer.title
    here, items = links.href(request, "collection", name), links.href(request, "items", name)
    found = [
        links.link("self", here, links.JSON, title),
        links.html_alternate(here, title),
        links.link("items", items, links.GEOJSON, title),
        links.link("items", f"{items}?f=html", links.HTML, title),
        links.link(
            "describedby",
            links.href(request, "schema", name),
            links.SCHEMA,
            _("Schema of: %s") % title,
        ),
        links.link(
            links.QUERYABLES,
            links.href(request, "queryables", name),
            links.SCHEMA,
            _("Properties to filter by: %s") % title,
        ),
    ]
    for form, told in STREAMED_FORMATS.items():
        address = links.href(request, "export", name, form)
        found.append(links.link("enclosure", address, told.media, f"{title}: {told.title}"))
    made = dict(BuiltFile.objects.ready().filter(layer=name).values_list("form", "size"))
    for form, told in FILE_FORMATS.items():
        address = links.href(request, "export", name, form)
        link = links.link("enclosure", address, told.media, f"{title}: {told.title}")
        found.append(link | ({"length": made[form]} if form in made else {}))
    if layer.cluster:
        tiles_at = links.href(request, "tiles", name)
        found.append(links.link(links.TILES, tiles_at, links.JSON, _("Vector tiles: %s") % title))
    licence, address = layer.licence
    if address:
        found.append(
            links.link("license", request.build_absolute_uri(address), links.HTML, licence)
        )
    return found


def tiles(request: HttpRequest, layer: Layer) -> dict:
    """Return the TileJSON 3.0 of a layer's vector tiles; filters may be added to its addresses."""
    at = reverse("vector-tile", kwargs={"layer": layer.name, "z": 0, "x": 0, "y": 0})
    pattern = request.build_absolute_uri(at).replace("0/0/0.mvt", "{z}/{x}/{y}.mvt")
    found = {
        "tilejson": "3.0.0",
        "name": str(layer.title),
        "description": str(layer.description),
        "attribution": str(layer.attribution),
        "tiles": [pattern],
        "minzoom": 0,
        "maxzoom": MOST_ZOOM,
        "vector_layers": [{"id": layer.name, "fields": {"count": "Number", "demo": "Boolean"}}],
        "demo": layer.demo(),
    }
    if box := layer.rows().extent():
        found["bounds"] = [round(edge, 6) for edge in box]
    return found


def _extent(layer: Layer) -> dict:
    """Return box and span of the data as they are now; without data there is neither."""
    found: dict = {}
    if box := layer.rows().extent():
        found["spatial"] = {"bbox": [[round(edge, 6) for edge in box]], "crs": CRS84.uri}
    if layer.interval and (span := layer.interval()):
        found["temporal"] = {"interval": [[in_utc(end) for end in span]]}
    return found
