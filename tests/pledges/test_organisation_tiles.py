"""Organisations in the tiles of the map."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from geo.core.filters import Filters
from geo.loaders.datasets import remember
from geo.tiles.grid import Tile
from pledges.organisations.models import Organisation
from pledges.organisations.tiles import organisation_clusters
from tests.factories import make_organisation

# The zoom-6 tile of the hospital and the clinic, and the zoom-12 tiles of each.
BOTH = "6/31/21"


def tile(client, address: str) -> list[dict]:
    response = client.get(f"/tiles/organisations/{address}.json")
    assert response.status_code == 200
    return json.loads(response.content)["features"]


@pytest.fixture
def neighbours(ground) -> Organisation:
    """Another organisation a hundred metres from the clinic."""
    return make_organisation("RXN", "Next Door", (-1.5015, 51.5), ground.birchester)


def test_far_out_those_in_a_cell_are_one_cluster_and_one_alone_is_itself(client, neighbours):
    cluster, alone = tile(client, BOTH)
    assert cluster["properties"]["count"] == 2
    west, south, east, north = cluster["properties"]["bbox"]
    assert west <= -1.5015 < -1.5 <= east
    assert south <= 51.5 <= north
    assert cluster["geometry"]["coordinates"] == [-1.50075, 51.5]
    assert alone["id"] == "RXA"
    assert alone["geometry"]["coordinates"] == [-3.0, 51.5]
    assert alone["properties"] == {
        "count": 1,
        "code": "RXA",
        "name": "Alderham Hospital",
        "pledges": 0,
        "url": "/organisations/RXA/",
        "closed": False,
    }


def test_close_up_each_is_itself_with_its_pledges(client, ground, neighbours, pledge, count_up):
    pledge(organisation=ground.clinic)
    pledge(organisation=ground.clinic, withdrawn=True)
    count_up()
    found = {f["id"]: f["properties"]["pledges"] for f in tile(client, "12/2030/1362")}
    assert found == {"RXB": 1, "RXN": 0}


def test_those_at_one_point_are_told_together_open_ones_first(client, ground):
    make_organisation(
        "RXO", "An Older Clinic", (-1.5, 51.5), ground.birchester, closed="2020-01-01"
    )
    (spot,) = tile(client, "13/4061/2724")
    assert spot["properties"]["count"] == 2
    assert spot["properties"]["spot"] == str(ground.clinic.morton)
    told = spot["properties"]["organisations"]
    assert [(one["code"], one["closed"]) for one in told] == [("RXB", False), ("RXO", True)]


@pytest.mark.parametrize("zoom", [0, 3, 8, 11, 12, 14, 17])
def test_at_every_zoom_the_tiles_hold_each_organisation_once(client, neighbours, zoom):
    total = 0
    placed = Organisation.objects.on_map()
    shift = 2 * (24 - zoom)
    for code in {organisation.morton >> shift for organisation in placed}:
        x = sum((code >> 2 * bit & 1) << bit for bit in range(zoom))
        y = sum((code >> 2 * bit + 1 & 1) << bit for bit in range(zoom))
        total += sum(f["properties"]["count"] for f in tile(client, f"{zoom}/{x}/{y}"))
    assert total == placed.count() == 3


def test_an_empty_tile_is_an_empty_collection(client, ground):
    assert tile(client, "12/0/0") == []


def test_the_number_of_queries_does_not_grow(client, neighbours):
    with CaptureQueriesContext(connection) as few:
        tile(client, BOTH)
    Organisation.objects.bulk_create(
        Organisation(
            code=f"Z{n:02}", slug=f"z{n}", name="Zeal", location=f"SRID=4326;POINT({-n / 20} 51.5)"
        )
        for n in range(60)
    )
    remember("organisations: sixty more", "1", 60)
    with CaptureQueriesContext(connection) as many:
        assert len(tile(client, BOTH)) > 2
    assert len(many) <= len(few)


def test_the_spatial_index_finds_a_tile_s_organisations(ground):
    with CaptureQueriesContext(connection) as asked:
        organisation_clusters(Filters(), Tile.at(12, 2030, 1362))
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {query['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using pledges_organisation_location" in plan


def test_an_unchanged_tile_is_not_sent_again_but_a_changed_one_is(client, ground, pledge, count_up):
    def ask(**headers):
        return client.get("/tiles/organisations/0/0/0.json", headers=headers)

    first = ask()
    assert ask(if_none_match=first["ETag"]).status_code == 304
    pledge(organisation=ground.clinic)
    count_up()
    second = ask(if_none_match=first["ETag"])
    assert second.status_code == 200
    remember("organisations: another file", "1", 1)
    assert ask(if_none_match=second["ETag"]).status_code == 200
