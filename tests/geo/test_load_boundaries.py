"""Loading boundaries: squares in, areas with names and pieces out, all or nothing."""

import datetime
import json
from pathlib import Path

import pytest
from django.contrib.gis.gdal import DataSource
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.management import CommandError, call_command

from geo.loaders import areas, boundaries, boundary_files
from geo.loaders.boundary_files import Fields
from geo.loaders.datasets import DataMissing, DataRefused
from geo.models import Area, AreaName, AreaPiece, Edition, RegionException
from tests.geo.conftest import shape

BOW_TIE = [[-2.0, 51.0], [-1.0, 52.0], [-1.0, 51.0], [-2.0, 52.0], [-2.0, 51.0]]


def box(west: float, south: float, east: float, north: float) -> list:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: str, name: str, coordinates: list, kind: str = "Polygon", **more: str) -> dict:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def write(tmp_path):
    """Write features to a GeoJSON file and return its path."""

    def written(*features: dict, name: str = "areas.geojson", **members: object) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
        return path

    return written


def load(path: Path, slug: str = "2025-04", day: str = "2025-04-01", **options: object) -> None:
    valid_from = datetime.date.fromisoformat(day)
    given = {"kind": "district", "edition": slug, "valid_from": valid_from, **options}
    call_command("load_boundaries", path, **given)


