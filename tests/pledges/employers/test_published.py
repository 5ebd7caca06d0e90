"""What others read of employers: collections of the API and files; a section of each dashboard."""

import csv
import io
import json

import pyogrio
import pytest
from django.test import Client

from geo.ogcapi.export.geofiles import flatgeobuf, geopackage
from pledges.employers.models.survey import Finding
from pledges.employers.published import ACTIONS, ADOPTIONS, FINDINGS
from tests.factories import Ground, draw_ground
from tests.pledges.employers.survey_data import two_years

LAYERS = {layer.name: layer for layer in (ADOPTIONS, ACTIONS, FINDINGS)}


@pytest.fixture(scope="module")
def world(shared) -> Ground:
    ground = two_years(draw_ground())
    withheld = Finding.objects.filter(year=2014, organisation=ground.clinic).first()
    withheld.suppressed, withheld.value, withheld.n = True, None, None
    withheld.save()
    return ground


def items(name: str, query: str = "") -> dict:
    answer = Client().get(f"/api/collections/{name}/items?{query}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.mark.parametrize(
    ("name", "query", "number"),
    [
        ("adoptions", "", 1),
        ("adoptions", "area=Y59", 0),
        ("actions", "", 2),
        ("actions", "status=done", 1),
        ("actions", "pledge=environment", 2),
        ("actions", "pledge=roles", 1),
        ("findings", "", 20),
        ("findings", "year=2014&number=5", 2),
        ("findings", "area=Y58&pledge=roles", 6),
        ("findings", "bbox=-4,50,-2,52", 10),
        ("findings", "filter=value>60", 5),
        ("findings", "filter=change=%27worse%27", 5),
    ],
)
def test_collections_are_found_and_filtered(world, name, query, number):
    found = items(name, query)
    assert found["numberMatched"] == len(found["features"]) == number


def test_one_feature_is_the_same_alone_and_in_a_list(world):
    for name in LAYERS:
        first = items(name, "limit=1")["features"][0]
        answer = Client().get(f"/api/collections/{name}/items/{first['id']}").json()
        assert answer["properties"] == first["properties"]
        assert answer["geometry"] == first["geometry"]
    found = items("findings", "year=2014&number=5&organisation=" + world.hospital.code)
    of = found["features"][0]["properties"]
    assert (of["value"], of["n"], of["change"], of["pledge"]) == (70, 400, "worse", "roles")


def test_a_collection_says_where_it_is_and_what_may_be_asked(world):
    for name in LAYERS:
        told = Client().get(f"/api/collections/{name}?f=json").json()
        assert not told["demo"]
        schema = Client().get(f"/api/collections/{name}/queryables").json()
        assert "pledge" in schema["properties"] or name == "actions"
    assert Client().get("/api/collections/findings?f=json").json()["extent"]["spatial"]


def test_files_have_the_figures_and_what_is_withheld_is_missing(world, tmp_path):
    answer = Client().get("/api/collections/findings/export.csv")
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert len(rows) == 20
    assert [row["value"] for row in rows if row["suppressed"] in ("true", "True", "1", "t")] == [""]
    for layer in LAYERS.values():
        # It goes by way of a GeoPackage of its name, which it removes.
        flatgeobuf(layer, tmp_path / f"{layer.name}.fgb", {"site": ""})
        path = tmp_path / f"{layer.name}.gpkg"
        assert geopackage(layer, path, {"site": ""}) == layer.rows().count()
    values = pyogrio.read_dataframe(tmp_path / "findings.gpkg").value
    assert (values.isna().sum(), values.max(), str(values.dtype)) == (1, 70, "float64")


def test_a_dashboard_has_the_employers_of_its_area_beside_another(world):
    page = Client().get("/areas/Y58/dashboard/?since=2014-01-01&until=2014-12-31&compare=Y59")
    text = page.content.decode()
    assert "4 of the 5 key findings improved" in text
    assert "1 of the 5 key findings improved" in text
    (table,) = [table for table in page.context["dashboard"].tables if table.key == "staff_pledges"]
    roles = next(row for row in table.rows if row.key == "roles")
    # Adopted, actions, done, improved, tested, share; then some of them of the other region.
    assert roles.values == (1, 0, 0, 2, 3, 2 / 3, 0, 0, 1 / 3)


def test_a_dashboard_of_an_organisation_and_its_files(world):
    path = f"/organisations/{world.hospital.code}/dashboard/"
    assert "4 of the 5 key findings improved" in Client().get(path).content.decode()
    assert "staff_pledges" in Client().get(f"{path}dashboard.csv").content.decode()
    assert Client().get(f"{path}dashboard.pdf").content.startswith(b"%PDF")
    # Nothing is said of employers under a filter that is of pledges alone.
    assert "key findings" not in Client().get(f"{path}?who=team").content.decode()
