"""Events in the API and on the map."""

import datetime

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from geo.tiles.grid import morton_decode
from hubs.events.models import Event
from tests.hubs.events.conftest import JOIN

DAY = datetime.timedelta(days=1)


@pytest.fixture
def tile(client):
    def ask(path: str = "0/0/0", query: str = "") -> dict:
        answer = client.get(f"/tiles/events/{path}.json{query}")
        assert answer.status_code == 200
        return answer.json()

    return ask


def around(event: Event) -> str:
    """The tile of zoom 16 that an event lies in."""
    x, y = morton_decode(event.morton >> 2 * (24 - 16))
    return f"16/{x}/{y}"


def test_a_feature_has_its_place_and_its_times(event, client):
    held = event(starts_at=datetime.datetime(2027, 7, 1, 13, 30, tzinfo=datetime.UTC))
    one = client.get(f"/api/collections/events/items/{held.slug}").json()
    assert one["id"] == held.slug
    assert one["geometry"] == {"type": "Point", "coordinates": [-3.0, 51.0]}
    told = one["properties"]
    assert (told["starts"], told["ends"]) == ("2027-07-01T13:30:00Z", "2027-07-01T15:30:00Z")
    assert (told["hub"], told["district"], told["region"]) == ("Y58", "E07000001", "Y58")


def test_the_list_and_the_single_feature_are_the_same(event, client):
    held = event(online=True, hub=None)
    (listed,) = client.get("/api/collections/events/items").json()["features"]
    single = client.get(f"/api/collections/events/items/{held.slug}").json()
    single.pop("links")
    assert listed == single
    assert listed["geometry"] is None
    assert JOIN not in str(listed)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2027-07-01", 1),
        ("2027-07-01T00:00:00Z", 1),
        ("2027-06-30", 0),
        ("2027-07-02/..", 0),
        ("../2027-07-01", 1),
        ("2027-06-01/2027-08-01", 1),
    ],
)
def test_datetime_is_when_it_takes_place(event, client, asked, found):
    event(starts_at=datetime.datetime(2027, 7, 1, 13, 30, tzinfo=datetime.UTC))
    answer = client.get("/api/collections/events/items", {"datetime": asked}).json()
    assert answer["numberMatched"] == found


def test_pages_by_cursor(event, client):
    for number in range(5):
        event(f"Event {number}")
    address, seen = "/api/collections/events/items?limit=2", []
    while address:
        page = client.get(address).json()
        seen += [one["properties"]["title"] for one in page["features"]]
        links = {link["rel"]: link["href"] for link in page["links"]}
        address = links.get("next", "").partition("//")[2].partition("/")[2]
        address = address and f"/{address}"
    assert seen == [f"Event {number}" for number in range(5)]


def test_the_collection_says_from_when_to_when(event, client):
    first = timezone.now() + DAY
    event(starts_at=first)
    event(starts_at=first + 2 * DAY)
    event(starts_at=first + 9 * DAY, status=Event.Status.DRAFT)
    extent = client.get("/api/collections/events").json()["extent"]
    ((begin, end),) = extent["temporal"]["interval"]
    assert begin[:10] == first.date().isoformat()
    assert end[:10] == (first + 2 * DAY + 2 * DAY / 24).date().isoformat()


def test_a_tile_has_clusters_far_out_and_single_events_close_by(event, tile):
    for number in range(3):
        event(f"Event {number}", location=Point(-3 + number / 100, 51.0, srid=4326))
    event("Online", online=True)
    (cluster,) = tile()["features"]
    assert cluster["properties"]["count"] == 3
    west, south, east, north = cluster["properties"]["bbox"]
    assert west <= -3 <= east
    assert south <= 51 <= north
    x, y = cluster["geometry"]["coordinates"]
    assert (round(x, 2), round(y, 2)) == (-2.99, 51.0)
    near = Event.objects.get(title="Event 0")
    (single,) = tile(around(near))["features"]
    assert single["properties"]["title"] == "Event 0"
    assert single["properties"]["url"] == f"/events/{near.slug}/"


def test_events_at_one_spot_are_told_together(event, tile):
    held = [event("First"), event("Second", starts_at=timezone.now() + 9 * DAY)]
    (spot,) = tile(around(held[0]))["features"]
    told = spot["properties"]
    assert told["count"] == 2
    assert [one["url"] for one in told["events"]] == [f"/events/{one.slug}/" for one in held]
    assert [one["title"] for one in told["events"]] == ["First", "Second"]


def test_the_map_may_ask_for_what_is_to_come(event, tile, client):
    event("To come")
    event("Long ago", starts_at=timezone.now() - 9 * DAY)
    event("Draft", status=Event.Status.DRAFT)
    assert [f["properties"]["count"] for f in tile()["features"]] == [2]
    (one,) = tile("0/0/0", "?when=upcoming")["features"]
    assert one["properties"]["title"] == "To come"
    assert one["id"] == Event.objects.get(title="To come").slug


def test_an_unchanged_tile_is_not_sent_again_and_a_changed_one_is(event, client):
    held = event()
    now = datetime.datetime(2027, 1, 1, 12, 0, 5, tzinfo=datetime.UTC)
    path = "/tiles/events/0/0/0.json"

    def tag() -> str:
        return client.get(path)["ETag"]

    first = tag()
    Event.objects.filter(pk=held.pk).update(title="Another", changed_at=now)
    assert tag() != first


def test_the_tile_of_a_busy_map_costs_few_queries(event, client, django_assert_max_num_queries):
    for number in range(30):
        event(f"Event {number}")
    with django_assert_max_num_queries(8):
        client.get("/tiles/events/0/0/0.json?when=upcoming")
