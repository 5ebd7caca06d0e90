"""Cluster tiles: what is drawn, and what can be opened from it."""

import datetime
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.utils import timezone

from geo.counts.models import Fold
from geo.tiles.grid import Tile, morton_decode
from pledges.filters import PledgeFilters
from pledges.map.tiles import FAN, clusters
from pledges.pledging.models import Pledge

WORLD = Tile(0, 0, 0)


def at(pledge: Pledge, z: int) -> Tile:
    """The tile of a zoom that a pledge lies in."""
    column, row = morton_decode(pledge.morton)
    return Tile(z, column >> 24 - z, row >> 24 - z)


def drawn(tile: Tile = WORLD, query: str = "") -> list[dict]:
    return clusters(PledgeFilters.parse(QueryDict(query)), tile)["features"]


@pytest.fixture
def five(ground, pledge, count_up) -> list[Pledge]:
    """Three at the hospital, one at the clinic, one in SO14; and two not on the map."""
    made = [
        pledge(organisation=ground.hospital, theme="care", on=datetime.date(2014, 3, 3)),
        pledge(organisation=ground.hospital, theme="staff", on=datetime.date(2014, 3, 3)),
        pledge(organisation=ground.hospital, theme="staff"),
        pledge(organisation=ground.clinic, theme="patients", i_am=Pledge.IAm.PATIENT),
        pledge(outcode="SO14", theme="care", done=True),
    ]
    pledge(region=ground.east)
    pledge()
    count_up()
    return made


def test_far_out_all_on_the_map_are_one_cluster(five):
    [cluster] = drawn()
    assert cluster["properties"]["count"] == 5
    assert cluster["properties"]["parts"] == {"care": 2, "patients": 1, "staff": 2}
    assert "id" not in cluster


def test_a_cluster_stands_at_the_middle_of_its_pledges_within_its_box(five):
    [cluster] = drawn()
    west, south, east, north = cluster["properties"]["bbox"]
    longitude, _latitude = cluster["geometry"]["coordinates"]
    mean = sum(pledge.location.x for pledge in five) / 5
    assert longitude == pytest.approx(mean, abs=1e-5)
    assert all(west <= p.location.x <= east and south <= p.location.y <= north for p in five)


def test_a_cluster_of_one_is_the_pledge_itself(five):
    single = five[4]
    [found] = [f for f in drawn(at(single, 8)) if f["properties"]["count"] == 1 and "id" in f]
    assert found["id"] == single.pk
    assert found["properties"] == {"count": 1, "parts": {"care": 1}, "spot": str(single.morton)}
    assert found["geometry"]["coordinates"] == pytest.approx(single.location.coords, abs=2e-5)


def test_close_up_a_spot_names_its_pledges_and_their_themes(five):
    [spot] = drawn(at(five[0], 16))
    told = spot["properties"]
    assert (told["count"], told["spot"]) == (3, str(five[0].morton))
    assert dict(zip(told["ids"], told["themes"], strict=True)) == {
        five[0].pk: "care",
        five[1].pk: "staff",
        five[2].pk: "staff",
    }
    assert "id" not in spot


def test_a_spot_with_too_many_to_fan_out_names_none(ground, pledge, count_up):
    made = [pledge(organisation=ground.clinic) for _ in range(FAN)]
    count_up()
    assert len(drawn(at(made[0], 17))[0]["properties"]["ids"]) == FAN
    pledge(organisation=ground.clinic)
    count_up()
    told = drawn(at(made[0], 17))[0]["properties"]
    assert told["count"] == FAN + 1
    assert "ids" not in told


@pytest.mark.parametrize("z", [*range(0, 18, 3), 15, 16, 18])
def test_a_filter_changes_the_number_and_not_the_place(five, z):
    tile = at(five[0], z)
    everything = {
        f["properties"].get("spot") or str(f["properties"]["bbox"]): f for f in drawn(tile)
    }
    for query, expected in (("theme=staff", 2), ("since=2014-03-01&until=2014-03-31", 2)):
        [found] = [f for f in drawn(tile, query) if "staff" in f["properties"]["parts"]]
        assert found["properties"]["count"] == expected
        key = found["properties"].get("spot") or str(found["properties"]["bbox"])
        assert found["geometry"] == everything[key]["geometry"]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("theme=care", {"care": 2}),
        ("theme=care,patients", {"care": 2, "patients": 1}),
        ("who=team", None),
        ("i_am=patient", {"patients": 1}),
        ("status=done", {"care": 1}),
        ("status=done&theme=staff", None),
        ("area=Y59", {"care": 1, "patients": 1}),
        ("area=E92000001", {"care": 2, "patients": 1, "staff": 2}),
        ("area=E07000003", {"care": 1}),
        ("organisation=RXA", {"care": 1, "staff": 2}),
        ("q=listen", {"care": 2, "patients": 1, "staff": 2}),
        ("q=penguins", None),
        ("since=2014-01-01&until=2014-12-31", {"care": 1, "staff": 1}),
        ("since=2014-03-02&until=2014-03-04", {"care": 1, "staff": 1}),
        ("since=2014-03-04&until=2014-04-04", None),
        ("until=2014-03-02", None),
        ("bbox=-2,50,0,51", {"care": 1}),
    ],
)
def test_every_filter_counts_alike_far_out_and_close_up(five, query, parts):
    far = [f["properties"]["parts"] for f in drawn(WORLD, query)]
    assert far == ([parts] if parts else [])
    close: dict[str, int] = {}
    for tile in {at(pledge, 16) for pledge in five}:
        for feature in drawn(tile, query):
            for theme, number in feature["properties"]["parts"].items():
                close[theme] = close.get(theme, 0) + number
    assert close == (parts or {})


