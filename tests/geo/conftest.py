"""The small country of `tests.geo.small_country`, written once for each file of tests."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from geo.areas.models import Area, RegionException
from geo.geocoding.models import Place, Postcode
from geo.loaders import boundaries, outcodes, places, postcodes
from geo.loaders.boundary_files import Shape
from geo.uploads.models import Upload
from tests.geo import small_country

REPORT = list[str]().append


@pytest.fixture(scope="module")
def _country(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Rolled back when the file's last test is done; each test rolls back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        draw_areas()
        write_postcodes()
        write_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(_country, db, settings) -> None:
    """Areas, postcodes and places of the small country, and no finder but geo's own."""
    finders = ["geo.geocoding.gazetteer.Gazetteer", "geo.geocoding.remote.Remote"]
    settings.REGISTRIES = {**settings.REGISTRIES, "FINDERS": finders}


def square(west: float, south: float, east: float, north: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


def shape(code: str, name: str, name_cy: str, parent: str, box: tuple[float, ...]) -> Shape:
    drawn = square(*box)
    return Shape(code, name, name_cy, parent, drawn, drawn, drawn.centroid)


def draw_areas() -> None:
    edition = boundaries.edition("squares", datetime.date(2025, 4, 1))
    nations = [shape(code, name, cy, "", box) for code, name, cy, box in small_country.NATIONS]
    boundaries.save(Area.Kind.NATION, edition, nations, REPORT)
    boundaries.save(
        Area.Kind.REGION, edition, [shape(*row) for row in small_country.REGIONS], REPORT
    )
    boundaries.save(
        Area.Kind.DISTRICT, edition, [shape(*row) for row in small_country.DISTRICTS], REPORT
    )
    for district, postcode_area, region in small_country.REGION_EXCEPTIONS:
        RegionException.objects.create(
            district=Area.objects.districts().get(code=district),
            postcode_area=postcode_area,
            region=Area.objects.regions().get(code=region),
        )


def write_postcodes() -> None:
    postcodes.load(REPORT, letters="Z")
    Postcode.objects.bulk_create(
        Postcode(code=code, location=Point(x, y, srid=4326), district_code=district, live=live)
        for code, x, y, district, live in small_country.POSTCODES
    )
    outcodes.rebuild()


def write_places() -> None:
    rows = [
        {
            "geonameid": number,
            "name": name,
            "population": population,
            "longitude": longitude,
            "latitude": latitude,
            "countrycode": country,
            "alternatenames": list(others),
        }
        for number, name, population, longitude, latitude, country, _district, others in (
            small_country.PLACES
        )
    ]
    places.replace(rows, "tests")
    # Few of these places have a postcode of the small gazetteer near them.
    for number, *_rest, district, _others in small_country.PLACES:
        Place.objects.filter(pk=number, district_code="").update(district_code=district)


@pytest.fixture
def write(tmp_path):
    """Write features to a GeoJSON file and return its path."""

    def written(*features: dict, name: str = "areas.geojson", **members: object) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
        return path

    return written


@pytest.fixture
def shelf(monkeypatch, tmp_path, database):
    """The private storage, on a disk as in earnest."""
    storage = FileSystemStorage(tmp_path, None, file_permissions_mode=0o600)
    monkeypatch.setattr(Upload.file.field, "storage", storage)
    return tmp_path
