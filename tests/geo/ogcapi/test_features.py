"""Features are the same whether PostGIS writes them in a list or the serializer one by one."""

import json

import pytest
from rest_framework_gis.fields import GeometryField

from geo.ogcapi import features
from geo.ogcapi.layers import published_layers
from pledges.pledging.models import Pledge
from tests.geo.ogcapi import catalogue

SITE = "https://map.example.org"


def by_postgis(name: str, keys: list[int]) -> list[dict]:
    return [json.loads(text) for text in features.write(published_layers()[name], keys, SITE)]


def by_serializer(name: str, keys: list[int]) -> list[dict]:
    """As Django REST framework writes them, through JSON and back."""
    layer = published_layers()[name]
    rows = layer.rows().in_bulk(keys)
    written = layer.serializer([rows[key] for key in keys], many=True, context={"site": SITE}).data
    return json.loads(json.dumps(written["features"], default=str))


def keys_of(name: str) -> list[int]:
    return list(published_layers()[name].rows().order_by("pk").values_list("pk", flat=True))


def test_a_thousand_pledges_are_the_same_from_both(ground):
    catalogue.write_pledges(ground, 1000)
    keys = keys_of("pledges")
    assert len(keys) == 1000
    written = by_postgis("pledges", keys)
    assert written == by_serializer("pledges", keys)
    # The comparison would prove little if the pledges were all alike.
    values = [feature["properties"] for feature in written]
    assert {value["show"] for value in values} == {"organisation", "outcode", "region", "none"}
    assert {value["i_am"] for value in values} == {None, "nhs", "alongside", "patient", "public"}
    assert len({value["done_at"] for value in values}) == 4
    assert sum(feature["geometry"] is None for feature in written) > 400


@pytest.mark.parametrize("name", ["organisations", "hubs", "districts", "regions"])
def test_the_other_collections_are_the_same_from_both(name, full, count_up):
    keys = keys_of(name)
    assert keys
    assert by_postgis(name, keys) == by_serializer(name, keys)


def test_features_come_in_the_order_asked_for_and_nothing_else_does(full):
    keys = keys_of("pledges")[::-7]
    assert [feature["id"] for feature in by_postgis("pledges", keys)] == keys
    assert by_postgis("pledges", []) == []


def test_a_pledge_withdrawn_since_the_page_was_chosen_is_left_out(full):
    keys = keys_of("pledges")
    Pledge.objects.filter(pk=keys[3]).update(hidden_at=catalogue.MOMENTS[0])
    assert [feature["id"] for feature in by_postgis("pledges", keys)] == keys[:3] + keys[4:]


def test_coordinates_have_six_decimals_at_most(full):
    for name in ("pledges", "districts"):
        for text in features.write(published_layers()[name], keys_of(name), SITE):
            geometry = json.loads(text, parse_float=str)["geometry"]
            for number in _numbers(geometry["coordinates"] if geometry else []):
                assert len(number.partition(".")[2]) <= 6


def _numbers(nested) -> list[str]:
    if isinstance(nested, list):
        return [number for part in nested for number in _numbers(part)]
    return [str(nested)]


def test_moments_and_days_are_told_in_utc_and_london(pledge):
    late = catalogue.MOMENTS[1]  # half past midnight of the fourth in London
    made = pledge("I will smile.", on=late)
    Pledge.objects.filter(pk=made.pk).update(done_at=late)
    [feature] = by_postgis("pledges", [made.pk])
    assert feature["properties"]["created"] == "2014-07-03T23:30:00Z"
    assert feature["properties"]["done_at"] == "2014-07-04"
    assert feature["properties"]["status"] == "done"


def test_shown_as_is_what_the_person_chose(ground, pledge):
    chosen = [
        pledge(organisation=ground.hospital),
        pledge(outcode="SO14"),
        pledge(region=ground.west),
        pledge(organisation=ground.hospital, show=Pledge.Show.NONE),
    ]
    found = by_postgis("pledges", [each.pk for each in chosen])
    assert [feature["properties"]["shown_as"] for feature in found] == [
        "Alderham Hospital",
        "SO14",
        "West",
        None,
    ]


def test_private_fields_are_in_no_collection(alice, pledge, full, ask):
    pledge("I will smile.", author=alice, outcode="SO14")
    for name in published_layers():
        body = ask(f"collections/{name}/items", limit=1000).content.decode()
        assert "alice" not in body
        for word in ("author", "email_domains", "confirmed", "withdrawn", "hidden", "search_text"):
            assert f'"{word}' not in body


def test_a_geometry_is_declared_with_its_precision():
    for layer in published_layers().values():
        shape = layer.serializer().fields[layer.serializer.Meta.geo_field]
        assert isinstance(shape, GeometryField)
        assert shape.precision == 6


def test_addresses_of_features_lead_to_pages(full, ask, client):
    for name in ("pledges", "organisations"):
        for feature in ask(f"collections/{name}/items", limit=10_000).json()["features"]:
            address = feature["properties"]["url"]
            assert address.startswith("http://testserver/")
            path = address.removeprefix("http://testserver")
            assert client.get(path).status_code == 200, path