def test_what_is_gone_is_drawn_no_more(five, count_up):
    Pledge.objects.update(withdrawn_at=timezone.now())
    count_up()
    assert drawn() == drawn(WORLD, "status=open") == drawn(at(five[0], 16)) == []


def test_an_empty_tile_is_an_empty_collection(five):
    assert clusters(PledgeFilters(), Tile(3, 0, 0)) == {"type": "FeatureCollection", "features": []}


def test_nothing_at_all(ground):
    assert drawn() == drawn(WORLD, "since=2014-01-01") == []


def test_a_pledge_made_since_the_last_fold_is_drawn_in_the_middle_of_its_cell(ground, pledge):
    """Rows are read at once, the pyramid half a second later."""
    made = pledge("penguins", outcode="SO14")
    pledge("penguins", outcode="SO1")
    [cluster] = drawn(WORLD, "q=penguins")
    west, south, east, north = cluster["properties"]["bbox"]
    assert cluster["geometry"]["coordinates"] == [(west + east) / 2, round((south + north) / 2, 6)]
    [single] = [f for f in drawn(at(made, 15), "q=penguins") if f["id"] == made.pk]
    assert single["geometry"]["coordinates"] == pytest.approx(made.location.coords, abs=2e-5)


@pytest.mark.parametrize(
    ("z", "query", "most"),
    [
        (0, "", 4),
        (0, "theme=care", 4),
        (5, "who=team&area=Y59&since=2014-01-01&until=2014-12-31", 6),
        (5, "since=2014-02-10&until=2014-05-10", 8),
        (11, "organisation=RXA", 4),
        (16, "", 3),
        (16, "q=listen", 7),
    ],
)
def test_a_tile_costs_a_fixed_number_of_queries(
    five, django_assert_max_num_queries, z, query, most
):
    filters = PledgeFilters.parse(QueryDict(query))
    with django_assert_max_num_queries(most):
        clusters(filters, at(five[0], z))


@pytest.fixture
def tile(client) -> Callable:
    def get(path: str = "0/0/0", **headers: str):
        return client.get(f"/tiles/pledges/{path}", headers=headers)

    return get


def test_a_tile_is_geojson_for_anybody(five, tile):
    answer = tile("0/0/0.json")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["features"] == drawn()


def test_a_tile_that_has_not_changed_is_not_sent_again(five, tile, pledge, count_up):
    tag = tile("0/0/0.json")["ETag"]
    again = tile("0/0/0.json", **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    pledge(outcode="SO14")
    count_up()
    changed = tile("0/0/0.json", **{"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.json()["features"][0]["properties"]["count"] == 6
    assert changed["ETag"] != tag


def test_an_unfiltered_tile_asks_four_short_questions(five, tile, django_assert_num_queries):
    limit = 4  # of time: a savepoint, the setting, its end, and in a test's transaction its undoing
    # The state of the counts, demo content, themes, cells.
    with django_assert_num_queries(4 + limit):
        tile("6/31/21.json")
    with django_assert_num_queries(2 + limit):  # nothing is made again of the same counts
        tile("6/31/21.json")


def test_a_tag_that_became_weak_when_it_was_compressed_is_known(five, tile):
    tag = tile("0/0/0.json")["ETag"]
    assert tile("0/0/0.json", **{"If-None-Match": f'"x", W/{tag}'}).status_code == 304


def test_tiles_kept_in_memory_are_those_of_the_same_state(five, tile, pledge, count_up):
    before = tile("0/0/0.json?theme=care").json()
    assert tile("0/0/0.json?theme=care").json() == before
    assert tile("0/0/0.json?theme=staff").json() != before
    pledge(outcode="SO14", theme="care")
    count_up()
    assert tile("0/0/0.json?theme=care").json() != before


def test_demo_content_is_said_to_be_in_it(five, tile, pledge, count_up):
    assert tile("0/0/0.json").json()["demo"] is False
    pledge(demo=True)
    count_up()
    assert tile("0/0/0.json").json()["demo"] is True


@pytest.mark.parametrize("path", ["5/32/0.json", "19/0/0.json", "0/0/1.json"])
def test_beyond_the_grid_there_is_nothing(ground, tile, path):
    answer = tile(path)
    assert answer.status_code == 404
    assert answer.json() == {"code": "not-found", "description": "There is no such tile."}


def test_layers_that_are_not_there_or_have_no_tiles_have_none(ground, client):
    for layer in ("penguins", "districts"):
        assert client.get(f"/tiles/{layer}/0/0/0.json").status_code == 404


def test_versions_of_other_layers_are_not_those_of_pledges(five, tile):
    tag = tile("0/0/0.json")["ETag"]
    Fold.objects.create(layer=2, version=99, folded_at=timezone.now())
    assert tile("0/0/0.json")["ETag"] == tag
