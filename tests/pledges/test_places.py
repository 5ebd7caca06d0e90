"""Where a pledge is shown: nothing that was typed can be read from it."""

import pytest
from django.contrib.gis.geos import Point

from geo.areas.models import RegionException
from geo.core.errors import PlaceNotFound
from geo.geocoding.models import Outcode, Postcode
from pledges.pledging.models import Pledge
from pledges.pledging.public_place import draw, public_place
from tests.factories import POSTCODES, outcode

OUTCODE = Pledge.Show.OUTCODE


def points(outcode: str, district: str, length: int) -> set[tuple[float, float]]:
    return {
        (x, y)
        for code, x, y, at, live in POSTCODES
        if live and at == district and code.startswith(outcode) and len(code) == length
    }


def drawn(code: str, keys: range) -> set[tuple[float, float]]:
    return {public_place(OUTCODE, key, outcode=code).location.coords for key in keys}


def test_an_outcode_is_drawn_from_its_live_postcodes_in_its_own_district(ground):
    """Neither SO1 4AA, nor the terminated SO14 0ZZ, nor SO14 9AA beyond the border."""
    assert drawn("SO14", range(1, 101)) == points("SO14", "E07000003", 7)


def test_a_shorter_outcode_has_its_own_postcodes_only(ground):
    assert drawn("SO1", range(1, 51)) == points("SO1", "E07000002", 6)


def test_the_areas_are_those_of_the_outcode(ground):
    place = public_place(OUTCODE, 1, outcode="SO14")
    assert (place.district, place.region, place.outcode) == (
        ground.cottleigh,
        ground.east,
        "SO14",
    )


def test_the_place_hangs_on_the_number_of_the_pledge_and_nothing_else(ground):
    places = [public_place(OUTCODE, 7, outcode="SO14") for _ in range(3)]
    assert places[0] == places[1] == places[2]


def test_two_neighbours_are_not_shown_together_because_they_are_neighbours(ground, pledge):
    """What both typed was the same; where both are shown is drawn for each."""
    shown = {pledge(outcode="SO14").location.coords for _ in range(12)}
    assert len(shown) > 1


@pytest.mark.parametrize("choices", [1, 2, 7, 40, 1000])
def test_draws_are_even_and_within_bounds(choices):
    keys = 200 * choices
    times = [0] * choices
    for key in range(1, keys + 1):
        times[draw(key, choices)] += 1
    assert sum(times) == keys
    assert min(times) > 100
    assert max(times) < 300


def test_an_outcode_without_located_postcodes_is_shown_at_its_middle(ground):
    """Jersey has outcodes here, but no postcode with a place, no district and no region."""
    place = public_place(OUTCODE, 1, outcode="JE2")
    assert place.location.coords == outcode("JE2").location.coords
    assert (place.district, place.region) == (None, None)


def test_an_outcode_whose_postcodes_are_all_terminated_is_shown_at_its_middle(ground):
    at = Point(-3, 50.5, srid=4326)
    Postcode.objects.create(code="BS991AA", location=at, district_code="E07000001", live=False)
    Outcode.objects.create(code="BS99", location=at, district_code="E07000001", postcodes=0)
    place = public_place(OUTCODE, 1, outcode="BS99")
    assert (place.location.coords, place.district) == ((-3, 50.5), ground.alderham)


def test_a_postcode_area_may_belong_to_another_region_than_its_district(ground):
    """As the LA postcodes of Cumbria do: the code decides, not the geometry."""
    RegionException.objects.create(
        district=ground.cottleigh, postcode_area="SO", region=ground.west
    )
    place = public_place(OUTCODE, 1, outcode="SO14")
    assert (place.district, place.region) == (ground.cottleigh, ground.west)


@pytest.mark.parametrize("code", ["", "SO", "SO140AA", "so14", "SO1%", "SO__", "ZZ99"])
def test_what_is_no_outcode_has_no_place(ground, code):
    with pytest.raises(PlaceNotFound):
        public_place(OUTCODE, 1, outcode=code)


def test_at_an_organisation(ground):
    place = public_place(Pledge.Show.ORGANISATION, 1, organisation=ground.clinic)
    assert place.location == ground.clinic.location
    assert (place.district, place.region, place.outcode) == (ground.birchester, ground.east, "")
