"""A dashboard as files: CSV, GeoPackage and PDF, with the numbers of the page and no others."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from pyogrio.raw import write

from geo.areas.models import Area
from geo.core.csv import dumps
from geo.core.pdf import render
from geo.core.tables import Row, Table
from hubs.dashboards.dashboard import Dashboard
from hubs.dashboards.query import code_of, name_of

HEAD = (
    "place",
    "name",
    "since",
    "until",
    "filters",
    "table",
    "row",
    "row_name",
    "measure",
    "value",
)
Line = tuple[str, ...]


def to_csv(dashboard: Dashboard) -> str:
    """Return CSV: a line a number, each saying of what, for when and of which table."""
    return dumps([HEAD, *lines_of(dashboard)])


def lines_of(dashboard: Dashboard) -> Iterator[Line]:
    """Yield every number of the page; empty where there is none, "hidden" where it is hidden."""
    query = dashboard.query
    days = [day.isoformat() if day else "" for day in (query.period.since, query.period.until)]
    filters = query.filters.without_days().query_string()
    place = (code_of(query.subject), name_of(query.subject), *days, filters)
    for table in dashboard.tables:
        for *names, value in table.records():
            yield (*place, table.key, *map(str, names), str(value))
    if dashboard.silent:
        number = str(dashboard.silent.number)
        yield (*place, "organisations_without", "total", _("All"), "organisations", number)


def to_geopackage(dashboard: Dashboard) -> bytes:
    """Return a GeoPackage: areas with their boundaries and numbers, and `figures`, every number.

    Areas are in EPSG:4326. What is elsewhere in a region is in `figures` alone: it has no shape.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dashboard.gpkg"
        made = False
        for table in (dashboard.districts, dashboard.regions):
            if table and _write_areas(path, table, append=made):
                made = True
        _write_figures(path, dashboard, append=made)
        return path.read_bytes()


def _write_areas(path: Path, table: Table, *, append: bool) -> bool:
    kind = Area.Kind.DISTRICT if table.key == "districts" else Area.Kind.REGION
    linked = {str(row.key) for row in table.parts if row.link}
    areas = {area.code: area for area in Area.objects.filter(kind=kind, code__in=linked)}
    rows = [row for row in table.parts if row.link and row.key in areas]
    if not rows:
        return False
    codes = [str(row.key) for row in rows]
    shapes = np.array([bytes(areas[code].boundary.wkb) for code in codes], dtype=np.object_)
    columns = [_text(codes), _text([row.title for row in rows])]
    columns += [_column(rows, at) for at in range(len(table.columns))]
    names = ["code", "name", *(column.key for column in table.columns)]
    write(
        path,
        shapes,
        columns,
        names,
        layer=table.key,
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        append=append,
    )
    return True


def _column(rows: list[Row], at: int) -> np.ndarray:
    values = [row.values[at] for row in rows]
    if all(isinstance(value, int) for value in values):
        return np.array(values, dtype=np.int64)
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _text(words: list[str]) -> np.ndarray:
    return np.array(words, dtype=np.object_)


def _write_figures(path: Path, dashboard: Dashboard, *, append: bool) -> None:
    lines = list(lines_of(dashboard))
    columns = [_text([line[at] for line in lines]) for at in range(len(HEAD))]
    write(
        path,
        None,
        columns,
        list(HEAD),
        layer="figures",
        driver="GPKG",
        geometry_type=None,
        crs=None,
        append=append,
    )


def to_pdf(context: dict) -> bytes:
    """Return the page for A4 as PDF/UA-1, tagged. Raises PdfUnavailable."""
    return render("hubs/dashboards/report.html", context)
