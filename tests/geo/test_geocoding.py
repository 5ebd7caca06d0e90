"""Finding a place: what people type, and what they must be shown."""

import logging

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from geo.errors import OutsideUnitedKingdom, PlaceNotFound
from geo.geocoding import belonging, chain
from geo.geocoding.gazetteer import Gazetteer
from geo.models import Postcode

pytestmark = pytest.mark.usefixtures("country")

# What is typed; the first answer's label, kind, district and region.
FOUND = [
    # A postcode in any form.
    ("SO14 0AA", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("so140aa", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("  so14   0aa ", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("S O 1 4 0 A A", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("SO1 40AA", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("SO14-0AA", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("ＳＯ１４　０ＡＡ", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("E1 6AA", "E1 6AA", "postcode", "E09000030", "Y56"),
    ("E162AA", "E16 2AA", "postcode", "E09000025", "Y56"),
    ("ZE1 0AA", "ZE1 0AA", "postcode", "S12000027", "S92000003"),
    ("10 Downing Street, London SW1A 2AA", "SW1A 2AA", "postcode", "E09000033", "Y56"),
    # O for 0 and I for 1, by where they stand.
    ("S014 0AA", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("SO14 OAA", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("SOI4OAA", "SO14 0AA", "postcode", "E06000045", "Y59"),
    ("ECIA IBB", "EC1A 1BB", "postcode", "E09000019", "Y56"),
    ("WIA IAA", "W1A 1AA", "postcode", "E09000033", "Y56"),
    ("MI 1AE", "M1 1AE", "postcode", "E08000003", "Y62"),
    ("S1O 2JF", "S10 2JF", "postcode", "E08000039", "Y63"),
    # No longer in use, and still placed.
    ("AB1 0AA", "AB1 0AA", "postcode", "S12000033", "S92000003"),
    ("SO14 0ZZ", "SO14 0ZZ", "postcode", "E06000045", "Y59"),
    # The code decides in Cumbria, where one district lies in two regions.
    ("LA13 9AA", "LA13 9AA", "postcode", "E06000064", "Y62"),
    ("CA10 1AA", "CA10 1AA", "postcode", "E06000064", "Y63"),
    # Parts of a postcode.
    ("SO14", "SO14", "outcode", "E06000045", "Y59"),
    ("so 14", "SO14", "outcode", "E06000045", "Y59"),
    ("S014", "SO14", "outcode", "E06000045", "Y59"),
    ("E16", "E16", "outcode", "E09000025", "Y56"),
    ("E1 6", "E1 6", "sector", "E09000001", "Y56"),
    ("SO14 0", "SO14 0", "sector", "E06000045", "Y59"),
    ("SO140", "SO14 0", "sector", "E06000045", "Y59"),
    ("SO14 O", "SO14 0", "sector", "E06000045", "Y59"),
    ("SO14 0A", "SO14 0", "sector", "E06000045", "Y59"),
    ("SO14 9", "SO14", "outcode", "E06000045", "Y59"),
    # Newer than the data, or a slip: the outcode.
    ("SO14 0XX", "SO14", "outcode", "E06000045", "Y59"),
    ("SO14 9AA", "SO14", "outcode", "E06000045", "Y59"),
    ("SO14 0CC", "SO14", "outcode", "E06000045", "Y59"),
    ("LA13 0AA", "LA13", "outcode", "E06000064", "Y62"),
    ("IM1 1AA", "IM1 (Douglas, Isle of Man)", "outcode", None, None),
    ("JE2", "JE2 (Saint Helier, Jersey)", "outcode", None, None),
    # Places, whatever their case, accents, apostrophes and saints.
    ("Leeds", "Leeds", "place", "E08000035", "Y63"),
    ("LEEDS", "Leeds", "place", "E08000035", "Y63"),
    ("Kings Lynn", "King's Lynn, King's Lynn and West Norfolk", "place", "E07000146", "Y61"),
    ("King’s Lynn", "King's Lynn, King's Lynn and West Norfolk", "place", "E07000146", "Y61"),
    ("betws y coed", "Betws-y-Coed, Conwy", "place", "W06000003", "W92000004"),
    ("St David's", "Saint Davids, Pembrokeshire", "place", "W06000009", "W92000004"),
    ("saint davids", "Saint Davids, Pembrokeshire", "place", "W06000009", "W92000004"),
    ("Tyddewi", "Saint Davids, Pembrokeshire", "place", "W06000009", "W92000004"),
    ("Caerdydd", "Cardiff", "place", "W06000015", "W92000004"),
    ("abertawe", "Swansea", "place", "W06000011", "W92000004"),
    ("Bryste", "Bristol", "place", "E06000023", "Y58"),
    ("Hull", "Kingston upon Hull", "place", "E06000010", "Y63"),
    ("London", "London", "place", "E09000033", "Y56"),
    ("Scalloway", "Scalloway, Shetland Islands", "place", "S12000027", "S92000003"),
    (
        "barrow-in-furness",
        "Barrow in Furness, Westmorland and Furness",
        "place",
        "E06000064",
        "Y62",
    ),
    ("Newport", "Newport", "place", "W06000022", "W92000004"),
    ("Newport, Isle of Wight", "Newport, Isle of Wight", "place", "E06000046", "Y59"),
    ("newport,telford", "Newport, Telford and Wrekin", "place", "E06000020", "Y60"),
    ("St Ives, Cornwall", "St Ives, Cornwall", "place", "E06000052", "Y58"),
    ("Newport, Nowhereshire", "Newport", "place", "W06000022", "W92000004"),
    ("12 High Street, Leeds", "Leeds", "place", "E08000035", "Y63"),
    # Begun, and misspelt.
    ("Scallo", "Scalloway, Shetland Islands", "place", "S12000027", "S92000003"),
    ("Manchestr", "Manchester", "place", "E08000003", "Y62"),
    ("Barow in Furnes", "Barrow in Furness, Westmorland and Furness", "place", "E06000064", "Y62"),
    # Areas, by name in both languages and by code.
    ("Cornwall", "Cornwall (district)", "area", "E06000052", "Y58"),
    ("Cernyw", "Cornwall (district)", "area", "E06000052", "Y58"),
    ("ynys mon", "Isle of Anglesey (district)", "area", "W06000001", "W92000004"),
    ("City of Bristol", "Bristol, City of (district)", "area", "E06000023", "Y58"),
    ("North West", "North West (region)", "area", None, "Y62"),
    ("Scotland", "Scotland (nation)", "area", None, "S92000003"),
    ("Lloegr", "England (nation)", "area", None, None),
    ("E06000045", "Southampton (district)", "area", "E06000045", "Y59"),
    ("y63", "North East and Yorkshire (region)", "area", None, "Y63"),
    # Coordinates and grid references.
    ("50.9, -1.4", "50.90000, -1.40000", "coordinates", "E06000045", "Y59"),
    ("50.9 -1.4", "50.90000, -1.40000", "coordinates", "E06000045", "Y59"),
    ("(50.9; -1.4)", "50.90000, -1.40000", "coordinates", "E06000045", "Y59"),
    ("50.9° N, 1.4° W", "50.90000, -1.40000", "coordinates", "E06000045", "Y59"),
    ("51.55,0", "51.55000, 0.00000", "coordinates", "E09000025", "Y56"),
    ("SU 41 13", "SU 41 13", "grid-reference", "E06000045", "Y59"),
    ("su4113", "SU 41 13", "grid-reference", "E06000045", "Y59"),
    ("SU 41912 11034", "SU 41912 11034", "grid-reference", "E06000045", "Y59"),
    ("HU 47 41", "HU 47 41", "grid-reference", "S12000027", "S92000003"),
    ("J 33 74", "J 33 74", "grid-reference", "N09000003", "N92000002"),
]


@pytest.mark.parametrize(("words", "label", "kind", "district", "region"), FOUND)
def test_the_best_place_for_words(words, label, kind, district, region):
    found = chain.locate(words)
    assert (found.label, found.kind) == (label, kind)
    assert (found.district.code if found.district else None) == district
    assert (found.region.code if found.region else None) == region


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
    assert belonging.region_of("E06000064", "LA139AA").code == "Y62"
    assert belonging.region_of("E06000064", "LA13").code == "Y62"
    assert belonging.region_of("E06000064", "CA101AA").code == "Y63"
    assert belonging.region_of("E06000064", "L11AA").code == "Y63"
    assert belonging.region_of("E99999999", "L11AA") is None


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
    # Beside them stand the savepoint and the time limit of a bounded read.
    assert len(asked) == queries + 3


def test_a_failed_search_leaves_its_kind_and_outcode_in_the_log_and_no_more(caplog):
    caplog.set_level(logging.INFO)
    chain.candidates("ZZ9 9ZZ")
    chain.candidates("my secret hideaway")
    assert [record.getMessage() for record in caplog.records] == [
        "Nothing found: kind postcode, outcode ZZ9",
        "Nothing found: kind name, outcode none",
    ]


# What is half typed, and the first labels that it may become.
BEGUN = [
    ("SO1", ["SO14", "SO14 0AA", "SO14 0YN", "SO14 7DU"]),
    ("so14 0", ["SO14 0AA", "SO14 0YN"]),
    ("SO14 0Y", ["SO14 0YN"]),
    ("SO140Y", ["SO14 0YN"]),
    ("SO14 OY", ["SO14 0YN"]),
    ("E1 6", ["E1 6AA", "E1 6AN"]),
    ("E16", ["E16", "E16 2AA", "E1 6AA", "E1 6AN"]),
    # A slip of the space bar finds what there is.
    ("SO1 4", ["SO14 0AA", "SO14 0YN", "SO14 7DU"]),
    ("lee", ["Leeds", "Leeds (district)"]),
    ("newp", ["Newport", "Newport, Isle of Wight", "Newport, Telford and Wrekin"]),
    ("st i", ["Saint Ives, Huntingdonshire", "St Ives, Cornwall"]),
    # A place's own name comes before what other languages call a larger one.
    ("lo", ["London"]),
    ("manchestr", ["Manchester"]),
    ("s", []),
    ("", []),
    ("50.9, -1.4", []),
]


@pytest.mark.parametrize(("words", "labels"), BEGUN)
def test_words_half_typed(words, labels):
    found = [match.label for match in chain.suggest(words)]
    assert found[: len(labels)] == labels
    assert bool(found) == bool(labels)
    assert len(found) <= 10


def test_terminated_postcodes_are_not_suggested():
    assert "SO14 0ZZ" not in [match.label for match in chain.suggest("SO14 0Z")]


def test_own_names_come_before_those_of_other_languages():
    assert [match.label for match in chain.suggest("do")] == [
        "Douglas, Isle of Man",
        "Douglas, South Lanarkshire",
    ]
    # Abertawe is Swansea; Aberdeen City is nobody's alternate.
    assert chain.suggest("abert")[0].label == "Swansea"


@pytest.mark.parametrize(
    ("queryset", "index"),
    [
        (lambda: Postcode.objects.filter(code__startswith="SO140"), "geo_postcode_pkey"),
        (lambda: Postcode.objects.filter(pk__in=["SO140AA", "S0140AA"]), "geo_postcode_pkey"),
    ],
)
def test_prefixes_are_answered_by_the_key(queryset, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in queryset().explain()


def test_likeness_is_answered_by_the_trigram_index():
    with CaptureQueriesContext(connection) as asked:
        chain.suggest("manchestr")
    alike = next(
        query["sql"]
        for query in asked
        if "SIMILARITY" in query["sql"] and "geo_placename" in query["sql"]
    )
    with connection.cursor() as cursor:
        # A dozen names need no index: leave the planner nothing but bitmaps to choose.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("EXPLAIN " + alike)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on geo_placename_trigram" in plan


def test_around_a_point_in_town():
    found = chain.reverse(Point(-1.4, 50.9, srid=4326))
    assert found.within
    assert (found.belonging.district.name, found.belonging.region.name) == (
        "Southampton",
        "South East",
    )
    assert (found.belonging.nation.name, found.place) == ("England", "Southampton")
    # Nobody is told the whole of a postcode who only knows where somebody stands.
    assert found.outcode == "SO14"


def test_around_a_point_at_the_equator_of_longitudes():
    assert chain.reverse(Point(0, 51.52, srid=4326)).belonging.region.code == "Y56"


def test_off_a_shore_the_areas_are_those_within_a_kilometre():
    # 0.01 degrees of latitude are 1,112 m, and 0.005 are 556 m, south of England's square.
    near = chain.reverse(Point(-5.0, 49.995, srid=4326))
    assert (near.within, near.belonging.district.name) == (False, "Cornwall")
    far = chain.reverse(Point(-5.0, 49.98, srid=4326))
    assert (far.within, far.belonging.district, far.belonging.nation) == (False, None, None)


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
