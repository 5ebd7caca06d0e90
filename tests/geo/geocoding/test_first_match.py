"""Finding a place: what people type, and the first answer that they must be shown."""

import pytest

from geo.geocoding import chain

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
