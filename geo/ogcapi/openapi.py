"""The OpenAPI 3.0 document: small, and with every filter, so that clients send their filters."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.live.messages import VERBS
from geo.ogcapi import links
from geo.ogcapi.crs import CRS84, OFFERED
from geo.ogcapi.export.geofiles import FORMATS
from geo.ogcapi.layers import Layer, Layers
from geo.ogcapi.query import DEFAULT_LIMIT, LANGUAGE, MOST

Parameters = dict[str, tuple[dict, Promise]]  # JSON Schema and description by name
TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
TEXTS = {"type": "array", "items": TEXT}
SHAPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(*required: str, **properties: dict) -> dict:
    return {"type": "object", "required": list(required), "properties": properties}


def _list(name: str) -> dict:
    return {"type": "array", "items": _ref(name)}


SCHEMAS = {
    "error": _object("code", "description", code=TEXT, description=TEXT),
    "link": _object("href", "rel", href=TEXT, rel=TEXT, type=TEXT, title=TEXT, length=NUMBER),
    "landing": _object("links", title=TEXT, description=TEXT, links=_list("link")),
    "conformance": _object("conformsTo", conformsTo=TEXTS),
    "collections": _object(
        "links", "collections", links=_list("link"), collections=_list("collection")
    ),
    "collection": _object(
        *("id", "links", "itemType", "crs", "storageCrs"),
        id=TEXT,
        title=TEXT,
        description=TEXT,
        attribution=TEXT,
        itemType={"type": "string", "enum": ["feature"]},
        crs=TEXTS,
        storageCrs=TEXT,
        extent=_object(spatial={"type": "object"}, temporal={"type": "object"}),
        demo=FLAG,
        links=_list("link"),
    ),
    "change": _object(
        *("id", "collection", "feature", "kind"),
        id=NUMBER,
        collection=TEXT,
        feature=TEXT,
        kind={"type": "string", "enum": list(VERBS.values())},
        href=TEXT,
    ),
    "changes": _object(
        *("at", "changes", "links"), at=NUMBER, changes=_list("change"), links=_list("link")
    ),
    "schema": _object("type", "properties", type=TEXT, properties={"type": "object"}),
    "tiles": _object("tilejson", "tiles", tilejson=TEXT, tiles=TEXTS, demo=FLAG),
    "geometry": {
        **_object(
            *("type", "coordinates"),
            type={"type": "string", "enum": list(SHAPES)},
            coordinates={"type": "array", "items": {}},
        ),
        "nullable": True,
    },
    "feature": _object(
        *("type", "id", "geometry", "properties"),
        type={"type": "string", "enum": ["Feature"]},
        id={"oneOf": [TEXT, {"type": "integer"}]},
        geometry=_ref("geometry"),
        properties={"type": "object"},
        links=_list("link"),
    ),
    "features": _object(
        *("type", "features", "numberReturned", "links"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list("feature"),
        numberMatched=NUMBER,
        numberReturned=NUMBER,
        links=_list("link"),
    ),
}
MEDIA = {"schema": links.SCHEMA, "features": links.GEOJSON, "feature": links.GEOJSON}

# The standard's own parameters of items: schema, and what to say of it.
COMMON: Parameters = {
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
        {"type": "string", "enum": list(OFFERED), "default": CRS84.uri},
        gettext_lazy("The reference system of the answer's coordinates."),
    ),
    "bbox-crs": (
        {"type": "string", "enum": list(OFFERED), "default": CRS84.uri},
        gettext_lazy("The reference system of the box, in the order of its axes."),
    ),
    "properties": (
        {"type": "array", "items": TEXT},
        gettext_lazy("The properties to answer, with commas between them; without it, all."),
    ),
    "filter": (
        TEXT,
        gettext_lazy(
            "A condition in CQL2 text on the properties that /queryables lists, such as "
            "likes > 3 AND CASEI(text) LIKE CASEI('%listen%')"
        ),
    ),
    "filter-lang": (
        {"type": "string", "enum": [LANGUAGE], "default": LANGUAGE},
        gettext_lazy("The language of the filter."),
    ),
    "filter-crs": (
        {"type": "string", "enum": list(OFFERED), "default": CRS84.uri},
        gettext_lazy("The reference system of the geometries in the filter."),
    ),
}


CHANGES_PAGE = 1000
# The parameters of /changes.
CHANGES: Parameters = {
    "since": (
        {"type": "integer", "format": "int64", "minimum": 0},
        gettext_lazy("The number `at` of the answer before; without it, only where the log ends."),
    ),
    "collection": (
        {"type": "array", "items": TEXT},
        gettext_lazy("Only changes of these collections, with commas between them."),
    ),
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": CHANGES_PAGE},
        gettext_lazy("How many entries of the log a page is about: 1,000, or up to 10,000."),
    ),
}
NEAR = gettext_lazy("Only features within a distance of a place: latitude,longitude,metres.")


def explained() -> list[tuple[str, Promise]]:
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
        "/": _get(_("Landing page"), "landing"),
        "/conformance": _get(_("What of the standard is implemented"), "conformance"),
        "/collections": _get(_("All collections"), "collections"),
    }
    changes = [_parameter(name, *each) for name, each in CHANGES.items()]
    paths["/changes"] = _get(_("What has changed since"), "changes", changes)
    paths["/changes"]["get"]["responses"]["410"] = _answer("error")
    for layer in layers.values():
        paths |= _paths(layer)
    parameters = {name: _parameter(name, *each) for name, each in COMMON.items()}
    parameters["featureId"] = {"name": "featureId", "in": "path", "required": True, "schema": TEXT}
    forms = {"type": "string", "enum": list(FORMATS)}
    parameters["form"] = {"name": "form", "in": "path", "required": True, "schema": forms}
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "description": description, "version": "1"},
        "servers": [{"url": address}],
        "paths": paths,
        "components": {
            "parameters": parameters,
            "schemas": SCHEMAS,
            "responses": _responses(),
        },
    }


def _parameter(name: str, schema: dict, words: str | Promise) -> dict:
    found = {"name": name, "in": "query", "description": words, "schema": schema}
    return found | {"style": "form", "explode": False} if schema["type"] == "array" else found


def _named(*names: str) -> list[dict]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _paths(layer: Layer) -> dict[str, dict]:
    here, title = f"/collections/{layer.name}", str(layer.title)
    # A filter is plain text here, as it may hold several words with commas between them.
    own = [_parameter(name, TEXT, words) for name, words, _words in filters(layer)]
    if layer.on_points:
        own.append(_parameter("near", TEXT, str(NEAR)))
    paths = {
        here: _get(title, "collection"),
        f"{here}/schema": _get(_("Schema of: %s") % title, "schema"),
        f"{here}/queryables": _get(_("Filters of: %s") % title, "schema"),
        f"{here}/items": _get(title, "features", _named(*COMMON) + own),
        f"{here}/items/{{featureId}}": _get(
            _("One of: %s") % title, "feature", _named("featureId", "crs")
        ),
        f"{here}/export.{{form}}": _get(
            _("All of: %s") % title, "file", _named("form", "bbox", "datetime", "filter", "crs")
        ),
    }
    # 202 until the worker has made the file.
    paths[f"{here}/export.{{form}}"]["get"]["responses"]["202"] = _answer("error")
    if layer.cluster:
        paths[f"{here}/tiles.json"] = _get(_("Vector tiles: %s") % title, "tiles")
    return paths


def _answer(name: str) -> dict:
    return {"$ref": f"#/components/responses/{name}"}


def _get(summary: str, answer: str, parameters: list[dict] | None = None) -> dict:
    return {
        "get": {
            "summary": summary,
            "parameters": parameters or [],
            "responses": {"200": _answer(answer), "default": _answer("error")},
        }
    }


def _responses() -> dict[str, dict]:
    """Return the responses by the name of their schema."""
    descriptions = {
        "landing": _("Landing page"),
        "conformance": _("What of the standard is implemented"),
        "collections": _("All collections"),
        "collection": _("A collection"),
        "changes": _("What has changed, oldest first; the kind `gone` is a tombstone"),
        "schema": _("Properties"),
        "tiles": _("Vector tiles"),
        "features": _("Features"),
        "feature": _("A feature"),
        "error": _("An error"),
    }
    found = {
        name: {
            "description": words,
            "content": {MEDIA.get(name, links.JSON): {"schema": _ref(name)}},
        }
        for name, words in descriptions.items()
    }
    found["file"] = {
        "description": _("A file"),
        "content": {media: {} for media, _title in FORMATS.values()},
    }
    return found
