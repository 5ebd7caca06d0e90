"""Loading what the project ships: nations, regions, districts and the rule between them."""

from pathlib import Path

import pytest
from django.contrib.gis.gdal import DataSource
from django.contrib.gis.geos import MultiPolygon, Polygon

from geo.areas.models import Area, RegionException
from geo.loaders import areas
from tests.geo.loaders.square_areas import box, by_parent, feature, load


@pytest.fixture
def shipped(tmp_path, write) -> Path:
    """A folder laid out as the shipped one: one nation, two regions, three districts."""
    tables = {
        "nations": "code,name,name_cy\nN1,Squareland,Sgwâr\n",
        "regions": "code,name,name_cy,nation_code\nR1,West,,N1\nR2,East,,N1\n",
        "district_regions": "district_code,region_code\nA1,R1\nB1,R2\nC1,R2\n",
        "region_exceptions": "district_code,postcode_area,region_code\nC1,LA,R1\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    boxes = {
        "regions": {"R1": (-2, 51, -1, 52), "R2": (-1, 51, 0, 52)},
        "districts": {
            "A1": (-2, 51, -1, 52),
            "B1": (-1, 51, 0, 51.5),
            "C1": (-1, 51.5, 0, 52),
        },
    }
    for name, rows in boxes.items():
        drawn = [
            feature(code, code, box(*sides), name_cy="", label=[sides[0] + 0.25, sides[1] + 0.25])
            for code, sides in rows.items()
        ]
        write(*drawn, name=f"{name}.geojson")
        write(*drawn, name=f"{name}_low.geojson")
    return tmp_path


@pytest.mark.django_db
class TestShipped:
    def test_nations_are_the_union_of_their_regions(self, shipped):
        assert areas.load_shipped(str, folder=shipped)
        nation = Area.objects.nations().get()
        assert nation.name_cy == "Sgwâr"
        assert nation.boundary.equals(MultiPolygon(Polygon.from_bbox((-2, 51, 0, 52))))
        assert set(nation.parts.values_list("code", flat=True)) == {"R1", "R2"}

    def test_regions_of_districts_are_those_of_the_table(self, shipped):
        areas.load_shipped(str, folder=shipped)
        assert by_parent() == {"A1": "R1", "B1": "R2", "C1": "R2"}
        rule = RegionException.objects.get()
        assert (rule.district.code, rule.postcode_area, rule.region.code) == ("C1", "LA", "R1")

    def test_labels_stand_where_the_file_says(self, shipped):
        areas.load_shipped(str, folder=shipped)
        assert Area.objects.get(code="A1").label.coords == (-1.75, 51.25)

    def test_a_second_load_has_nothing_to_do_until_a_table_is_corrected(self, shipped):
        areas.load_shipped(str, folder=shipped)
        assert not areas.load_shipped(str, folder=shipped)
        table = shipped / "district_regions.csv"
        table.write_text(table.read_text().replace("B1,R2", "B1,R1"))
        assert areas.load_shipped(str, folder=shipped)
        assert by_parent()["B1"] == "R1"

    def test_an_operators_newer_areas_are_left_alone(self, shipped, write):
        areas.load_shipped(str, folder=shipped)
        newer = write(feature("Z1", "Zelkova", box(-2, 51, -1, 52)), name="newer.geojson")
        load(newer, slug="2030-04", day="2030-04-01")
        assert not areas.load_shipped(str, folder=shipped, force=True)
        assert by_parent() == {"Z1": "R1"}


def test_ogr_reads_what_the_project_ships():
    names = {path.stem: len(DataSource(path)[0]) for path in areas.FOLDER.glob("*.geojson")}
    assert names == {"districts": 361, "districts_low": 361, "regions": 10, "regions_low": 10}
