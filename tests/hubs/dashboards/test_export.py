"""CSV, GeoPackage and PDF have the numbers of the page; words in them do no harm."""

import csv
import io

import geopandas
import pytest
from django.http import QueryDict
from pypdf import PdfReader

from hubs.dashboards.dashboard import build
from hubs.dashboards.query import DashboardQuery
from pledges.organisations.models import Organisation
from tests.papers import tags

QUERY = "since=2014-01-01&until=2014-12-31&compare=UK&group=theme"


@pytest.fixture
def board(some, ground):
    return build(DashboardQuery.read(ground.east, QueryDict(QUERY)))


def got(client, kind: str, place: str = "areas/Y59", query: str = QUERY) -> bytes:
    answer = client.get(f"/{place}/dashboard/dashboard.{kind}?{query}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def numbers(board) -> list[tuple[str, str, str, object]]:
    return [
        (table.key, row.key, column.key, value)
        for table in board.tables
        for row in table.rows
        for column, value in zip(table.columns, row.values, strict=True)
    ]


def test_csv_has_every_number_of_the_page(board, client):
    lines = list(csv.DictReader(io.StringIO(got(client, "csv").decode("utf-8-sig"))))
    assert {(line["place"], line["since"]) for line in lines} == {("Y59", "2014-01-01")}
    found = [(one["table"], one["row"], one["measure"], one["value"]) for one in lines]
    assert found[-1][:1] == ("organisations_without",)
    for (*names, value), (*said, written) in zip(numbers(board), found[:-1], strict=True):
        assert names == said
        assert written == "" if value is None else float(written) == pytest.approx(value, abs=1e-4)


def test_geopackage_is_read_by_gdal_with_the_numbers_of_the_page(board, client, tmp_path):
    path = tmp_path / "board.gpkg"
    path.write_bytes(got(client, "gpkg"))
    districts = geopandas.read_file(path, layer="districts")
    assert districts.crs.to_epsg() == 4326
    expected = {row.key: row.values[0] for row in board.districts.rows if row.link}
    assert dict(zip(districts.code, districts.pledges, strict=True)) == expected
    assert districts.set_index("code").geometry["E07000002"].bounds == (-2, 51, 0, 52)
    figures = geopandas.read_file(path, layer="figures")
    elsewhere = figures[(figures.row == "Y59-elsewhere") & (figures.measure == "pledges")]
    assert int(elsewhere.value.iloc[0]) == next(
        row.values[0] for row in board.districts.rows if row.key == "Y59-elsewhere"
    )
    assert len(figures) == len(numbers(board)) + 1


def test_files_of_an_organisation_say_where_its_pledges_are(some, ground, client, tmp_path):
    shown = build(DashboardQuery.read(ground.hospital, QueryDict(""))).districts
    expected = {row.key: row.values[0] for row in shown.rows if row.link}
    path = tmp_path / "board.gpkg"
    path.write_bytes(got(client, "gpkg", "organisations/RXA", ""))
    districts = geopandas.read_file(path, layer="districts")
    assert dict(zip(districts.code, districts.pledges, strict=True)) == expected
    lines = list(csv.DictReader(io.StringIO(got(client, "csv", "organisations/RXA", "").decode())))
    listed = [one for one in lines if one["table"] == "districts" and one["measure"] == "pledges"]
    assert {one["row"]: int(one["value"]) for one in listed} == {
        row.key: row.values[0] for row in shown.rows
    }
    reader = PdfReader(io.BytesIO(got(client, "pdf", "organisations/RXA", "")))
    words = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for line in shown.lines:
        assert " ".join([line.row.title, *(cell.text for cell in line.cells)]) in words


def test_a_place_without_shapes_has_its_figures(ground, client, tmp_path):
    path = tmp_path / "board.gpkg"
    path.write_bytes(got(client, "gpkg", "organisations/RXA", ""))
    assert len(geopandas.read_file(path, layer="figures")) > 20


def test_pdf_is_tagged_and_has_the_words_and_numbers_of_the_page(board, client):
    reader = PdfReader(io.BytesIO(got(client, "pdf")))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    words = " ".join("".join(page.extract_text() for page in reader.pages).split())
    for expected in ("East", "2014", "By theme", "Elsewhere in East", "Promises kept"):
        assert expected in words
    assert " ".join(cell.text for cell in board.totals.lines[0].cells[:3]) in words
    # Swatches of a key say nothing that the words beside them do not.
    charts = [told for tag, told in tags(reader) if tag == "/Figure" and told]
    for begun in ("By month", "By theme", "By who they are", "Promises kept", "Pledges by dist"):
        assert [told for told in charts if told.startswith(begun)], begun


def test_a_name_is_no_formula(ground, pledge, count_up, client):
    Organisation.objects.filter(pk=ground.hospital.pk).update(name="=cmd|' /C calc'!A0")
    pledge(organisation=Organisation.objects.get(pk=ground.hospital.pk))
    count_up()
    cells = [
        cell
        for line in csv.reader(io.StringIO(got(client, "csv", "areas/Y58", "").decode()))
        for cell in line
    ]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
