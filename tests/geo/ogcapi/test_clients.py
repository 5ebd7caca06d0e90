"""Real clients of the standard read the real server: GDAL's OAPIF driver, old and new, geopandas.

`ogrinfo` is the system's GDAL, 3.6 on Debian 12; pyogrio brings its own, 3.9 or later.
"""

import subprocess
from collections.abc import Iterator

import geopandas
import pyogrio
import pytest
from django.contrib.gis.geos import Polygon

from pledges.pledging.models import Pledge
from tests.conftest import empty_tables
from tests.geo.ogcapi.serving import Service, serving


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Service]:
    """The server as it runs, for all tests here. None of them writes."""
    with django_db_blocker.unblock():
        try:
            with serving(tmp_path_factory.mktemp("server")) as found:
                yield found
        finally:
            empty_tables()


@pytest.fixture
def service(server: Service) -> Service:
    """The server, with nothing asked of it yet."""
    server.log.write_text("")
    return server


def ogrinfo(*words: str) -> str:
    done = subprocess.run(
        ["ogrinfo", "-ro", *words], capture_output=True, text=True, timeout=120, check=True
    )
    assert "ERROR" not in done.stderr, done.stderr
    return done.stdout


def test_ogrinfo_reads_the_collections(service):
    layers = ogrinfo("-q", service.source)
    for name in ("pledges", "organisations", "hubs", "districts", "regions"):
        assert f": {name} (title: " in layers
    described = ogrinfo("-so", service.source, "pledges")
    assert "Feature Count: 130" in described
    assert "created: DateTime" in described
    assert "likes: Integer" in described
    assert "Geometry: Point" in described


def test_ogrinfo_reads_every_page(service):
    read = ogrinfo("-q", service.source, "pledges")
    ids = [line.partition(":")[2] for line in read.splitlines() if line.startswith("OGRFeature")]
    assert len(ids) == len(set(ids)) == 130
    assert sum("cursor=" in line for line in service.asked()) >= 12  # pages of ten


def test_ogrinfo_sends_box_and_filters_to_the_server(service):
    read = ogrinfo(
        *("-q", service.source, "pledges", "-spat", "-0.4", "50.01", "0", "52"),
        *("-where", "theme = 'care' AND likes >= 0 AND status = 'open'"),
    )
    care = Pledge.objects.filter(theme__slug="care", done_at__isnull=True)
    box = Polygon.from_bbox((-0.4, 50.01, 0, 52))
    box.srid = 4326
    expected = care.filter(location__coveredby=box)
    assert read.count("OGRFeature(") == expected.count() > 0
    sent = [line for line in service.asked() if "bbox=" in line]
    assert sent
    for line in sent:
        assert "theme=care" in line
        assert "status=open" in line


def test_ogrinfo_reads_one_feature_by_its_id(service):
    key = Pledge.objects.first().pk
    assert f"OGRFeature(pledges):{key}" in ogrinfo(
        "-q", service.source, "pledges", "-fid", str(key)
    )
    assert any(f"/items/{key} " in line for line in service.asked())


def test_ogr2ogr_copies_boundaries_into_a_file(service, tmp_path):
    target = tmp_path / "districts.gpkg"
    subprocess.run(
        ["ogr2ogr", "-f", "GPKG", str(target), service.source, "districts"],
        capture_output=True,
        timeout=120,
        check=True,
    )
    districts = geopandas.read_file(target)
    assert sorted(districts["name"]) == ["Alderham", "Birchester", "Cottleigh"]
    assert districts.set_index("name").geometry["Alderham"].bounds == (-4, 50, -2, 52)


def test_geopandas_reads_a_collection(service):
    pledges = geopandas.read_file(service.source, layer="pledges")
    assert len(pledges) == 130
    assert pledges.crs.equals("OGC:CRS84")
    assert pledges["created"].is_monotonic_decreasing
    assert set(pledges["theme"]) == {
        *("care", "integration", "attitude", "perspectives", "patients", "staff")
    }
    off_map = pledges[pledges["show"].isin(["region", "none"])]
    assert off_map.geometry.isna().all()
    assert len(off_map) == pledges.geometry.isna().sum() > 0


def test_geopandas_sends_filters_to_the_server(service):
    found = geopandas.read_file(
        service.source, layer="pledges", where="organisation = 'RXA' AND who = 'team'"
    )
    wanted = Pledge.objects.filter(organisation__code="RXA", who=Pledge.Who.TEAM)
    assert len(found) == wanted.count() > 0
    assert any("organisation=RXA" in line and "who=team" in line for line in service.asked())


def test_geopandas_reads_a_page_as_plain_geojson(service):
    found = geopandas.read_file(f"{service.address}/collections/pledges/items?limit=50&q=listen")
    assert 0 < len(found) <= 50


def test_pyogrio_knows_types_count_and_extent(service):
    about = pyogrio.read_info(service.source, layer="pledges")
    types = dict(zip(about["fields"], about["dtypes"], strict=True))
    assert about["features"] == 130
    assert (types["likes"], types["demo"], types["done_at"]) == ("int32", "bool", "datetime64[D]")
    west, south, east, north = about["total_bounds"]
    assert (round(south, 6), round(east, 6)) == (50.0, -0.333333)
    assert west < east
    assert south < north


def test_the_server_answers_bodies_compressed_and_none_to_head(service):
    items = "collections/districts/items"
    packed = service.answer("GET", items, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    head = service.answer("HEAD", items)
    assert (head.status, head.headers["Content-Type"]) == (200, "application/geo+json")
    assert head.read() == b""


PARTS, WHOLE = "collections/pledges/export.fgb", "collections/organisations/export.gpkg"


def test_gdal_reads_the_files_that_the_worker_made(service, tmp_path):
    assert [service.answer("GET", path).status for path in (PARTS, WHOLE)] == [202, 202]
    service.do_what_waits()

    address = f"/vsicurl/{service.address}/{PARTS}"
    placed = Pledge.objects.public().exclude(location=None)
    assert f"Feature Count: {placed.count()}" in ogrinfo("-so", address, "pledges")
    box = (-0.4, 50.0, 0, 50.02)
    inside = placed.filter(location__coveredby=Polygon.from_bbox(box))
    found = geopandas.read_file(address, bbox=box)
    assert sorted(found["id"]) == sorted(inside.values_list("pk", flat=True)) != []
    assert any(PARTS in line and " 206" in line for line in service.asked())

    file, target = tmp_path / "organisations.gpkg", tmp_path / "organisations.csv"
    file.write_bytes(service.answer("GET", WHOLE, **{"Accept-Encoding": "gzip"}).read())
    some = ["ogr2ogr", "-f", "CSV", str(target), str(file), "-where", "name LIKE 'Body 3%'"]
    subprocess.run(some, timeout=120, check=True)
    assert len(geopandas.read_file(target)) == 3
