"""The formats in which whole collections are streamed: how a row is written in each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from geo.core.csv import FORMULA, NUMBER
from geo.ogcapi import links
from geo.ogcapi.features import expression, feature, properties
from geo.ogcapi.fields import RelatedCodesField, column, in_utc
from geo.ogcapi.layers import Layer
from geo.ogcapi.query import ItemsQuery


def _quoted(pattern: str) -> str:
    """Write a pattern of ours as SQL; a percent sign alone would stand for a parameter."""
    return "'" + pattern.replace("%", "%%") + "'"


class Cell(Func):
    """A value as a cell of CSV: quoted, and never a formula where a spreadsheet opens it."""

    template = (
        "(select coalesce('\"' || replace(case when cell.value ~ %(formula)s"
        " and cell.value !~ %(number)s then '''' || cell.value else cell.value end,"
        " '\"', '\"\"') || '\"', '') from (select (%(expressions)s)::text as value) as cell)"
    )
    output_field = TextField()

    def __init__(self, value: object) -> None:
        super().__init__(value, formula=_quoted(FORMULA), number=_quoted(NUMBER))


@dataclass(frozen=True)
class StreamedFormat:
    """One format: its media type, how a row is written, and what precedes and follows the rows."""

    title: str | Promise
    media: str
    row: Callable[[Layer, str, ItemsQuery], Func]
    before: Callable[[Layer, ItemsQuery], str]
    first: str
    between: str
    after: str


def _feature(layer: Layer, site: str, query: ItemsQuery) -> Func:
    return feature(layer.serializer(context={"site": site}), query.crs, query.properties)


def _columns(layer: Layer, query: ItemsQuery, site: str = "") -> dict[str, Combinable]:
    """Return the expression of each column by its name: id, longitude, latitude, the properties."""
    serializer = layer.serializer(context={"site": site})
    meta = serializer.Meta
    shape = column(serializer.fields[meta.geo_field])
    centre = Func(shape, function="ST_PointOnSurface")
    found: dict[str, Combinable] = {
        "id": expression(serializer.fields[meta.id_field]),
        "longitude": Func(centre, template="round(ST_X(%(expressions)s)::numeric, 6)"),
        "latitude": Func(centre, template="round(ST_Y(%(expressions)s)::numeric, 6)"),
    }
    for name, field in properties(serializer):
        if query.properties is None or name in query.properties:
            found[name] = cell_value(field)
    return found


def cell_value(field: serializers.Field) -> Combinable:
    """Return the value of a field as an expression; of a list its members, "; " between them."""
    value = expression(field)
    if isinstance(field, RelatedCodesField | serializers.ListField):
        return Func(value, Value("; "), function="array_to_string", output_field=TextField())
    return value


def _line(layer: Layer, site: str, query: ItemsQuery) -> Func:
    cells = [Cell(value) for value in _columns(layer, query, site).values()]
    return Func(Value(","), *cells, function="concat_ws", output_field=TextField())


def _opening(layer: Layer, query: ItemsQuery) -> str:
    stamp = in_utc(timezone.now())
    return f'{{"type": "FeatureCollection", "timeStamp": "{stamp}", "features": [\n'


STREAMED_FORMATS = {
    "geojson": StreamedFormat("GeoJSON", links.GEOJSON, _feature, _opening, "", ",\n", "\n]}\n"),
    # A record separator before each feature (RFC 8142): who lost a line finds the next.
    "geojsonseq": StreamedFormat(
        _("GeoJSON, a feature a line"),
        "application/geo+json-seq",
        _feature,
        lambda layer, query: "",
        "\x1e",
        "\n\x1e",
        "\n",
    ),
    "csv": StreamedFormat(
        _("Table (CSV)"),
        "text/csv",
        _line,
        lambda layer, query: "\ufeff" + ",".join(_columns(layer, query)),
        "\r\n",
        "\r\n",
        "\r\n",
    ),
}
