"""The OpenAPI 3.0 document: small, and with every filter, so that clients send their filters."""

from django.utils.translation import gettext as _

from geo.layers import Layer, Layers
from geo.ogc import links
from geo.ogc.query import CRS84, DEFAULT_LIMIT, MOST


def document(layers: Layers, title: str, description: str, address: str) -> dict:
    """Return the document; `address` is that of the landing page, without a slash at the end."""
    paths = {
        "/": _get(_("Landing page"), links.JSON),
        "/conformance": _get(_("What of the standard is implemented"), links.JSON),
        "/collections": _get(_("All collections"), links.JSON),
    }
    for layer in layers.values():
        paths |= _paths(layer)
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "description": description, "version": "1"},
        "servers": [{"url": address}],
        "paths": paths,
        "components": {
            "parameters": PARAMETERS,
            "schemas": {"error": ERROR},
            "responses": {
                "error": {
                    "description": "An error",
                    "content": {links.JSON: {"schema": {"$ref": "#/components/schemas/error"}}},
                }
            },
        },
    }


ERROR = {
    "type": "object",
    "required": ["code", "description"],
    "properties": {"code": {"type": "string"}, "description": {"type": "string"}},
}
FORM = {
    "style": "form",
    "explode": False,
}
PARAMETERS = {
    "bbox": {
        "name": "bbox",
        "in": "query",
        "description": "west,south,east,north in degrees",
        "schema": {
            "type": "array",
            "minItems": 4,
            "maxItems": 6,
            "items": {"type": "number"},
        },
        **FORM,
    },
    "limit": {
        "name": "limit",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
        **FORM,
    },
    "datetime": {
        "name": "datetime",
        "in": "query",
        "description": "A date-time, or two with / between them; .. for an open end",
        "schema": {"type": "string"},
        **FORM,
    },
    "cursor": {
        "name": "cursor",
        "in": "query",
        "description": "Where the page begins; taken from a next or prev link",
        "schema": {"type": "string"},
        **FORM,
    },
    "crs": {
        "name": "crs",
        "in": "query",
        "schema": {"type": "string", "enum": [CRS84]},
        **FORM,
    },
    "bbox-crs": {
        "name": "bbox-crs",
        "in": "query",
        "schema": {"type": "string", "enum": [CRS84]},
        **FORM,
    },
    "featureId": {
        "name": "featureId",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
    },
}
COMMON = ("bbox", "limit", "datetime", "cursor", "crs", "bbox-crs")


def _paths(layer: Layer) -> dict[str, dict]:
    here, title = f"/collections/{layer.name}", str(layer.title)
    shared = [{"$ref": f"#/components/parameters/{name}"} for name in COMMON]
    filters = [_filter(name, schema) for name, schema in layer.parameters().items()]
    feature = [{"$ref": "#/components/parameters/featureId"}]
    return {
        here: _get(title, links.JSON),
        f"{here}/schema": _get(_("Schema of: %s") % title, links.SCHEMA),
        f"{here}/queryables": _get(_("Filters of: %s") % title, links.SCHEMA),
        f"{here}/items": _get(title, links.GEOJSON, shared + filters),
        f"{here}/items/{{featureId}}": _get(_("One of: %s") % title, links.GEOJSON, feature),
    }


def _filter(name: str, schema: dict) -> dict:
    """Return a filter as a parameter of plain text: it may hold several words with commas."""
    return {
        "name": name,
        "in": "query",
        "description": str(schema.get("description", "")),
        "schema": {"type": "string"},
        **FORM,
    }


def _get(summary: str, media: str, parameters: list[dict] | None = None) -> dict:
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {
                "200": {
                    "description": summary,
                    "content": {media: {"schema": {"type": "object"}}},
                },
                "default": {"$ref": "#/components/responses/error"},
            },
        }
    }
