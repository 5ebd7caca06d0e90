"""Write features as GeoJSON text inside PostGIS, from the declaration of a serializer.

A list of a thousand features costs one query and no work a row in Python; the same serializer
serves single features through Django REST framework.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogcapi.crs import CRS84, Crs
from geo.ogcapi.fields import column
from geo.ogcapi.layers import Layer


class Json(Func):
    """Any value as JSON; null becomes the word null."""

    template = "coalesce(to_json(%(expressions)s), 'null')"
    output_field = TextField()


class Row(Func):
    """Values as one JSON object with these names; written by one call for all of them."""

    template = "row_to_json((SELECT r FROM (SELECT {}) AS r))"
    output_field = TextField()

    def __init__(self, named: Mapping[str, Combinable]) -> None:
        self.names = tuple(named)
        super().__init__(*named.values())

    def as_sql(  # type: ignore[override]  # - Django takes lists of parameters too
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **options: Any
    ) -> tuple[str, list[Any]]:
        columns: list[str] = []
        values: list[Any] = []
        for name, each in zip(self.names, self.get_source_expressions(), strict=True):
            sql, parameters = compiler.compile(each)
            columns.append(f"{sql} AS {connection.ops.quote_name(name)}")
            values += parameters
        return self.template.format(", ".join(columns)), values


def properties(
    serializer: GeoFeatureModelSerializer,
) -> Iterator[tuple[str, serializers.Field]]:
    """Yield name and field of what a feature has beside its id and its geometry."""
    apart = {serializer.Meta.id_field, serializer.Meta.geo_field}
    for name, field in serializer.fields.items():
        if name not in apart and not field.write_only:
            yield name, field


def expression(field: serializers.Field) -> Combinable:
    """Return the value of a field as an ORM expression: its own, else the column it reads."""
    own = getattr(field, "expression", None)
    return own() if own else column(field)


def property_names(layer: Layer) -> list[str]:
    """Return the names of all properties of a layer's features."""
    return [name for name, _field in properties(layer.serializer())]


def feature(serializer: GeoFeatureModelSerializer, crs: Crs, chosen: frozenset[str] | None) -> Func:
    """Return the ORM expression of a whole feature as GeoJSON text, with the chosen properties.

    One format() around them: json_build_object would parse each boundary once more.
    """
    key = serializer.fields[serializer.Meta.id_field]
    shape = serializer.fields[serializer.Meta.geo_field]
    named = {n: f for n, f in properties(serializer) if chosen is None or n in chosen}
    written = expression(shape) if crs == CRS84 else crs.as_geojson(column(shape))
    return Func(
        Value('{"type":"Feature","id":%s,"geometry":%s,"properties":%s}'),
        Json(expression(key)),
        Coalesce(written, Value("null")),
        Row({name: expression(field) for name, field in named.items()}),
        function="format",
        output_field=TextField(),
    )


@lru_cache(maxsize=64)
def _compiled(
    layer: Layer, site: str, crs: Crs, chosen: frozenset[str] | None
) -> tuple[str, tuple]:
    """Return SQL and parameters that write each public row of a layer with its key.

    Cached, because making and compiling the expression costs more than the query of a short page.
    """
    written = feature(layer.serializer(context={"site": site}), crs, chosen)
    rows = layer.rows().order_by().annotate(written=written).values_list("pk", "written")
    return rows.query.sql_with_params()


# The keys as one value: a list of a thousand values would be parsed and planned one by one.
PAGE = "select key, written from ({rows}) as feature(key, written) where key = any(%s::bigint[])"


def write(
    layer: Layer,
    keys: Sequence[int],
    site: str,
    crs: Crs = CRS84,
    chosen: frozenset[str] | None = None,
) -> list[str]:
    """Return the features with these primary keys as GeoJSON text, in their order; one query.

    A row that is no longer public is left out. `site` begins the addresses in the features.
    """
    rows, parameters = _compiled(layer, site, crs, chosen)
    with connection.cursor() as cursor:
        wanted = f"{{{','.join(map(str, keys))}}}"
        cursor.execute(PAGE.format(rows=rows), [*parameters, wanted])
        found = dict(cursor.fetchall())
    return [found[key] for key in keys if key in found]
