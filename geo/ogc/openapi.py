"""The OpenAPI 3.0 document: small, and with every filter, so that clients send their filters."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.layers import Layer, Layers
from geo.ogc import links
from geo.ogc.query import CRS84, DEFAULT_LIMIT, MOST

TEXT = {"type": "string"}
ERROR = {"type": "object", "required": ["code", "description"]}
ERROR["properties"] = {"code": TEXT, "description": TEXT}
# The standard's own parameters of items: schema, and what to say of it.
COMMON = {
    "bbox": (
        {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
        gettext_lazy("Only features that touch this box: west,south,east,north in degrees."),
    ),
    "datetime": (
        TEXT,
        gettext_lazy(
            "Only features of this moment, day or interval: 2014-03-03, 2014-03-01/2014-03-31, "
            "2014-03-03T09:00:00Z/.."
        ),
    ),
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
        gettext_lazy("How many features a page has: 100, or up to 10,000."),
    ),
    "cursor": (TEXT, gettext_lazy("Where a page begins; found in the next and prev links.")),
    "crs": (
        {"type": "string", "enum": [CRS84]},
        gettext_lazy("Longitude and latitude in degrees, which is all that is offered."),
    ),
    "bbox-crs": (
        {"type": "string", "enum": [CRS84]},
        gettext_lazy("The same, for the box."),
    ),
}


def explained() -> list[tuple[str, str]]:
    """Return name and meaning of the parameters that every collection has."""
    return [(name, words) for name, (_schema, words) in COMMON.items()]


def filters(layer: Layer) -> list[tuple[str, str, list[str]]]:
    """Return name, meaning and possible words (none: any) of each filter of a layer."""
    return [
        (name, schema["description"], schema.get("enum") or schema.get("items", {}).get("enum", []))
        for name, schema in layer.parameters().items()
    ]


def document(layers: Layers, title: str, description: str, address: str) -> dict:
    """Return the document; `address` is that of the landing page, without a slash at the end."""
    paths = {
        "/": _get(_("Landing page"), links.JSON),
        "/conformance": _get(_("What of the standard is implemented"), links.JSON),
        "/collections": _get(_("All collections"), links.JSON),
    }
    for layer in layers.values():
        paths |= _paths(layer)
    parameters = {name: _parameter(name, *told) for name, told in COMMON.items()}
    parameters["featureId"] = {"name": "featureId", "in": "path", "required": True, "schema": TEXT}
    error = {"schema": {"$ref": "#/components/schemas/error"}}
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "description": description, "version": "1"},
        "servers": [{"url": address}],
        "paths": paths,
        "components": {
            "parameters": parameters,
            "schemas": {"error": ERROR},
            "responses": {
                "error": {"description": _("An error"), "content": {links.JSON: error}},
            },
        },
    }


def _parameter(name: str, schema: dict, words: str) -> dict:
    return {
        "name": name,
        "in": "query",
        "description": words,
        "schema": schema,
        "style": "form",
        "explode": False,
    }


def _paths(layer: Layer) -> dict[str, dict]:
    here, title = f"/collections/{layer.name}", str(layer.title)
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in COMMON]
    # A filter is plain text here, as it may hold several words with commas between them.
    own = [_parameter(name, TEXT, words) for name, words, _words in filters(layer)]
    feature = [{"$ref": "#/components/parameters/featureId"}]
    return {
        here: _get(title, links.JSON),
        f"{here}/schema": _get(_("Schema of: %s") % title, links.SCHEMA),
        f"{here}/queryables": _get(_("Filters of: %s") % title, links.SCHEMA),
        f"{here}/items": _get(title, links.GEOJSON, shared + own),
        f"{here}/items/{{featureId}}": _get(_("One of: %s") % title, links.GEOJSON, feature),
    }


def _get(summary: str, media: str, parameters: list[dict] | None = None) -> dict:
    content = {media: {"schema": {"type": "object"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {
                "200": {"description": summary, "content": content},
                "default": {"$ref": "#/components/responses/error"},
            },
        }
    }
