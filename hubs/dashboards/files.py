"""A dashboard as files: CSV, GeoPackage and PDF, with the numbers of the page and no others."""

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from pyogrio.raw import write

from geo.areas.models import Area
from geo.core.csv import safe
from hubs.dashboards.asked import code_of, name_of
from hubs.dashboards.build import Dashboard
from hubs.dashboards.tables import PEOPLE, Column, Row, Table
from pledges.certificates.printing import paper

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


def table(dashboard: Dashboard) -> str:
    """Return CSV (RFC 4180): a line a number, each saying of what, for when and of which table."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEAD)
    lines.writerows([safe(cell) for cell in line] for line in lines_of(dashboard))
    return written.getvalue()


def lines_of(dashboard: Dashboard) -> Iterator[Line]:
    """Yield every number of the page; empty where there is none, "hidden" where it is hidden."""
    asked = dashboard.asked
    period = asked.period
    days = [day.isoformat() if day else "" for day in (period.since, period.until)]
    filters = asked.filters.without_days().query_string()
    place = (code_of(asked.subject), name_of(asked.subject), *days, filters)
    for shown in dashboard.tables:
        for row in shown.rows:
            for column, value in zip(shown.columns, row.values, strict=True):
                yield (*place, shown.key, row.key, row.title, column.key, _plain(column, value))
    if dashboard.silent:
        number = str(dashboard.silent.number)
        yield (*place, "organisations_without", "total", _("All"), "organisations", number)


def _plain(column: Column, value: float | None) -> str:
    if value is None:
        return "hidden" if column.kind == PEOPLE else ""
    return str(value) if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")


def geopackage(dashboard: Dashboard) -> bytes:
    """Return a GeoPackage: areas with their boundaries and numbers, and `figures`, every number.

    Areas are in EPSG:4326. What is elsewhere in a region is in `figures` alone: it has no shape.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dashboard.gpkg"
        made = False
        for shown in (dashboard.districts, dashboard.regions):
            if shown and _write_areas(path, shown, append=made):
                made = True
        _write_figures(path, dashboard, append=made)
        return path.read_bytes()


def _write_areas(path: Path, shown: Table, *, append: bool) -> bool:
    kind = Area.Kind.DISTRICT if shown.key == "districts" else Area.Kind.REGION
    codes = {row.key for row in shown.parts if row.link}
    areas = {area.code: area for area in Area.objects.filter(kind=kind, code__in=codes)}
    rows = [row for row in shown.parts if row.link and row.key in areas]
    if not rows:
        return False
    shapes = np.array([bytes(areas[row.key].boundary.wkb) for row in rows], dtype=object)
    columns = [_text([row.key for row in rows]), _text([row.title for row in rows])]
    columns += [_column(rows, at) for at in range(len(shown.columns))]
    names = ["code", "name", *(column.key for column in shown.columns)]
    write(
        path,
        shapes,
        columns,
        names,
        layer=shown.key,
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
    return np.array(words, dtype=object)


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


def report(context: dict) -> bytes:
    """Return the page for A4 as PDF/UA-1, tagged. Raises NoPrinter."""
    return paper(render_to_string("hubs/dashboards/report.html", context))
