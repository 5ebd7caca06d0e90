"""The files that the base layer is drawn from."""

import gzip
import json

import brotli
import pytest
from django.urls import reverse

from geo.areas.models import Area
from geo.basemap import files


def ask(client, name: str, accept: str = "gzip", **query: str):
    return client.get(reverse("base", args=[name]), query, headers={"Accept-Encoding": accept})


def content(response) -> dict:
    return json.loads(gzip.decompress(response.content))


def test_every_address_answers_and_may_be_kept_for_ever(client, ground):

    found = files.addresses()
    assert {"land_low", "labels_low", "regions_low", "districts"} <= set(found)
    for address in found.values():
        response = client.get(address)
        assert response.status_code == 200
        assert "immutable" in response["Cache-Control"]
        assert content(response)


@pytest.mark.parametrize(
    ("accept", "unpack"), [("gzip, br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_both_compressions_hold_the_same(db, client, accept, unpack):
    assert json.loads(unpack(ask(client, "lakes", accept).content))["shapes"]


def test_an_old_version_is_kept_for_a_minute_only(db, client):
    assert "immutable" not in ask(client, "lakes", v="older")["Cache-Control"]


def test_what_the_browser_has_is_not_sent_again(db, client):
    tag = ask(client, "lakes")["ETag"]
    response = client.get(reverse("base", args=["lakes"]), headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_an_area_that_changes_changes_the_address(ground):

    before = files.addresses()["regions"]
    Area.objects.filter(pk=ground.west.pk).update(name="Wild West")
    assert files.addresses()["regions"] != before


def test_areas_carry_name_code_and_where_to_write_it(client, ground):
    found = content(ask(client, "regions_low"))["shapes"]
    west = next(shape for shape in found if shape["code"] == "Y58")
    assert (west["name"], west["label"]) == ("West", [-3.0, 51.0])
    # The square from 4 to 2 degrees west and 50 to 52 north, in steps of half a thousandth.
    ring = west["at"][0][0]
    assert (west["type"], ring[:2]) == ("MultiPolygon", [-8000, 100_000])
    assert sorted(ring[2:]) == [-4000, -4000, 0, 0, 0, 0, 4000, 4000]


def test_far_out_only_the_largest_towns_are_named(db, client):
    names = content(ask(client, "labels_low"))["names"]
    assert len(names) == files.MOST_LABELS_LOW
    everyone = content(ask(client, "labels"))["names"]
    assert everyone[0][0] == "London"
    assert names == everyone[: len(names)]


@pytest.mark.parametrize("name", ["nothing", "areas", "labels-low"])
def test_a_name_that_there_is_not(db, client, name):
    response = ask(client, name)
    assert response.status_code == 404


def test_without_areas_the_map_has_none_and_goes_on(db, client):
    assert "regions" not in files.addresses()
    assert ask(client, "regions").status_code == 404


def test_unknown_parameters_are_refused(db, client):
    assert ask(client, "lakes", w="1").status_code == 400
