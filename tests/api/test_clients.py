"""Real clients of the standard read the real server: GDAL's OAPIF driver, old and new, geopandas.

`ogrinfo` is the system's GDAL, 3.6 on Debian 12; pyogrio brings its own, 3.9 or later.
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import geopandas
import pyogrio
import pytest
from django.contrib.gis.geos import Polygon

from geo.totals.fold import fold
from pledges.models import Pledge
from pledges.models.pledges import SPEC
from tests import factories
from tests.api import catalogue
from tests.conftest import empty_tables
from tests.processes import eventually, free_port, running


@dataclass(frozen=True)
class Service:
    """A running server, and what it was asked: a line a request."""

    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def source(self) -> str:
        return f"OAPIF:{self.address}"

    def asked(self) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if "GET /api" in line]

    def answer(self, method: str, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, f"/api/{path}", headers=headers)
        return connection.getresponse()

    def is_up(self) -> bool:
        try:
            return self.answer("GET", "").status == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Service]:
    """The server as it runs, over 130 pledges, organisations and hubs, for all tests here.

    No test here writes.
    """
    folder = tmp_path_factory.mktemp("server")
    port, log, config = free_port(), folder / "access.log", folder / "log.json"
    # Told to a file: nobody empties a pipe while the tests run.
    config.write_text(json.dumps(_logging(log)))
    words = ("-m", "uvicorn", "config.asgi:application", "--port", str(port))
    with django_db_blocker.unblock():
        try:
            _fill()
            with running(*words, "--log-config", str(config)):
                found = Service(port, log)
                eventually(found.is_up)
                yield found
        finally:
            empty_tables()


@pytest.fixture
def service(server: Service) -> Service:
    """The server, with nothing asked of it yet."""
    server.log.write_text("")
    return server


def _fill() -> None:
    ground = factories.draw_ground()
    catalogue.write_pledges(ground, 130)
    catalogue.write_organisations(25)
    catalogue.write_hubs(ground)
    fold(SPEC)


def _logging(path: Path) -> dict:
    return {
        "version": 1,
        "handlers": {"file": {"class": "logging.FileHandler", "filename": str(path)}},
        "loggers": {"uvicorn.access": {"handlers": ["file"], "level": "INFO"}},
    }


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
