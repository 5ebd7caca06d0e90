"""Whatever is asked, map, list, counts and API tell one number."""

import random
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from geo.counts.fold import fold
from geo.tiles.grid import morton_decode
from pledges.counts.totals import count
from pledges.demo.seed import seed
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.pledging.models import SPEC, Pledge
from pledges.wall.listing import PLEDGES
from tests.conftest import empty_tables
from tests.factories import draw_ground, make_pledge
from tests.pledges.questions import LANDMARKS, question

QUESTIONS = [question(random.Random(number), LANDMARKS, box=0.4) for number in range(40)]
ZOOMS = (0, 5, 11, 14, 16)  # by pyramid, by cube, by rows; cells and spots


@pytest.fixture(scope="module")
def _written(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Five hundred demo pledges, and some that a person made since."""
    with django_db_blocker.unblock():
        ground = draw_ground()
        seed(500, lambda words: None)
        for show in (
            {"outcode": "SO1"},
            {"organisation": ground.clinic},
            {"region": ground.west},
            {},
        ):
            make_pledge(ground, "I will smile at everybody.", **show, theme="attitude")
        make_pledge(ground, "I will smile at nobody.", outcode="SO14", hidden=True)
        while fold(SPEC):
            pass
        yield
        empty_tables()


pytestmark = [pytest.mark.usefixtures("_written"), pytest.mark.django_db]


def tiles(z: int) -> set[tuple[int, int]]:
    """Columns and rows of the tiles of a zoom that have a pledge in them."""
    places = Pledge.objects.exclude(morton=None).values_list("morton", flat=True).distinct()
    return {(column >> 24 - z, row >> 24 - z) for column, row in map(morton_decode, places)}


@pytest.fixture
def drawn(client: Client) -> Callable[[str, int], int]:
    """How many pledges the tiles of a zoom show together."""

    def add_up(query: str, z: int) -> int:
        total = 0
        for x, y in tiles(z):
            answer = client.get(f"/tiles/pledges/{z}/{x}/{y}.json?{query}")
            for feature in answer.json()["features"]:
                properties = feature["properties"]
                assert sum(properties["parts"].values()) == properties["count"] > 0
                total += properties["count"]
        return total

    return add_up


def listed(filters: PledgeFilters, limit: int) -> list[int]:
    found = PLEDGES.page(NEWEST, filters, limit)
    keys = [pledge.pk for pledge in found.items]
    while found.next:
        found = PLEDGES.page(NEWEST, filters, limit, word=found.next)
        keys += [pledge.pk for pledge in found.items]
    return keys


def matched(client: Client, query: str) -> int:
    return client.get(f"/api/collections/pledges/items?limit=1&{query}").json()["numberMatched"]


def test_there_is_something_to_add_up():
    totals = [count(PledgeFilters.parse(QueryDict(query))) for query in QUESTIONS]
    assert sum(total > 0 for total in totals) > len(QUESTIONS) / 2
    assert len(set(totals)) > 10


@pytest.mark.parametrize("query", QUESTIONS)
def test_map_and_not_on_the_map_are_the_list_and_the_counts(query, client, drawn):
    filters = PledgeFilters.parse(QueryDict(query))
    rows = filters.apply(Pledge.objects.public())
    expected = set(rows.values_list("pk", flat=True))

    keys = listed(filters, limit=23)
    assert len(keys) == len(set(keys))
    assert set(keys) == expected
    assert count(filters) == matched(client, query) == len(expected)

    on_map = rows.on_map().count()
    shown = {z: drawn(query, z) for z in ZOOMS}
    assert shown == dict.fromkeys(ZOOMS, on_map)

    # The numbers beside the map are of the whole country: what is in view narrows the list alone.
    anywhere = urlencode([pair for pair in parse_qsl(query) if pair[0] != "bbox"])
    summary = client.get(f"/map/summary.json?{query}").json()
    assert summary == client.get(f"/map/summary.json?{anywhere}").json()
    away = summary["not_on_map"]
    assert summary["on_map"] + away["region"] + away["none"] == summary["total"]
    assert summary["total"] == matched(client, anywhere)
    if anywhere == query:
        assert summary["on_map"] == on_map


def test_boxes_that_share_the_country_out_add_up_to_what_is_on_the_map(client):
    west, south, east, north = LANDMARKS.box
    boxes = [
        # The points lie on round degrees; the borders do not.
        (west, south, -2.123, 50.777),
        (-2.123, south, east, 50.777),
        (west, 50.777, -2.123, north),
        (-2.123, 50.777, east, north),
    ]
    parts = [matched(client, f"bbox={','.join(map(str, box))}") for box in boxes]
    assert sum(parts) == client.get("/map/summary.json").json()["on_map"]
    assert sum(part > 0 for part in parts) > 2


def test_themes_regions_and_years_share_out_what_they_divide(client):
    total = matched(client, "")
    themes = ("care", "integration", "attitude", "perspectives", "patients", "staff")
    assert sum(matched(client, f"theme={theme}") for theme in themes) == total
    assert sum(matched(client, f"status={status}") for status in ("open", "done")) == total
    years = [f"since={year}-01-01&until={year}-12-31" for year in range(2013, 2040)]
    assert sum(matched(client, year) for year in years) == total
    with_region = matched(client, "area=Y58") + matched(client, "area=Y59")
    assert with_region == matched(client, "area=E92000001") == total - _nowhere(client)


def _nowhere(client: Client) -> int:
    return client.get("/map/summary.json").json()["not_on_map"]["none"]
