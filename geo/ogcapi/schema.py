"""JSON Schema of a collection's features and of its filters, read off the serializer."""

from rest_framework import serializers

from geo.ogcapi import cql2
from geo.ogcapi.features import properties
from geo.ogcapi.fields import EnumField, json_type
from geo.ogcapi.layers import Layer

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
            "id": {**_property(serializer.fields[meta.id_field]), "x-ogc-role": "id"},
            "geometry": {
                "title": shape.label,
                "format": f"geometry-{shape.kind.lower()}",
                "x-ogc-role": "primary-geometry",
            },
            **{name: _property(field) for name, field in properties(serializer)},
        },
    }


def queryables(layer: Layer, address: str) -> dict:
    """Return the schema of the properties that `filter` may name (OGC 19-079r2, 6.2).

    The layer's own parameters, which mean more than equality, are in the API's definition.
    """
    schema = feature_schema(layer, address)
    known = cql2.queryables(layer)
    schema["properties"] = {n: told for n, told in schema["properties"].items() if n in known}
    return {**schema, "additionalProperties": False}


def _property(field: serializers.Field) -> dict:
    found = {"title": field.label, **json_type(field)}
    if field.help_text:
        found["description"] = field.help_text
    if isinstance(field, EnumField):
        found["enum"] = list(field.words.values())
    return found
