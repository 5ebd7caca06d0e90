"""Load the areas that the project ships: nations, the ten regions and the districts."""

import csv
import dataclasses
import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Point
from django.db import transaction

from geo.areas.models import Area, RegionException
from geo.loaders import boundaries, boundary_files, json_files
from geo.loaders.boundary_files import Fields, Shape
from geo.loaders.datasets import Report, loaded_version, remember

NAME = "areas"
FOLDER = Path(settings.BASE_DIR) / "fixtures" / "areas"
FILES = (
    "nations.csv",
    "regions.csv",
    "regions.geojson",
    "regions_low.geojson",
    "district_regions.csv",
    "districts.geojson",
    "districts_low.geojson",
    "region_exceptions.csv",
)
SLUG = "2025-04"
VALID_FROM = datetime.date(2025, 4, 1)
ABOUT = {
    "name": "Districts and NHS regions of April 2025",
    "source": "Office for National Statistics; Ordnance Survey; Royal Mail; OpenStreetMap",
    "licence": "Open Government Licence v3.0; coast: Open Database License 1.0",
}
COLUMNS = Fields(name_cy="name_cy")


def load_shipped(report: Report, *, force: bool = False, folder: Path = FOLDER) -> bool:
    """Write the shipped areas; answer False when they, or newer ones, stand there already.

    A corrected district_regions.csv or region_exceptions.csv is taken over at the next run.
    """
    version = json_files.fingerprint(*(folder / name for name in FILES))
    if not force and loaded_version(NAME) == version and Area.objects.exists():
        report("Areas: already loaded.")
        return False
    if _newer_loaded():
        report("Areas: newer ones than the shipped are loaded; left as they are.")
        return False
    with transaction.atomic():
        edition = boundaries.edition(SLUG, VALID_FROM, **ABOUT)
        regions = list(_regions(folder))
        nations = list(_nations(folder, regions))
        for kind, shapes in (
            (Area.Kind.NATION, nations),
            (Area.Kind.REGION, regions),
            (Area.Kind.DISTRICT, list(_districts(folder))),
        ):
            boundaries.save(kind, edition, shapes, report)
        _region_exceptions(folder)
        remember(NAME, version, Area.objects.current().count())
    return True


def _newer_loaded() -> bool:
    return Area.objects.current().filter(edition__valid_from__gt=VALID_FROM).exists()


def _table(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _shapes(folder: Path, name: str, parents: dict[str, str]) -> Iterator[Shape]:
    """Shapes of a shipped file, with the labels' places that it gives."""
    features = json.loads((folder / f"{name}.geojson").read_bytes())["features"]
    labels = {row["properties"]["code"]: row["properties"]["label"] for row in features}
    path, low = folder / f"{name}.geojson", folder / f"{name}_low.geojson"
    for shape in boundary_files.read(path, COLUMNS, low=low):
        longitude, latitude = labels[shape.code]
        label = Point(longitude, latitude, srid=4326)
        yield dataclasses.replace(shape, parent_code=parents[shape.code], label=label)


def _regions(folder: Path) -> Iterator[Shape]:
    rows = {row["code"]: row for row in _table(folder, "regions.csv")}
    nations = {code: row["nation_code"] for code, row in rows.items()}
    for shape in _shapes(folder, "regions", nations):
        row = rows[shape.code]
        yield dataclasses.replace(shape, name=row["name"], name_cy=row["name_cy"])


def _districts(folder: Path) -> Iterator[Shape]:
    rows = _table(folder, "district_regions.csv")
    regions = {row["district_code"]: row["region_code"] for row in rows}
    return _shapes(folder, "districts", regions)


def _nations(folder: Path, regions: list[Shape]) -> Iterator[Shape]:
    """Nations have no file: each is the union of its regions."""
    for row in _table(folder, "nations.csv"):
        parts = [region for region in regions if region.parent_code == row["code"]]
        boundary = _union([part.boundary for part in parts])
        yield Shape(
            code=row["code"],
            name=row["name"],
            name_cy=row["name_cy"],
            parent_code="",
            boundary=boundary,
            boundary_low=_union([part.boundary_low for part in parts if part.boundary_low]),
            label=parts[0].label if len(parts) == 1 else boundary.point_on_surface,
        )


def _union(parts: list[MultiPolygon]) -> MultiPolygon:
    polygons = [polygon for part in parts for polygon in part]
    union = MultiPolygon(polygons, srid=4326).unary_union
    return union if isinstance(union, MultiPolygon) else MultiPolygon([union], srid=4326)


def _region_exceptions(folder: Path) -> None:
    districts = {area.code: area for area in Area.objects.districts().without_boundaries()}
    regions = {area.code: area for area in Area.objects.regions().without_boundaries()}
    RegionException.objects.all().delete()
    RegionException.objects.bulk_create(
        RegionException(
            district=districts[row["district_code"]],
            postcode_area=row["postcode_area"],
            region=regions[row["region_code"]],
        )
        for row in _table(folder, "region_exceptions.csv")
    )
