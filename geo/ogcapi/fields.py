"""Serializer fields of features, each written in two ways: in Python for one, in SQL for a list.

`to_representation` is what Django REST framework calls; `expression` answers the same value as an
ORM expression, from which PostGIS writes lists. A plain field of the framework needs neither: its
value is its column.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, Manager, Model, OuterRef, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from rest_framework import serializers
from rest_framework_gis.fields import GeometryField

from geo.core.functions import LONDON, LondonDay

TO_THE_SECOND = "%Y-%m-%dT%H:%M:%SZ"


def in_utc(moment: datetime.datetime) -> str:
    """Write a moment as the API does: 2014-03-03T09:30:00Z."""
    return moment.astimezone(datetime.UTC).strftime(TO_THE_SECOND)


def follow_path(instance: Model, source: str) -> Any:
    """Return the value at a dotted path; None where the path ends early."""
    value: Any = instance
    for step in source.split("."):
        if value is None:
            return None
        value = getattr(value, step)
    return value


def column(field: serializers.Field) -> F:
    """Return the column that a field reads as an expression."""
    return F(lookup_path(field))


def lookup_path(field: serializers.Field) -> str:
    """Return the path of a field's source as queries write it: `organisation__code`."""
    return str(field.source).replace(".", "__")


class ShapeField(GeometryField):
    """A geometry in degrees (CRS84), to `precision` decimals: 6 is a tenth of a metre."""

    def __init__(self, kind: str, precision: int = 6, **options: Any) -> None:
        self.kind = kind  # GeoJSON type of the geometries: Point, MultiPolygon
        super().__init__(precision=precision, **options)

    def expression(self) -> Combinable:
        return AsGeoJSON(column(self), precision=self.precision)


class EnumField(serializers.Field):
    """A stored code, shown as a stable word of the API that no translation changes."""

    def __init__(self, words: Mapping[object, str], **options: Any) -> None:
        self.words = dict(words)
        super().__init__(**options)

    def to_representation(self, value: object) -> str | None:
        return self.words.get(value)

    def expression(self) -> Combinable:
        path = lookup_path(self)
        cases = [When(**{path: code}, then=Value(word)) for code, word in self.words.items()]
        return Case(*cases, output_field=TextField())


class UtcDateTimeField(serializers.DateTimeField):
    """A moment in UTC, to the second: 2014-03-03T09:30:00Z."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format=TO_THE_SECOND, default_timezone=datetime.UTC, **options)

    def expression(self) -> Combinable:
        return Func(
            column(self),
            template="""to_char(timezone('UTC', %(expressions)s), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""",
            output_field=TextField(),
        )


class LondonDateField(serializers.DateField):
    """The calendar day in Europe/London of a stored moment."""

    def to_representation(self, value: datetime.date) -> Any:
        moment = cast("datetime.datetime", value)
        return super().to_representation(moment.astimezone(LONDON).date())

    def expression(self) -> Combinable:
        return LondonDay(column(self))


class CountField(serializers.IntegerField):
    """A number from a side table: zero where the side table has no row."""

    def get_attribute(self, instance: Model) -> int:
        return super().get_attribute(instance) or 0

    def expression(self) -> Combinable:
        return Coalesce(column(self), Value(0))


class FirstOfField(serializers.Field):
    """The first of several sources that is neither null nor empty."""

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        super().__init__(source="*", **options)

    def to_representation(self, instance: Model) -> str | None:
        found = (follow_path(instance, source) for source in self.sources)
        return next((value for value in found if value), None)

    def expression(self) -> Combinable:
        return first_of(self.sources)


def first_of(sources: Iterable[str]) -> Combinable:
    empty = Value("", output_field=TextField())
    filled = [NullIf(Cast(F(each.replace(".", "__")), TextField()), empty) for each in sources]
    return Coalesce(*filled) if len(filled) > 1 else filled[0]


class SwitchField(serializers.Field):
    """One of several sources, by the code in the field `by`; null for any other code."""

    def __init__(self, by: str, sources: Mapping[int, str], **options: Any) -> None:
        self.by, self.sources = by, dict(sources)
        super().__init__(source="*", **options)

    def to_representation(self, instance: Model) -> str | None:
        source = self.sources.get(follow_path(instance, self.by))
        return follow_path(instance, source) if source else None

    def expression(self) -> Combinable:
        cases = [
            When(**{self.by: code}, then=F(s.replace(".", "__")))
            for code, s in self.sources.items()
        ]
        return Case(*cases, output_field=TextField())


class PageUrlField(serializers.Field):
    """Address of the page about a feature. `path` holds {} where the first of `sources` goes."""

    def __init__(self, path: str, *sources: str, **options: Any) -> None:
        self.path, self.key = path, FirstOfField(*sources)
        super().__init__(source="*", **options)

    def _ends(self) -> tuple[str, str]:
        before, after = self.path.split("{}")
        return self.context.get("site", "") + before, after

    def to_representation(self, instance: Model) -> str:
        before, after = self._ends()
        return f"{before}{self.key.to_representation(instance)}{after}"

    def expression(self) -> Combinable:
        before, after = self._ends()
        return Func(
            Value(before),
            first_of(self.key.sources),
            Value(after),
            function="concat",
            output_field=TextField(),
        )


class RelatedCodesField(serializers.Field):
    """Sorted codes of the rows at the other end of a many-to-many relation."""

    def __init__(self, *sources: str, **options: Any) -> None:
        self.key = FirstOfField(*sources)
        super().__init__(**options)

    def to_representation(self, related: Manager) -> list[str]:
        return sorted(self.key.to_representation(row) or "" for row in related.all())

    def expression(self) -> Combinable:
        serializer: Any = self.parent
        relation = serializer.Meta.model._meta.get_field(self.source)
        others = relation.related_model.objects.filter(
            **{relation.remote_field.name: OuterRef("pk")}
        )
        coded = others.order_by().values_list(first_of(self.key.sources))
        return Func(
            ArraySubquery(coded),
            template='array(select unnest(%(expressions)s) collate "C" order by 1)',
            output_field=ArrayField(TextField()),
        )


# The first class that a field is an instance of decides its type; all others are text.
TYPES: tuple[tuple[type | tuple[type, ...], dict], ...] = (
    (serializers.BooleanField, {"type": "boolean"}),
    (serializers.IntegerField, {"type": "integer"}),
    (serializers.FloatField, {"type": "number"}),
    (UtcDateTimeField, {"type": "string", "format": "date-time"}),
    ((serializers.DateField, LondonDateField), {"type": "string", "format": "date"}),
    (PageUrlField, {"type": "string", "format": "uri"}),
    ((serializers.ListField, RelatedCodesField), {"type": "array", "items": {"type": "string"}}),
)


def json_type(field: serializers.Field) -> dict:
    """Return type and format of a field's value, in the words of JSON Schema."""
    return next((kind for types, kind in TYPES if isinstance(field, types)), {"type": "string"})


def value_format(field: serializers.Field) -> str:
    """Return the format of a field's value where it has one, else its type."""
    kind = json_type(field)
    return kind.get("format", kind["type"])
