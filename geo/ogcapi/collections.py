"""What describes a collection: its document with links, its JSON Schemas and its TileJSON."""

from typing import Protocol, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from geo.ogcapi import cql2, links
from geo.ogcapi.crs import CRS84, OFFERED
from geo.ogcapi.export.geofiles import FORMATS
from geo.ogcapi.export.models import BuiltFile
from geo.ogcapi.features import properties
from geo.ogcapi.fields import EnumField, in_utc, json_type
from geo.ogcapi.layers import Layer
from geo.tiles.grid import MOST_ZOOM


class Extensive(Protocol):
    """The QuerySet of a model with a geometry."""

    def extent(self) -> tuple[float, float, float, float] | None: ...


def describe(request: HttpRequest, layer: Layer) -> dict:
    """Return the collection's document (OGC API - Features, 7.14)."""
    found: dict[str, object] = {
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
    found: list[dict] = [
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
    sizes = dict(BuiltFile.objects.ready().filter(layer=name).values_list("form", "size"))
    for form, (media, words) in FORMATS.items():
        address = links.href(request, "export", name, form)
        link = links.link("enclosure", address, media, f"{title}: {words}")
        found.append(link | ({"length": sizes[form]} if form in sizes else {}))
    if layer.cluster:
        tiles_at = links.href(request, "tiles", name)
        found.append(links.link(links.TILES, tiles_at, links.JSON, _("Vector tiles: %s") % title))
    licence, address = layer.licence
    if address:
        found.append(
            links.link("license", request.build_absolute_uri(address), links.HTML, licence)
        )
    return found


def tilejson(request: HttpRequest, layer: Layer) -> dict:
    """Return the TileJSON 3.0 of a layer's vector tiles; filters may be added to its addresses."""
    at = reverse("vector-tile", kwargs={"layer": layer.name, "z": 0, "x": 0, "y": 0})
    pattern = request.build_absolute_uri(at).replace("0/0/0.mvt", "{z}/{x}/{y}.mvt")
    found: dict[str, object] = {
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
    if box := _box(layer):
        found["bounds"] = box
    return found


def _extent(layer: Layer) -> dict:
    """Return box and span of the data as they are now; without data there is neither."""
    found: dict = {}
    if box := _box(layer):
        found["spatial"] = {"bbox": [box], "crs": CRS84.uri}
    if layer.interval and (span := layer.interval()):
        found["temporal"] = {"interval": [[in_utc(end) for end in span]]}
    return found


def _box(layer: Layer) -> list[float] | None:
    """Return west, south, east and north of the data in degrees; None without data."""
    box = cast("Extensive", layer.rows()).extent()
    return box and [round(edge, 6) for edge in box]


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def feature_schema(layer: Layer, address: str) -> dict:
    """Return the schema of the features; `address` is its own."""
    serializer = layer.serializer()
    meta = serializer.Meta
    shape = serializer.fields[meta.geo_field]
    return {
        "$schema": DIALECT,
        "$id": address,
        "type": "object",
        "title": layer.title,
        "description": layer.description,
        "properties": {
            "id": {**_property_schema(serializer.fields[meta.id_field]), "x-ogc-role": "id"},
            "geometry": {
                "title": shape.label,
                "format": f"geometry-{shape.kind.lower()}",
                "x-ogc-role": "primary-geometry",
            },
            **{name: _property_schema(field) for name, field in properties(serializer)},
        },
    }


def queryables_schema(layer: Layer, address: str) -> dict:
    """Return the schema of the properties that `filter` may name (OGC 19-079r2, 6.2).

    The layer's own parameters, which mean more than equality, are in the API's definition.
    """
    schema = feature_schema(layer, address)
    known = cql2.queryables(layer)
    schema["properties"] = {
        name: each for name, each in schema["properties"].items() if name in known
    }
    return {**schema, "additionalProperties": False}


def _property_schema(field: serializers.Field) -> dict:
    found = {"title": field.label, **json_type(field)}
    if field.help_text:
        found["description"] = field.help_text
    if isinstance(field, EnumField):
        found["enum"] = list(field.words.values())
    return found
