"""GeoPackage and FlatGeobuf of a whole collection, written in batches: memory does not grow.

One cursor in one transaction feeds the GeoPackage, some thousand rows at a time. FlatGeobuf takes
no rows once it is closed, so it is streamed out of a GeoPackage, batch by batch inside GDAL.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyogrio.raw import open_arrow, write, write_arrow

from geo.core.timeouts import bounded
from geo.ogcapi.export.formats import STREAMED_FORMATS, cell_value
from geo.ogcapi.features import properties
from geo.ogcapi.fields import column, lookup_path, value_format
from geo.ogcapi.layers import Layer

BATCH = 20_000  # rows in memory at a time
BATCH_TIMEOUT_MS = 60_000  # milliseconds that a batch may cost the database
CRS = "EPSG:4326"
UTC = 100  # as GDAL writes time zones: quarters of an hour, and a hundred more
Rows = list[tuple]


def geopackage(layer: Layer, path: Path, about: Mapping[str, str]) -> int:
    """Write all features, with `about` as metadata; return how many there are.

    `about["site"]` begins the addresses in the features. Times are in UTC.
    """
    return _geopackage(layer, layer.rows(), path, about, "YES")


def _geopackage(
    layer: Layer, rows: QuerySet, path: Path, about: Mapping[str, str], index: str
) -> int:
    serializer = layer.serializer(context={"site": about["site"]})
    shape = serializer.fields[serializer.Meta.geo_field]
    fields = {"id": serializer.fields[serializer.Meta.id_field], **dict(properties(serializer))}
    kinds = {name: value_format(field) for name, field in fields.items()}
    values = [cell_value(field) for field in fields.values()]
    written = 0
    with bounded(BATCH_TIMEOUT_MS):
        found = rows.order_by(*layer.order).values_list(AsWKB(column(shape)), *values)
        for batch in batches(found.iterator(chunk_size=BATCH)):
            shapes, *columns = zip(*batch, strict=True) if batch else [()] * (1 + len(fields))
            arrays = [array(*each) for each in zip(kinds.values(), columns, strict=True)]
            write(
                path,
                np.array([each and bytes(each) for each in shapes], dtype=object),
                [data for data, _missing in arrays],
                list(fields),
                field_mask=[missing for _data, missing in arrays],
                layer=layer.name,
                driver="GPKG",
                geometry_type=shape.kind,
                crs=CRS,
                append=written > 0,
                gdal_tz_offsets={
                    name: np.full(len(batch), UTC) for name in kinds if kinds[name] == "date-time"
                },
                layer_metadata=None if written else dict(about),
                layer_options={"SPATIAL_INDEX": index},
            )
            written += len(batch)
    return written


def flatgeobuf(layer: Layer, path: Path, about: Mapping[str, str]) -> int:
    """Write all features that have a place, indexed by it; return how many there are.

    Those without are left out: the index of this format has no room for them.
    """
    between = path.with_suffix(".gpkg")
    placed = layer.rows().exclude(**{f"{geometry_column(layer)}__isnull": True})
    written = _geopackage(layer, placed, between, about, "NO")
    with open_arrow(between, layer=layer.name, batch_size=BATCH) as (info, rows):
        write_arrow(
            rows,
            path,
            layer=layer.name,
            driver="FlatGeobuf",
            geometry_type=info["geometry_type"],
            geometry_name=info["geometry_name"] or "wkb_geometry",
            crs=CRS,
            layer_metadata=dict(about),
            layer_options={"TITLE": str(layer.title), "DESCRIPTION": str(layer.description)},
        )
    between.unlink()
    return written


def geometry_column(layer: Layer) -> str:
    """Return the name of the column of the geometry."""
    serializer = layer.serializer()
    return lookup_path(serializer.fields[serializer.Meta.geo_field])


def batches(rows: Iterator[tuple]) -> Iterator[Rows]:
    """Yield rows in batches; a single empty one where there are none, as that is a layer too."""
    yield list(islice(rows, BATCH))
    while batch := list(islice(rows, BATCH)):
        yield batch


def array(kind: str, values: tuple) -> tuple[np.ndarray, np.ndarray | None]:
    """Return a column as GDAL takes it; and where values are missing, if no value can say so."""
    if kind == "date":
        return np.array(values, dtype="datetime64[D]"), None
    if kind == "date-time":
        return np.array([each and each[:-1] for each in values], dtype="datetime64[ms]"), None
    if kind in ("integer", "boolean"):
        missing = np.array([each is None for each in values], dtype=bool)
        plain = [each or 0 for each in values]
        return np.array(plain, dtype=np.int64 if kind == "integer" else bool), missing
    if kind == "number":
        return np.array([np.nan if each is None else each for each in values], dtype=float), None
    return np.array([each if each is None else str(each) for each in values], dtype=object), None


@dataclass(frozen=True)
class FileFormat:
    """A form of file that is made beforehand: its media type, and what writes it."""

    title: str | Promise
    media: str
    write: Callable[[Layer, Path, Mapping[str, str]], int]


FILE_FORMATS = {
    "gpkg": FileFormat(_("GeoPackage"), "application/geopackage+sqlite3", geopackage),
    "fgb": FileFormat(_("FlatGeobuf"), "application/flatgeobuf", flatgeobuf),
}
# Media type and title of every format of files, those that are streamed first.
FORMATS: dict[str, tuple[str, str | Promise]] = {
    **{name: (each.media, each.title) for name, each in STREAMED_FORMATS.items()},
    **{name: (each.media, each.title) for name, each in FILE_FORMATS.items()},
}
