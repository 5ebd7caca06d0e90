"""Whole collections as files: the same features, whatever the form; one row after the other."""

import csv
import io
import json

import geopandas
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from geo.ogcapi.export import streams
from geo.ogcapi.export.formats import STREAMED_FORMATS
from tests.geo.ogcapi import catalogue
from tests.geo.ogcapi.conftest import COLLECTIONS

ITEMS = "collections/pledges/items"


def body(answer) -> str:
    assert answer.streaming
    return b"".join(answer.streaming_content).decode()


def features(answer) -> list[dict]:
    return json.loads(body(answer))["features"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_file_has_all_features_of_the_pages(full, ask, name):
    pages = ask(f"collections/{name}/items", limit=1000).json()["features"]
    found = features(ask(f"collections/{name}/export.geojson"))
    assert sorted(found, key=str) == sorted(pages, key=str)
    lines = body(ask(f"collections/{name}/export.geojsonseq")).split("\x1e")
    assert lines[0] == ""
    assert [json.loads(line) for line in lines[1:]] == found
    rows = list(
        csv.DictReader(io.StringIO(body(ask(f"collections/{name}/export.csv")).lstrip("\ufeff")))
    )
    assert [row["id"] for row in rows] == [str(each["id"]) for each in found]


def test_a_table_says_what_the_features_say(full, ask):
    found = features(ask("collections/pledges/export.geojson"))
    rows = csv.DictReader(io.StringIO(body(ask("collections/pledges/export.csv")).lstrip("\ufeff")))
    for row, each in zip(rows, found, strict=True):
        shape = each["geometry"]
        place = [row["longitude"], row["latitude"]]
        assert (
            place == [f"{edge:.6f}" for edge in shape["coordinates"]]
            if shape
            else place == ["", ""]
        )
        for name, value in each["properties"].items():
            told = "" if value is None else str(value)
            told = told.lower() if isinstance(value, bool) else told
            assert row[name].removeprefix("'") == told.removeprefix("'")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2+3", "@sum(a)", "\tx", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(ground, pledge, ask, text):
    pledge(text, outcode="SO14")
    (row,) = csv.DictReader(
        io.StringIO(body(ask("collections/pledges/export.csv")).lstrip("\ufeff"))
    )
    assert row["text"] == f"'{text}"
    assert float(row["longitude"]) < 180


def test_filters_and_systems_are_those_of_the_pages(full, ask):
    asked = {"theme": "care", "filter": "likes > 3", "properties": "theme,likes"}
    grid = "http://www.opengis.net/def/crs/EPSG/0/27700"
    pages = ask(ITEMS, limit=1000, crs=grid, **asked).json()["features"]
    answer = ask("collections/pledges/export.geojson", crs=grid, **asked)
    assert answer["Content-Crs"] == f"<{grid}>"
    assert sorted(features(answer), key=str) == sorted(pages, key=str) != []


def test_more_than_a_chunk_is_whole(ground, ask, count_up, monkeypatch):
    monkeypatch.setattr(streams, "CHUNK", 50)
    catalogue.write_pledges(ground, 240)
    count_up()
    found = features(ask("collections/pledges/export.geojson"))
    assert len({each["id"] for each in found}) == ask(ITEMS).json()["numberMatched"] > 150


def test_nothing_is_a_file_too(ground, ask, count_up):
    count_up()
    assert features(ask("collections/pledges/export.geojson")) == []
    assert len(body(ask("collections/pledges/export.csv")).splitlines()) == 1


def test_demo_content_is_marked_in_the_name(full, ask):
    answer = ask("collections/pledges/export.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="pledges-demo.csv"'


def test_links_lead_to_the_files(full, ask, client):
    found = ask("collections/pledges").json()["links"]
    files = [link for link in found if link["rel"] == "enclosure"]
    streamed = [link for link in files if link["href"].rpartition(".")[2] in STREAMED_FORMATS]
    assert (len(files), len(streamed)) == (5, 3)
    for link in streamed:
        answer = client.get(link["href"].removeprefix("http://testserver"))
        assert answer["Content-Type"].partition(";")[0] == link["type"]
        assert body(answer)


def test_head_reads_no_rows(full, client):
    with CaptureQueriesContext(connection) as captured:
        answer = client.head("/api/collections/pledges/export.csv")
        assert b"".join(answer.streaming_content) == b""
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert not any("concat_ws" in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("path", ["export.xlsx", "export.csv?limit=0", "export.geojson?filter=("])
def test_what_cannot_be_had_is_refused(full, client, path):
    assert client.get(f"/api/collections/pledges/{path}").status_code in (400, 404)


def test_geopandas_reads_the_file(full, ask, tmp_path):
    file = tmp_path / "pledges.geojson"
    file.write_text(body(ask("collections/pledges/export.geojson")))
    frame = geopandas.read_file(file)
    assert len(frame) == ask(ITEMS).json()["numberMatched"]
