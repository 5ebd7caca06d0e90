"""Reading boundaries from files: squares in, shapes in degrees out, the rest refused."""

import pytest
from django.contrib.gis.geos import MultiPolygon

from geo.loaders import boundary_files
from geo.loaders.boundary_files import Fields
from geo.loaders.datasets import DataMissing, DataRefused
from tests.geo.loaders.square_areas import box, feature

BOW_TIE = [[-2.0, 51.0], [-1.0, 52.0], [-1.0, 51.0], [-2.0, 52.0], [-2.0, 51.0]]


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