class TestFiles:
    def test_a_shape_for_each_row(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52), welsh="Gwernen", of="R1"))
        (found,) = boundary_files.read(path, Fields(name_cy="welsh", parent="of"))
        assert (found.code, found.name, found.name_cy, found.parent_code) == (
            *("A1", "Alder", "Gwernen", "R1"),
        )
        assert found.boundary.extent == (-2, 51, -1, 52)
        assert isinstance(found.boundary, MultiPolygon)
        assert found.boundary.contains(found.label)

    def test_other_coordinate_systems_become_degrees(self, write):
        # A square of the British grid, from SU 40 10 to SU 42 12: Southampton.
        grid = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
        path = write(feature("A1", "Alder", box(440000, 110000, 442000, 112000)), crs={**grid})
        (found,) = boundary_files.read(path, Fields())
        assert found.boundary.centroid.coords == pytest.approx((-1.418, 50.897), abs=1e-3)

    def test_heights_are_left_out_and_bow_ties_repaired(self, write):
        high = [[[*point, 12.0] for point in BOW_TIE]]
        (found,) = boundary_files.read(write(feature("A1", "Alder", high)), Fields())
        assert found.boundary.valid
        assert not found.boundary.hasz
        assert found.boundary.area == pytest.approx(0.5)

    def test_a_simplified_file_is_joined_by_code(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        low = write(feature("A1", "", box(-2, 51, -1.1, 52)), name="low.geojson")
        (found,) = boundary_files.read(path, Fields(), low=low)
        assert found.boundary_low.extent == (-2, 51, -1.1, 52)

    @pytest.mark.parametrize(
        ("features", "reason"),
        [
            ([feature("A1", "Alder", [-2, 51], "Point")], "A1 is not a polygon"),
            ([feature("", "Alder", box(-2, 51, -1, 52))], "is empty"),
            ([feature("A1", "Alder", box(-2, 51, -1, 52))] * 2, "twice"),
            ([feature("A1", "Alder", box(0, 0, 1, 1)) | {"properties": {"id": 1}}], "no column"),
        ],
    )
    def test_what_cannot_be_an_area_is_refused(self, write, features, reason):
        with pytest.raises(DataRefused, match=reason):
            boundary_files.read(write(*features), Fields())

    def test_a_simplified_file_that_lacks_an_area_is_refused(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        low = write(feature("B1", "Birch", box(-2, 51, -1, 52)), name="low.geojson")
        with pytest.raises(DataRefused, match="lacks A1"):
            boundary_files.read(path, Fields(), low=low)

    @pytest.mark.parametrize("content", ["", "not a map", "{}"])
    def test_a_file_that_is_no_map_is_named(self, tmp_path, content):
        path = tmp_path / "areas.geojson"
        path.write_text(content)
        with pytest.raises(DataMissing, match=r"areas\.geojson"):
            boundary_files.read(path, Fields())

    def test_a_missing_file_is_named(self, tmp_path):
        with pytest.raises(DataMissing, match=r"nowhere\.gpkg"):
            boundary_files.read(tmp_path / "nowhere.gpkg", Fields())


@pytest.mark.django_db
class TestAreas:
    def test_a_point_is_found_in_its_area(self, write):
        load(
            write(
                feature("A1", "Alder", box(-2, 51, -1, 52)),
                feature("B1", "Birch", box(-1, 51, 0, 52)),
            )
        )
        assert Area.objects.containing(Point(-1.5, 51.5, srid=4326)).get().code == "A1"
        assert Area.objects.containing(Point(-0.5, 51.5, srid=4326)).get().code == "B1"
        assert not Area.objects.containing(Point(-0.5, 52.5, srid=4326)).exists()

    def test_pieces_have_128_vertices_at_most_and_cover_the_area(self):
        ring = Point(-1.5, 51.5, srid=4326).buffer(0.4, quadsegs=500)
        edition = boundaries.edition("rings", datetime.date(2025, 4, 1))
        drawn = shape("A1", "Alder", "", "", (0, 0, 1, 1))
        many = boundary_files.Shape(
            **{**drawn.__dict__, "boundary": MultiPolygon(ring, srid=4326), "boundary_low": None}
        )
        boundaries.save("district", edition, [many], str)
        pieces = [piece.shape for piece in AreaPiece.objects.all()]
        assert len(pieces) > 10
        assert max(piece.num_coords for piece in pieces) <= 128
        assert sum(piece.area for piece in pieces) == pytest.approx(ring.area)

    def test_the_same_file_again_changes_nothing(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        load(path)
        before = Area.objects.get()
        load(path)
        after = Area.objects.get()
        assert (before.pk, before.boundary) == (after.pk, after.boundary)
        assert (AreaPiece.objects.count(), AreaName.objects.count()) == (1, 1)

    def test_a_newer_edition_keeps_rows_ends_areas_and_adds_others(self, write):
        load(
            write(
                feature("A1", "Alder", box(-2, 51, -1, 52)),
                feature("B1", "Birch", box(-1, 51, 0, 52)),
            )
        )
        alder = Area.objects.get(code="A1").pk
        newer = write(
            feature("A1", "Alderham", box(-2, 51, -1, 52)),
            feature("C1", "Cedar", box(-1, 51, 0, 52)),
        )
        load(newer, slug="2026-04", day="2026-04-01")
        assert Area.objects.get(pk=alder).name == "Alderham"
        assert Area.objects.get(code="B1").ended == datetime.date(2026, 4, 1)
        assert Area.objects.containing(Point(-0.5, 51.5, srid=4326)).get().code == "C1"
        assert set(Area.objects.districts().values_list("code", flat=True)) == {"A1", "C1"}

    def test_an_older_edition_is_refused(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        load(path, slug="2026-04", day="2026-04-01")
        with pytest.raises(CommandError, match="2026-04"):
            load(path)
        assert Edition.objects.get().slug == "2026-04"

    def test_a_bad_file_changes_nothing(self, write):
        load(write(feature("A1", "Alder", box(-2, 51, -1, 52))))
        bad = write(
            feature("B1", "Birch", box(-2, 51, -1, 52)), feature("C1", "", [-2, 51], "Point")
        )
        with pytest.raises(CommandError, match="C1"):
            load(bad, slug="2026-04", day="2026-04-01")
        assert list(Area.objects.values_list("code", "ended")) == [("A1", None)]
        assert Edition.objects.count() == 1

    def test_parents_are_named_by_a_column_or_found_by_geometry(self, write):
        edition = boundaries.edition("regions", datetime.date(2025, 4, 1))
        regions = [
            shape("R1", "West", "", "", (-2, 51, -1, 52)),
            shape("R2", "East", "", "", (-1, 51, 0, 52)),
        ]
        boundaries.save("region", edition, regions, str)
        path = write(
            feature("A1", "Alder", box(-2, 51, -1, 52), of="R2"),
            feature("B1", "Birch", box(-1, 51, 0, 52), of="R1"),
        )
        load(path)
        assert by_parent() == {"A1": "R1", "B1": "R2"}
        load(path, parent="of")
        assert by_parent() == {"A1": "R2", "B1": "R1"}
        load(path)
        assert by_parent() == {"A1": "R2", "B1": "R1"}, "without a column they stay"

    def test_an_unknown_parent_is_refused(self, write):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52), of="R9"))
        with pytest.raises(CommandError, match="R9"):
            load(path, parent="of")
        assert not Area.objects.exists()

    def test_names_are_searched_in_both_orders_and_languages(self, write):
        path = write(feature("A1", "Bristol, City of", box(-2, 51, -1, 52), cy="Dinas Bryste"))
        load(path, name_cy="cy")
        assert set(AreaName.objects.values_list("text", flat=True)) == {
            *("bristol", "bristol city of", "city of bristol", "dinas bryste"),
        }

    @pytest.mark.parametrize("missing", ["kind", "edition", "valid_from"])
    def test_what_an_edition_needs_is_asked_for(self, write, missing):
        path = write(feature("A1", "Alder", box(-2, 51, -1, 52)))
        with pytest.raises(CommandError, match=missing.replace("_", "-")):
            load(path, **{missing: None})


def by_parent() -> dict[str, str]:
    return dict(Area.objects.districts().values_list("code", "parent__code"))


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
