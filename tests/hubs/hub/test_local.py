"""Which hub is mine: in the middle of an area, near a border, at sea, beyond the seas."""

import pytest
from django.contrib.gis.geos import Point
from geopy.distance import geodesic

from hubs.hub.local import BORDER_METRES, distances_to_regions, hubs_near, search_hubs
from hubs.hub.models import Hub
from tests.pledges.test_pages import words


def slugs(found) -> list[str]:
    return [choice.hub.slug for choice in found.hubs]


def at(longitude: float, latitude: float) -> Point:
    return Point(longitude, latitude, srid=4326)


def test_far_from_every_border_there_is_one(hubs):
    found = search_hubs("BS1 1AA")
    assert slugs(found) == ["west"]
    assert found.hubs[0].serving
    assert found.message == "This is the hub for BS1 1AA."


@pytest.mark.parametrize(
    ("longitude", "expected"),
    [(-1.9, ["east", "west"]), (-2.1, ["west", "east"]), (-1.8, ["east"]), (-2.2, ["west"])],
)
def test_near_a_border_there_are_both_and_the_choice_is_the_person_s(hubs, longitude, expected):
    # A tenth of a degree is 7 km here, two tenths 14. Each hub is the nearest in its own area.
    found = hubs_near(at(longitude, 51.0))
    assert slugs(found) == expected
    assert [choice.serving for choice in found.hubs] == [True, *[False] * (len(expected) - 1)]
    if len(expected) == 2:
        assert found.hubs[1].border == pytest.approx(7_000, abs=100)
        assert "Turn to whichever suits you." in found.message


def test_where_another_hub_is_nearer_though_its_area_is_far_both_are_told(hubs):
    Hub.objects.filter(slug="west").update(location=at(-1.2, 51.5))
    found = hubs_near(at(-1.0, 51.5))
    assert slugs(found) == ["east", "west"]
    assert found.hubs[1].nearest
    assert found.hubs[1].border is None
    assert found.hubs[1].why == "Nearest as the crow flies."


def test_borders_are_measured_in_metres_and_no_further_than_asked(ground):
    near = distances_to_regions(at(-1.9, 51.0))
    assert near[ground.east.pk] == 0
    # On a sphere: half a per cent at most from the true ellipsoid.
    assert near[ground.west.pk] == pytest.approx(geodesic((51, -1.9), (51, -2)).m, rel=0.005)
    assert max(near.values()) < BORDER_METRES
    assert set(distances_to_regions(at(-1.0, 51.0))) == {ground.east.pk}


def test_at_sea_no_hub_looks_after_the_place_but_one_is_nearest(hubs):
    found = hubs_near(at(-3.0, 49.7))
    assert slugs(found) == ["west"]
    assert not found.hubs[0].serving
    assert "No hub looks after where you are yet." in found.message


def test_the_crown_dependencies_have_the_nearest_and_are_told_where_they_are(hubs):
    found = search_hubs("JE2")
    assert len(found.hubs) == 1
    assert "Jersey) yet." in found.message
    assert "Not part of the United Kingdom." in found.message


@pytest.mark.parametrize("point", [(2.35, 48.85), (0, 0)])
def test_elsewhere_is_outside(hubs, point):
    found = hubs_near(at(*point))
    assert found.hubs == ()
    assert "outside the United Kingdom" in found.message


def test_a_location_is_rounded_before_anything_is_asked(hubs):
    # 0.0004 degrees from the border, on the other side of it once rounded.
    assert hubs_near(at(-1.9996, 51.0)).hubs[0].metres == hubs_near(at(-2.0, 51.0)).hubs[0].metres


@pytest.mark.parametrize("typed", ["", "ZZ99 9ZZ", "Xyzzy", "'; drop table hubs_hub; --"])
def test_what_is_no_place_is_said(hubs, typed):
    found = search_hubs(typed)
    assert found.hubs == ()
    assert found.message


def test_the_page_says_where_why_and_how_to_write(client, hubs):
    page = words(client.post("/hubs/", {"lat": "51.0", "lon": "-1.9"}))
    assert "These hubs are near where you are. Turn to whichever suits you." in page
    assert "East hub In Eastham, 61 miles away It looks after this area. Write to East hub" in page
    assert "West hub In Westham, 70 miles away Its area begins near here: 4 miles away." in page


def test_a_place_is_posted_and_kept_in_no_address(client, hubs):
    answer = client.post("/hubs/", {"place": "SO14 0AA"})
    assert answer.status_code == 200
    assert "This is the hub for SO14 0AA." in words(answer)
    assert not answer.cookies


@pytest.mark.parametrize("form", [{"lat": "nan", "lon": "0"}, {"lat": "51", "lon": "x"}])
def test_what_is_no_location_is_refused(client, hubs, form):
    assert client.post("/hubs/", form).status_code == 400


def test_without_hubs_the_page_says_so(client, ground):
    assert "There are no hubs yet." in words(client.post("/hubs/", {"place": "SO14 0AA"}))
