"""Coordinates in other reference systems, in answers, boxes and filters (Part 2)."""

import json

import pytest
from django.contrib.gis.geos import GEOSGeometry

from geo.ogcapi.crs import OFFERED

PLEDGES = "collections/pledges/items"
CRS84, EPSG4326, MERCATOR, BRITISH = OFFERED
# The worked example of the Ordnance Survey's transformation OSTN15.
GRID = (651409.804, 313177.450)
DEGREES = (1.716073973, 52.658007833)


def shapes(answer) -> dict[int, list]:
    return {
        each["id"]: each["geometry"]["coordinates"]
        for each in answer.json()["features"]
        if each["geometry"]
    }


@pytest.mark.parametrize("uri", OFFERED)
@pytest.mark.parametrize("name", ["pledges", "districts"])
def test_an_answer_is_in_the_system_asked_for(full, ask, uri, name):
    plain = ask(f"collections/{name}/items", limit=1000)
    answer = ask(f"collections/{name}/items", limit=1000, crs=uri)
    assert answer["Content-Crs"] == f"<{uri}>"
    assert "crs" not in json.dumps(answer.json()["features"])
    system = OFFERED[uri]
    there, here = shapes(answer), shapes(plain)
    assert set(there) == set(here) != set()
    kind = "Point" if name == "pledges" else "MultiPolygon"
    for key, coordinates in there.items():
        moved = GEOSGeometry(json.dumps({"type": kind, "coordinates": coordinates}))
        stays = GEOSGeometry(json.dumps({"type": kind, "coordinates": here[key]}))
        back = system.to_degrees(moved)
        assert back.equals_exact(stays, 2e-5)


def test_one_feature_is_in_the_system_too(full, ask):
    key = next(iter(shapes(ask(PLEDGES, limit=1000))))
    longitude, latitude = ask(f"{PLEDGES}/{key}").json()["geometry"]["coordinates"]
    answer = ask(f"{PLEDGES}/{key}", crs=EPSG4326)
    assert answer["Content-Crs"] == f"<{EPSG4326}>"
    assert answer.json()["geometry"]["coordinates"] == [latitude, longitude]


def test_the_national_grid_is_within_five_metres_of_the_surveys_own(db):
    found = OFFERED[BRITISH].to_degrees(GEOSGeometry(f"POINT({GRID[0]} {GRID[1]})"))
    # A degree of longitude is 68 km there, one of latitude 111 km.
    assert abs(found.x - DEGREES[0]) * 68_000 < 5
    assert abs(found.y - DEGREES[1]) * 111_000 < 5


def test_a_box_may_be_given_in_each(full, ask):
    west, south, east, north = -0.5, 50.001, -0.333, 50.018
    wanted = ask(PLEDGES, bbox=f"{west},{south},{east},{north}", limit=1000).json()
    assert 0 < wanted["numberMatched"] < 60
    boxes = {
        EPSG4326: f"{south},{west},{north},{east}",
        MERCATOR: "-55659.745,6446453.5,-37069.39,6449397.5",
    }
    for uri, box in boxes.items():
        answer = ask(PLEDGES, bbox=box, bbox__crs=uri, limit=1000).json()
        assert answer["numberMatched"] == len(answer["features"]) == wanted["numberMatched"]
        assert shapes_of(answer) == shapes_of(wanted)


def shapes_of(document: dict) -> set[int]:
    return {each["id"] for each in document["features"]}


def test_a_box_of_the_grid_leans_and_is_counted_as_it_leans(full, ask):
    system = OFFERED[BRITISH]
    box = "505000,10000,520000,20000"
    answer = ask(PLEDGES, bbox=box, bbox__crs=BRITISH, limit=1000).json()
    shape = system.box(box)
    within = {
        key
        for key, at in shapes(ask(PLEDGES, limit=1000)).items()
        if shape.intersects(GEOSGeometry(f"SRID=4326;POINT({at[0]} {at[1]})"))
    }
    assert shapes_of(answer) == within
    assert answer["numberMatched"] == len(within)


@pytest.mark.parametrize(
    ("name", "value"),
    [("crs", "EPSG:27700"), ("bbox-crs", "x"), ("filter-crs", ""), ("crs", "http://example.org")],
)
def test_others_are_refused_with_those_there_are(full, ask, name, value):
    answer = ask(PLEDGES, **{name.replace("-", "__"): value})
    assert answer.status_code == 400
    assert BRITISH in answer.json()["description"]


@pytest.mark.parametrize(
    "box",
    ["nan,0,1,1", "0,0,1", "1,1,0,0", "1e99,0,1e99,1", "-99999999,-99999999,99999999,99999999"],
)
@pytest.mark.parametrize("uri", [BRITISH, MERCATOR, EPSG4326])
def test_boxes_beyond_the_system_are_refused(full, ask, box, uri):
    assert ask(PLEDGES, bbox=box, bbox__crs=uri).status_code == 400


def test_a_point_of_a_box_is_a_box(full, ask):
    assert ask(PLEDGES, bbox="500000,100000,500000,100000", bbox__crs=BRITISH).status_code == 200
