"""The properties that a filter may name: those of the features that have one plain value."""

from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    TextField,
)
from django.db.models.expressions import Combinable
from rest_framework import serializers

from geo.ogcapi.features import expression, properties
from geo.ogcapi.fields import (
    PageUrlField,
    RelatedCodesField,
    UtcDateTimeField,
    column,
    lookup_path,
    value_format,
)
from geo.ogcapi.layers import Layer

OUTPUTS: dict[str, type[Field]] = {
    "string": TextField,
    "boolean": BooleanField,
    "date": DateField,
    "date-time": DateTimeField,
}


@dataclass(frozen=True)
class Queryable:
    """Name and kind: one of OUTPUTS, "integer", "number" or "geometry"."""

    name: str
    kind: str
    expression: Combinable
    path: str

    @property
    def output(self) -> Field | None:
        if self.kind in ("integer", "number"):
            # Fractions are compared as they are.
            return DecimalField(max_digits=40, decimal_places=10)
        made = OUTPUTS.get(self.kind)
        return made() if made else None


def queryables(layer: Layer) -> dict[str, Queryable]:
    """Return what a filter of this layer may name."""
    serializer = layer.serializer()
    meta = serializer.Meta
    shape = serializer.fields[meta.geo_field]
    path = lookup_path(shape)
    found = {meta.geo_field: Queryable(meta.geo_field, "geometry", column(shape), path)}
    key = (meta.id_field, serializer.fields[meta.id_field])
    for name, field in (key, *properties(serializer)):
        if not isinstance(field, PageUrlField | RelatedCodesField | serializers.ListField):
            # A moment is compared as one, not as the text that it is written as.
            value = column(field) if isinstance(field, UtcDateTimeField) else expression(field)
            found[name] = Queryable(name, value_format(field), value, "")
    return found
