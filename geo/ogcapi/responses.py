"""What the answers of the service hold, as the OpenAPI document tells: schemas and responses."""

from django.utils.translation import gettext as _

from geo.live.messages import VERBS
from geo.ogcapi import links
from geo.ogcapi.export.formats import STREAMED_FORMATS
from geo.ogcapi.export.geofiles import FILE_FORMATS

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


def responses() -> dict[str, dict]:
    """Return an answer for each thing that can be asked for, by the name of its schema."""
    told = {
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
        for name, words in told.items()
    }
    forms = (*STREAMED_FORMATS.values(), *FILE_FORMATS.values())
    found["file"] = {"description": _("A file"), "content": {form.media: {} for form in forms}}
    return found
