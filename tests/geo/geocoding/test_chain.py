"""Finding a place: what people type, and what they must be shown."""

import logging

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from geo.areas import lookup
from geo.areas.models import Area
from geo.core.errors import OutsideUnitedKingdom, PlaceNotFound
from geo.geocoding import chain
from geo.geocoding.gazetteer import Gazetteer

pytestmark = pytest.mark.usefixtures("country")


@pytest.mark.parametrize(
    "words",
    ["", "?", "x", "ZZ9 9ZZ", "qwertyuiop", "999", "<b>", "'; drop table geo_place; --", "%", "_"],
)
def test_words_that_nobody_knows(words):
    assert chain.candidates(words) == []
    with pytest.raises(PlaceNotFound):
        chain.locate(words)


@pytest.mark.parametrize(
    "words", ["48.85, 2.35", "-1.4, 50.9", "40.7 -74.0", "95, 10", "50.9, 999", "O 15 34"]
)
def test_points_outside_the_country_are_refused(words):
    with pytest.raises(OutsideUnitedKingdom):
        chain.locate(words)


@pytest.mark.parametrize(
    ("words", "approximate", "note"),
    [
        ("SO14 0AA", False, ""),
        ("SO14 0ZZ", False, "This postcode is no longer in use."),
        ("SO14 0XX", True, "SO14 0XX is not in our list of postcodes. This is SO14."),
        ("SO14", True, ""),
        ("JE2 4WD", True, "Not part of the United Kingdom."),
        ("Manchestr", True, "The nearest name to the one you typed."),
        ("Manchester", True, ""),
        ("50.9, -1.4", False, ""),
        ("SU 41 13", True, ""),
        ("SU 419 110", False, ""),
    ],
)
def test_an_answer_says_how_exact_it_is(words, approximate, note):
    found = chain.locate(words)
    assert (found.approximate, found.note) == (approximate, note)


def test_a_postcode_lies_where_the_directory_says():
    assert chain.locate("SO14 0AA").location.coords == (-1.39985, 50.90706)


def test_an_outcode_is_the_median_of_its_live_postcodes_with_their_bounds():
    found = chain.locate("SO14")
    assert found.location.coords == (-1.40102, 50.90759)
    assert found.bounds == (-1.40436, 50.90706, -1.39985, 50.90787)


def test_an_unknown_postcode_is_placed_by_its_sector():
    found = chain.locate("SO14 0XX")
    assert found.location.x == pytest.approx((-1.39985 - 1.40102) / 2)
    assert found.outcode == "SO14"


def test_duplicates_are_listed_with_their_districts_the_largest_first():
    labels = [match.label for match in chain.candidates("newport")]
    assert labels == [
        "Newport",
        "Newport, Isle of Wight",
        "Newport, Telford and Wrekin",
        "Newport (district)",
    ]


def test_exact_names_leave_no_room_for_similar_ones():
    assert {match.label for match in chain.candidates("Southampton")} == {
        "Southampton",
        "Southampton (district)",
    }


def test_a_scottish_region_and_nation_are_one_answer():
    assert [match.label for match in chain.candidates("S92000003")] == ["Scotland (nation)"]


def test_names_are_in_the_readers_language():
    with translation.override("cy"):
        assert chain.locate("Ynys Môn").label.startswith("Ynys Môn")


def test_the_rule_for_regions_by_postcode_area():
    assert lookup.region_of("E06000064", "LA139AA").code == "Y62"
    assert lookup.region_of("E06000064", "LA13").code == "Y62"
    assert lookup.region_of("E06000064", "CA101AA").code == "Y63"
    assert lookup.region_of("E06000064", "L11AA").code == "Y63"
    assert lookup.region_of("E99999999", "L11AA") is None


@pytest.mark.parametrize(
    ("words", "queries"),
    [
        ("SO14 0AA", 2),
        ("SO14", 2),
        ("SO14 0XX", 4),
        ("50.9, -1.4", 1),
        # Both kinds of names, the areas of the places, and the bounds of the areas.
        ("newport", 4),
    ],
)
def test_a_search_asks_few_questions(words, queries):
    chain.candidates(words)
    with CaptureQueriesContext(connection) as asked:
        chain.candidates(words)
    # Beside them stand the savepoint of a bounded read, its time limit, and that put back.
    assert len(asked) == queries + 4


def test_a_failed_search_leaves_its_kind_and_outcode_in_the_log_and_no_more(caplog):
    caplog.set_level(logging.INFO)
    chain.candidates("ZZ9 9ZZ")
    chain.candidates("my secret hideaway")
    assert [record.getMessage() for record in caplog.records] == [
        "Nothing found: kind postcode, outcode ZZ9",
        "Nothing found: kind name, outcode none",
    ]


def test_around_a_point_in_town():
    found = chain.reverse(Point(-1.4, 50.9, srid=4326))
    assert found.within
    assert (found.areas.district.name, found.areas.region.name) == (
        "Southampton",
        "South East",
    )
    assert (found.areas.nation.name, found.place) == ("England", "Southampton")
    # Nobody is told the whole of a postcode who only knows where somebody stands.
    assert found.outcode == "SO14"


def test_around_a_point_at_the_equator_of_longitudes():
    assert chain.reverse(Point(0, 51.52, srid=4326)).areas.region.code == "Y56"


def test_off_a_shore_the_areas_are_those_within_a_kilometre():
    # 0.01 degrees of latitude are 1,112 m, and 0.005 are 556 m, south of England's square.
    near = chain.reverse(Point(-5.0, 49.995, srid=4326))
    assert (near.within, near.areas.district.name) == (False, "Cornwall")
    far = chain.reverse(Point(-5.0, 49.98, srid=4326))
    assert (far.within, far.areas.district, far.areas.nation) == (False, None, None)


def test_around_a_point_on_a_crown_dependency():
    found = chain.reverse(Point(-2.1, 49.2, srid=4326))
    assert (found.within, found.place) == (False, "Saint Helier")


def test_around_a_point_outside_the_country():
    with pytest.raises(OutsideUnitedKingdom):
        chain.reverse(Point(2.35, 48.85, srid=4326))


def test_the_gazetteer_is_a_geocoder_of_geopy():
    gazetteer = Gazetteer()
    found = gazetteer.geocode("SO14 0AA")
    assert (found.address, found.latitude, found.longitude) == ("SO14 0AA", 50.90706, -1.39985)
    assert len(gazetteer.geocode("newport", exactly_one=False)) == 4
    assert gazetteer.geocode("qwertyuiop") is None
    assert gazetteer.reverse("50.9, -1.4").address == "Southampton"
    assert gazetteer.reverse((48.85, 2.35)) is None


def test_areas_kept_in_memory_are_read_again_when_a_row_has_changed():
    def found() -> tuple[Area | None, Area | None]:
        return lookup.region_of("E06000045", "SO140AA"), chain.locate("SO14 0AA").district

    before = found()
    assert all(a is b for a, b in zip(before, found(), strict=True))
    Area.objects.filter(code="E06000045").update(name="Hampton")
    assert found()[1].name == "Hampton"
    Area.objects.filter(code="E06000045").update(ended="2026-01-01")
    assert found() == (None, None)
