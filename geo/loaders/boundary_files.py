"""Read areas from any file of polygons that OGR knows: GeoJSON, GeoPackage, shapefile."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.gis.gdal import DataSource, GDALException, SpatialReference
from django.contrib.gis.gdal.feature import Feature
from django.contrib.gis.geos import (
    GeometryCollection,
    GEOSGeometry,
    MultiPolygon,
    Point,
    Polygon,
)

from geo.loaders.datasets import DataMissing, DataRefused


@dataclass(frozen=True)
class Shape:
    """One area of a file, in degrees (SRID 4326). `label` is where its name is written."""

    code: str
    name: str
    name_cy: str
    parent_code: str
    boundary: MultiPolygon
    boundary_low: MultiPolygon | None
    label: Point


@dataclass(frozen=True)
class Fields:
    """Names of a file's columns; `code` and `name` must be there, the others may be None."""

    code: str = "code"
    name: str = "name"
    name_cy: str | None = None
    parent: str | None = None


def read(path: Path, fields: Fields, low: Path | None = None) -> list[Shape]:
    """Read a file of polygons, and a simplified one whose codes are the same.

    Raises DataMissing for a file that cannot be opened, DataRefused for one without the columns,
    without a coordinate system, with a code twice, or with anything but polygons.
    """
    codes_only = Fields(code=fields.code, name=fields.code)
    simplified = {code: boundary for code, _, boundary in _rows(low, codes_only)} if low else {}
    shapes = [
        Shape(
            code=code,
            name=_text(row, fields.name),
            name_cy=_text(row, fields.name_cy),
            parent_code=_text(row, fields.parent),
            boundary=boundary,
            boundary_low=simplified.get(code),
            label=boundary.point_on_surface,
        )
        for code, row, boundary in _rows(path, fields)
    ]
    if not shapes:
        raise DataRefused(f"{path} holds no area.")
    if low and (absent := {shape.code for shape in shapes} - set(simplified)):
        raise DataRefused(f"{low} lacks {', '.join(sorted(absent)[:5])}.")
    return shapes


def _rows(path: Path, fields: Fields) -> Iterator[tuple[str, Feature, MultiPolygon]]:
    """Yield code, row and boundary; a row is valid only until the next one is read."""
    try:
        source = DataSource(str(path))
        layer = source[0]
    except (GDALException, IndexError) as error:
        raise DataMissing(f"{path} cannot be read as a map file.") from error
    if layer.srs is None:
        raise DataRefused(f"{path} does not say its coordinate system.")
    wanted = [fields.code, fields.name, *filter(None, (fields.name_cy, fields.parent))]
    if missing := [name for name in wanted if name not in layer.fields]:
        raise DataRefused(
            f"{path} has no column {', '.join(missing)}. It has: {', '.join(layer.fields)}."
        )
    seen: set[str] = set()
    for row in layer:
        code = _text(row, fields.code)
        if not code or code in seen:
            raise DataRefused(f"{path}: the code {code!r} is empty or stands there twice.")
        seen.add(code)
        yield code, row, _boundary(row, path, code)


def _boundary(row: Feature, path: Path, code: str) -> MultiPolygon:
    geometry = row.geom
    geometry.set_3d(False)
    geometry.transform(SpatialReference(4326))
    repaired = GEOSGeometry(geometry.wkb, srid=4326).make_valid()
    parts = [part for part in _single(repaired) if isinstance(part, Polygon)]
    if not parts:
        raise DataRefused(f"{path}: {code} is not a polygon.")
    return MultiPolygon(parts, srid=4326)


def _single(geometry: GEOSGeometry) -> Iterator[GEOSGeometry]:
    """The single parts of a collection: repairs may leave lines beside the polygons."""
    if isinstance(geometry, GeometryCollection):
        for part in geometry:
            yield from _single(part)
    else:
        yield geometry


def _text(row: Feature, column: str | None) -> str:
    return str(row.get(column) or "").strip() if column else ""
