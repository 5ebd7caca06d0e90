"""Fewer properties, and only what is near."""

import pytest
from django.contrib.gis.geos import Point

from pledges.pledging.models import Pledge

PLEDGES = "collections/pledges/items"


def test_only_the_properties_asked_for_are_written(full, ask):
    whole = ask(PLEDGES, limit=5).json()["features"]
    found = ask(PLEDGES, limit=5, properties="theme,likes").json()["features"]
    assert [e["properties"] for e in found] == [
        {name: e["properties"][name] for name in ("theme", "likes")} for e in whole
    ]
    assert [(e["id"], e["geometry"]) for e in found] == [(e["id"], e["geometry"]) for e in whole]
    assert ask(PLEDGES, properties="").json()["features"][0]["properties"] == {}


def test_a_property_that_there_is_not_is_refused_with_those_there_are(full, ask):
    answer = ask(PLEDGES, properties="theme,author")
    assert answer.status_code == 400
    assert "author is none of: text, theme" in answer.json()["description"]


@pytest.mark.parametrize("metres", [0, 500, 2500, 100_000])
def test_near_is_a_distance_on_the_ground(full, ask, metres):
    longitude, latitude = -0.3336, 50.002
    place = Point(longitude, latitude, srid=4326)
    found = ask(PLEDGES, near=f"{latitude},{longitude},{metres}", limit=1000).json()
    wanted = set(Pledge.objects.public().near(place, metres).values_list("pk", flat=True))
    assert {each["id"] for each in found["features"]} == wanted
    assert found["numberMatched"] == len(wanted)
    assert metres < 1000 or wanted


@pytest.mark.parametrize("near", ["", "1,2", "91,0,1", "50,0,-1", "50,0,nan", "50,0,1e9", "a,b,c"])
def test_near_is_read_strictly(full, ask, near):
    assert ask(PLEDGES, near=near).status_code == 400


def test_areas_are_near_nothing(full, ask):
    assert ask("collections/districts/items", near="50,0,1").status_code == 400
