"""The shipped areas and base layer agree with each other and with the rule of regions."""

import json

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point

from scripts.boundaries.environment import PROJECT
from scripts.boundaries.regions import RegionRule

FIXTURES = PROJECT / "fixtures"
RULE = RegionRule.read(FIXTURES / "areas")
DIVIDED = {district for district, _ in RULE.exceptions}
SCALES = ("", "_low")
LEVELS = ("districts", "regions")
FILES = [f"areas/{level}{scale}" for level in LEVELS for scale in SCALES]
BASE = ["land", "land_low", "lakes", "rivers", "built", "labels"]


def features(name: str) -> list[dict]:
    path = FIXTURES / f"{name}.geojson"
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def shape(feature: dict) -> GEOSGeometry:
    return GEOSGeometry(json.dumps(feature["geometry"]))


def shapes(name: str) -> dict[str, GEOSGeometry]:
    return {feature["id"]: shape(feature) for feature in features(name)}


def union(parts: list[GEOSGeometry]) -> GEOSGeometry:
    return MultiPolygon([polygon for part in parts for polygon in part]).unary_union


@pytest.mark.parametrize("scale", SCALES)
def test_every_district_of_the_rule_is_there_once(scale):
    codes = [feature["id"] for feature in features(f"areas/districts{scale}")]
    assert codes == sorted(RULE.districts)


@pytest.mark.parametrize("scale", SCALES)
def test_the_ten_regions_are_there_once(scale):
    codes = [feature["id"] for feature in features(f"areas/regions{scale}")]
    assert codes == sorted(RULE.regions)
    assert len(codes) == 10


@pytest.mark.parametrize("scale", SCALES)
def test_districts_say_what_the_rule_says(scale):
    for feature in features(f"areas/districts{scale}"):
        row, properties = RULE.districts[feature["id"]], feature["properties"]
        assert properties.pop("label")
        assert properties == {
            "code": row.district_code,
            "name": row.name,
            "name_cy": row.name_cy,
            "region": row.region_code,
            "nation": row.nation_code,
        }


@pytest.mark.parametrize("scale", SCALES)
def test_regions_say_what_the_rule_says(scale):
    for feature in features(f"areas/regions{scale}"):
        row, properties = RULE.regions[feature["id"]], feature["properties"]
        assert properties.pop("label")
        assert properties == {
            "code": row.code,
            "name": row.name,
            "name_cy": row.name_cy,
            "nation": row.nation_code,
        }


def test_every_welsh_district_and_wales_have_a_welsh_name():
    welsh = [row for row in RULE.districts.values() if row.nation_code == "W92000004"]
    assert len(welsh) == 22
    assert all(row.name_cy for row in welsh)
    assert RULE.regions["W92000004"].name_cy == "Cymru"


@pytest.mark.parametrize("name", FILES)
def test_areas_are_valid_and_hold_their_labels(name):
    for feature in features(name):
        area = shape(feature)
        assert area.geom_type == "MultiPolygon"
        assert area.valid, feature["id"]
        assert area.contains(Point(feature["properties"]["label"])), feature["id"]


@pytest.mark.parametrize("scale", SCALES)
def test_a_district_lies_in_its_region_alone(scale):
    regions = shapes(f"areas/regions{scale}")
    for code, district in shapes(f"areas/districts{scale}").items():
        around = {other for other, region in regions.items() if region.intersects(district)}
        shared = {other for other in around if regions[other].intersection(district).area > 0}
        expected = {RULE.districts[code].region_code}
        if code in DIVIDED:
            expected |= {to for (district, _), to in RULE.exceptions.items() if district == code}
        assert shared == expected, code


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("level", LEVELS)
def test_areas_neither_overlap_nor_leave_gaps(level, scale):
    """Together they are as large as the land of the base layer, on which they lie."""
    parts = list(shapes(f"areas/{level}{scale}").values())
    land = {f["properties"]["country"]: shape(f) for f in features(f"base/land{scale}")}["GBR"]
    whole = union(parts)
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-9)
    assert whole.sym_difference(land).area == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", BASE)
def test_the_base_layer_is_valid(name):
    found = features(f"base/{name}")
    assert found
    assert all(shape(feature).valid for feature in found)


def test_nothing_was_built_from_northern_irish_postcodes():
    northern_ireland = shapes("areas/regions")["N92000002"].prepared
    built = [shape(feature) for feature in features("base/built")]
    assert not any(northern_ireland.intersects(area) for area in built)


def test_labels_fall_in_population_and_name_the_zoom_they_start_at():
    rows = [feature["properties"] for feature in features("base/labels")]
    populations = [row["population"] for row in rows]
    assert populations == sorted(populations, reverse=True)
    assert {row["name"] for row in rows if row["zoom"] == 5} >= {"London", "Glasgow", "Cardiff"}
    assert {row["zoom"] for row in rows} == set(range(5, 14))


def test_the_files_are_small_enough_to_ship():
    files = [*(FIXTURES / "areas").iterdir(), *(FIXTURES / "base").iterdir()]
    assert sum(path.stat().st_size for path in files) < 5_000_000


@pytest.mark.parametrize(
    "words",
    [
        "Contains OS data © Crown copyright and database right",
        "Contains Royal Mail data © Royal Mail copyright and database right",
        "Source: Office for National Statistics licensed under the Open Government Licence v3.0",
        "© OpenStreetMap contributors",
        "Open Database License",
        "GeoNames",
        "CC BY 4.0",
        "GSHHG",
        "LGPL",
    ],
)
def test_sources_are_named_beside_the_files(words):
    assert words in (FIXTURES / "README.md").read_text(encoding="utf-8")
