"""The hub to turn to: of the area that holds a place, and the nearest as the crow flies."""

import json

import pytest
from django.contrib.gis.geos import Point
from geopy.distance import geodesic

from geo.areas.models import RegionException
from geo.geocoding import chain
from hubs.hub.models import Hub


def ask(client, **query) -> dict:
    response = client.get("/api/nearest-hub", query)
    assert response.status_code == 200, response.content
    return response.json()


def slugs(answer: dict) -> tuple[str | None, str]:
    containing = answer["containing"]
    return containing and containing["properties"]["slug"], answer["nearest"]["properties"]["slug"]


def test_a_postcode_has_the_hub_of_its_region_and_the_nearest(client, hubs):
    answer = ask(client, postcode="bs1 1aa")
    assert slugs(answer) == ("west", "west")
    assert set(answer) == {"containing", "nearest"}
    containing, nearest = answer["containing"], answer["nearest"]
    assert containing["type"] == nearest["type"] == "Feature"
    assert containing["geometry"] == {"type": "Point", "coordinates": [-3.5, 51.0]}
    told = containing["properties"]
    assert (told["code"], told["name"], told["place"]) == ("Y58", "West hub", "Westham")
    assert (told["email"], told["welcome"]) == ("west@example.org", "Come in.")
    assert "distance_m" not in told


def test_the_distance_is_geodesic_metres(client, hubs):
    metres = ask(client, postcode="BS1 1AA")["nearest"]["properties"]["distance_m"]
    assert metres == pytest.approx(geodesic((51.0, -3.0), (51.0, -3.5)).meters, abs=1)


def test_near_the_border_the_hub_of_the_area_and_the_nearest_are_two(client, hubs):
    Hub.objects.filter(slug="west").update(location=Point(-2.1, 51.5, srid=4326))
    assert slugs(ask(client, lat=51.5, lon=-1.9)) == ("east", "west")
    assert slugs(ask(client, lat=51.5, lon=-2.05)) == ("west", "west")


def test_a_postcode_s_own_code_decides_against_geometry(client, hubs, ground):
    # SO14 0AA lies in Cottleigh, in the East; its letters belong to the West.
    RegionException.objects.create(
        district=ground.cottleigh, postcode_area="SO", region=ground.west
    )
    assert slugs(ask(client, postcode="SO14 0AA")) == ("west", "east")
    assert slugs(ask(client, lat=50.5, lon=-1.0)) == ("east", "east")


def test_at_sea_no_area_holds_the_place_but_a_hub_is_nearest(client, hubs):
    assert slugs(ask(client, lat=49.7, lon=-3.0)) == (None, "west")
    assert slugs(ask(client, lat=56.0, lon=3.0)) == (None, "east"), "far off every shore"


def test_zero_degrees_are_a_place_like_any_other(client, hubs):
    assert slugs(ask(client, lat=51.0, lon=0)) == ("east", "east")


@pytest.mark.parametrize(("lat", "lon"), [(48.85, 2.35), (0, 0), (60.4, 5.3), (-90, 180)])
def test_other_countries_are_outside(client, hubs, lat, lon):
    response = client.get("/api/nearest-hub", {"lat": lat, "lon": lon})
    assert response.status_code == 422
    assert response.json()["code"] == "outside-uk"


def test_a_terminated_postcode_answers_and_says_so(client, hubs):
    answer = ask(client, postcode="SO14 0ZZ")
    assert slugs(answer) == ("east", "east")
    assert answer["note"] == "This postcode is no longer in use."


def test_a_postcode_newer_than_the_list_is_answered_by_its_outcode(client, hubs):
    answer = ask(client, postcode="SO14 9ZZ")
    assert slugs(answer) == ("east", "east")
    assert "SO14" in answer["note"]


@pytest.mark.parametrize("postcode", ["ZZ99 9ZZ", "Alderham", "☃", "'; drop table hubs_hub; --"])
def test_what_is_no_postcode_is_not_found(client, hubs, postcode):
    response = client.get("/api/nearest-hub", {"postcode": postcode})
    assert response.status_code == 404
    assert response.json()["code"] == "place-not-found"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "postcode=",
        "lat=51",
        "lon=0",
        "lat=nan&lon=0",
        "lat=51&lon=inf",
        "lat=91&lon=0",
        "lat=%00&lon=0",
        "postcode=%00",
        "postcode=%ff",
        f"postcode={'A' * 10_000}",
        "town=Alderham",
    ],
)
def test_what_cannot_be_read_is_refused_in_the_one_shape(client, hubs, query):
    response = client.get(f"/api/nearest-hub?{query}")
    assert response.status_code == 400
    assert set(json.loads(response.content)) == {"code", "description"}


def test_without_hubs_there_is_none_to_name(client, ground):
    assert client.get("/api/nearest-hub", {"lat": 51, "lon": -1}).status_code == 404


def test_other_sites_may_ask(client, hubs):
    response = client.get("/api/nearest-hub", {"postcode": "BS1 1AA"})
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("query", [{"postcode": "BS1 1AA"}, {"lat": 51.0, "lon": -1.0}])
def test_the_number_of_queries_is_fixed(client, hubs, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(12):
        ask(client, **query)


def test_what_lies_around_a_point_has_its_hubs(hubs):
    around = chain.reverse(Point(-1.9, 51.5, srid=4326))
    assert around.more["hub"]["slug"] == "east"
    assert around.more["nearest_hub"]["slug"] == "east"
    assert around.more["nearest_hub"]["distance_m"] > 0
