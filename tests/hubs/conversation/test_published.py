"""Posts on the map and in the API: the same numbers everywhere, whatever is asked."""

import pytest
from django.utils import timezone

from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post

ASKED = (
    "",
    "theme=safe",
    "kind=question",
    "answered=yes",
    "area=Y59",
    "area=E07000003&kind=idea",
    "organisation=RXB",
    "q=lockers",
    "theme=safe,equipped&kind=idea,question&answered=no&area=Y59",
    "since=2026-01-01",
)


@pytest.fixture
def various(ground, post, counted) -> list[Post]:
    """Twenty-four posts of all sorts, some of them answered, two not in view."""
    places = (
        {"organisation": ground.clinic},
        {"outcode": "SO14"},
        {"region": ground.east, "signed": Signed.ANONYMOUS},
        {},
    )
    kinds, themes = ("idea", "question", "challenge"), ("equipped", "safe", "developed")
    made = [
        post(
            f"More lockers {n}." if n % 2 else f"Parking {n}.", theme=themes[n % 3], **places[n % 4]
        )
        for n in range(24)
    ]
    for number, one in enumerate(made):
        Post.objects.filter(pk=one.pk).update(kind=Post.Kind[kinds[number // 8].upper()])
    answered = [one.pk for one in made[::5]]
    Post.objects.filter(pk__in=answered).update(answered_at=timezone.now())
    Post.objects.filter(pk__in=[one.pk for one in made[-2:]]).update(hidden_at=timezone.now())
    counted()
    return made


@pytest.mark.parametrize("asked", ASKED)
def test_tiles_list_and_api_say_the_same(client, various, asked):
    items = client.get(f"/api/collections/posts/items?limit=100&{asked}").json()
    assert items["numberMatched"] == len(items["features"]) > 0
    placed = [one for one in items["features"] if one["geometry"]]
    for zoom, x, y in ((0, 0, 0), (5, 15, 10)):
        tile = client.get(f"/tiles/posts/{zoom}/{x}/{y}.json?{asked}").json()
        assert sum(one["properties"]["count"] for one in tile["features"]) == len(placed)
        for one in tile["features"]:
            assert sum(one["properties"]["parts"].values()) == one["properties"]["count"]
    page = client.get(f"/talk/posts/?{asked}").content.decode()
    assert f"<b>{items['numberMatched']}</b> post" in page
    assert f"{len(placed)} on the map</a>" in page


def test_a_spot_has_the_numbers_of_its_posts_and_a_list(client, various, ground):
    one = Post.objects.public().filter(organisation=ground.clinic).first()
    column, row = _tile_of(one, 16)
    tile = client.get(f"/tiles/posts/16/{column}/{row}.json").json()
    spots = {f["properties"]["spot"]: f for f in tile["features"]}
    here = Post.objects.public().filter(morton=one.morton)
    assert spots[str(one.morton)]["properties"]["count"] == here.count()
    assert f"{here.count()} posts here" in client.get(f"/talk/spots/{one.morton}/").content.decode()


def _tile_of(post: Post, zoom: int) -> tuple[int, int]:
    code = post.morton >> 2 * (24 - zoom)
    column = sum((code >> 2 * bit & 1) << bit for bit in range(zoom))
    row = sum((code >> 2 * bit + 1 & 1) << bit for bit in range(zoom))
    return column, row


def test_the_api_says_how_a_post_is_signed_and_who_answered(client, various):
    found = client.get("/api/collections/posts/items?limit=100").json()["features"]
    told = [one["properties"] for one in found]
    veiled = [one for one in told if one["signed"] == "anonymous"]
    assert veiled
    for one in veiled:
        assert one["organisation"] is None
        assert one["district"] is None
        assert (one["display_name"], one["role"]) == ("", "")
    assert {one["region"] for one in veiled} == {"Y59"}
    assert "author" not in told[0]
    queried = client.get(
        "/api/collections/posts/items", {"filter": "supports = 0 AND kind = 'idea'"}
    )
    assert queried.json()["numberMatched"] == sum(one["kind"] == "idea" for one in told)


def test_vector_tiles_and_exports_hold_all_of_them(client, various):
    assert client.get("/tiles/posts/0/0/0.mvt").status_code == 200
    table = b"".join(client.get("/api/collections/posts/export.csv").streaming_content)
    assert len(table.decode("utf-8-sig").strip().splitlines()) == 1 + 22
